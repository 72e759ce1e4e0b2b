/** What has to be so besides state and right before a proposal moves on. */
import { and, count, eq, inArray } from 'drizzle-orm'
import { conflict, invalid } from '../../app/domain/fault'
import type { ProposalMove } from '../../app/domain/proposal-machine'
import { LEAST_REVIEWS } from '../../app/domain/review'
import type { Transaction } from '../../db/connection'
import { hostConsentOf } from '../../db/queries/consents'
import { organization, user } from '../../db/schema/auth'
import { silenceProcedures } from '../../db/schema/decisions'
import { workingGroups } from '../../db/schema/groups'
import { reviews } from '../../db/schema/reviews'

type Asked = { move: ProposalMove; proposalId: string; versionId: string | null; groupId: string | null }

/** Throws `conflict` or `invalid`, in words, when the move cannot be made yet. */
export async function guard(tx: Transaction, { move, proposalId, versionId, groupId }: Asked): Promise<void> {
  if (move === 'send_to_review') {
    const host = await hostConsentOf(tx, proposalId)
    if (host?.state === 'refused')
      throw conflict(`${host.host} refused its consent as the host: that stops the case.`)
    const ready = await reviewsIn(tx, versionId, ['accepted', 'handed_in'])
    if (ready < LEAST_REVIEWS)
      throw conflict(
        `A review begins with ${LEAST_REVIEWS} reviewers who accepted; ${ready} did. Ask more reviewers below.`,
      )
  }
  if (move === 'recommend') {
    const ready = await reviewsIn(tx, versionId, ['handed_in'])
    if (ready < LEAST_REVIEWS)
      throw conflict(`The group gets at least ${LEAST_REVIEWS} reviews of this version; ${ready} came in.`)
    if (!groupId) throw invalid('Choose the working group.', { group: ['Choose the working group.'] })
    const [found] = await tx
      .select({ id: workingGroups.id })
      .from(workingGroups)
      .where(eq(workingGroups.id, groupId))
    if (!found) throw invalid('There is no such group.', { group: ['Choose one of the list.'] })
  }
  if (move === 'back_to_review' && (await hasOpenSilence(tx, proposalId)))
    throw conflict('A silence procedure runs. Cancel it first.')
}

async function reviewsIn(
  tx: Transaction,
  versionId: string | null,
  states: ('accepted' | 'handed_in')[],
): Promise<number> {
  if (!versionId) return 0
  const [found] = await tx
    .select({ n: count() })
    .from(reviews)
    .where(and(eq(reviews.versionId, versionId), inArray(reviews.state, states)))
  return found?.n ?? 0
}

/** The procedure that runs over a proposal, and who opened it; undefined where none does. */
export async function openSilenceOver(tx: Transaction, proposalId: string) {
  const [running] = await tx
    .select({
      deadline: silenceProcedures.deadline,
      zone: silenceProcedures.zone,
      name: user.name,
      organization: organization.name,
    })
    .from(silenceProcedures)
    .innerJoin(user, eq(user.id, silenceProcedures.openedBy))
    .innerJoin(organization, eq(organization.id, silenceProcedures.organizationId))
    .where(
      and(
        eq(silenceProcedures.subjectKind, 'proposal'),
        eq(silenceProcedures.subjectId, proposalId),
        eq(silenceProcedures.state, 'open'),
      ),
    )
  return running
}

export const hasOpenSilence = async (tx: Transaction, proposalId: string): Promise<boolean> =>
  (await openSilenceOver(tx, proposalId)) !== undefined
