import { and, eq, inArray, isNull } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { member, organization, user } from '../../db/schema/auth'
import { proposals } from '../../db/schema/projects'
import { reviewers, reviewInterests, reviews } from '../../db/schema/reviews'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { notify } from '../notices/notify'
import { lastVersion } from '../proposals/apply-move'
import { conflictsOf, partiesOf } from './conflicts'

/**
 * Asks people to review a proposal's last frozen version. All of them or none: throws `invalid` with the names and the
 * reason of those who may not. Somebody who was asked for this version already stays asked. An interest that was found and
 * does not keep them from it is kept beside their review.
 */
export async function assignReviewers(
  { db }: { db: Database },
  actor: Actor,
  proposalId: string,
  { reviewers: ids, days }: { reviewers: readonly string[]; days: number },
  from: string | null,
): Promise<void> {
  await db.transaction((tx) => assignIn(tx, actor, proposalId, [...new Set(ids)], days, from))
}

async function assignIn(
  tx: Transaction,
  actor: Actor,
  proposalId: string,
  ids: readonly string[],
  days: number,
  from: string | null,
): Promise<void> {
  await tx.select({ id: proposals.id }).from(proposals).where(eq(proposals.id, proposalId)).for('update')
  const found = await scopedProposal(tx, proposalId)
  if (!found || !can(actor, 'read', found.scope)) throw notFound()
  if (!can(actor, 'steer', found.scope))
    throw forbidden('Only a coordinator asks reviewers, while the case is open.')
  const [version, parties] = [await lastVersion(tx, proposalId), await partiesOf(tx, proposalId)]
  if (!version || !parties) throw conflict('It was not submitted yet: there is no version to review.')
  const people = await tx
    .select({
      id: user.id,
      name: user.name,
      organizationId: organization.id,
      iso2: organization.partnerIso2,
      of: organization.name,
    })
    .from(reviewers)
    .innerJoin(user, eq(user.id, reviewers.userId))
    .innerJoin(member, eq(member.userId, user.id))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(and(inArray(reviewers.userId, [...ids]), isNull(reviewers.endedAt)))
  const problems = ids
    .filter((id) => !people.some((person) => person.id === id))
    .map(() => 'Somebody chosen is not on the list of reviewers any more.')
  const conflicts = new Map(
    people.map((person) => [
      person.id,
      conflictsOf(parties, { id: person.organizationId, name: person.of, iso2: person.iso2 }),
    ]),
  )
  for (const person of people) {
    const blocking = conflicts.get(person.id)?.find(({ effect }) => effect === 'block')
    if (blocking) problems.push(`${person.name} may not: ${blocking.why}.`)
  }
  if (problems.length > 0) throw invalid('Nobody was asked.', { reviewers: problems })
  const dueOn = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const rows = people.map((person) => ({
    ...{ id: newId(), proposalId, versionId: version.id, reviewerId: person.id },
    ...{ organizationId: person.organizationId, dueOn, askedBy: actor.userId },
  }))
  const made = await tx
    .insert(reviews)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: reviews.id, reviewerId: reviews.reviewerId })
  const interests = made.flatMap(({ id, reviewerId }) =>
    (conflicts.get(reviewerId) ?? []).map(({ kind, why }) => ({
      ...{ id: newId(), reviewId: id, key: newId(), kind, how: 'detected' as const, text: `${why}.` },
    })),
  )
  if (interests.length > 0) await tx.insert(reviewInterests).values(interests)
  if (made.length > 0)
    await recordAct(tx, {
      actor,
      from,
      act: 'review.ask',
      objectKind: 'proposal',
      objectId: proposalId,
      after: {
        reviewers: made.map(({ reviewerId }) => reviewerId),
        dueOn,
        version: version.number,
        ...(interests.length > 0 ? { interests: interests.map(({ kind }) => kind) } : {}),
      },
    })
  for (const { id, reviewerId } of made)
    await notify(tx, {
      ...{ kind: 'review_asked', act: `review.ask ${id}`, about: { kind: 'review', id } },
      ...{ link: `/reviews/${id}`, data: { title: found.document.title, due: dueOn } },
      ...{ to: [reviewerId], by: actor.userId },
    })
}
