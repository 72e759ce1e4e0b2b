import { eq, sql } from 'drizzle-orm'
import { MOVE_LABEL, MOVES, type ProposalMove } from '../../app/domain/proposal-machine'
import type { Transaction } from '../../db/connection'
import { organization } from '../../db/schema/auth'
import { documentGrants, proposals } from '../../db/schema/projects'
import { notify } from '../notices/notify'
import { peopleOfDelegations, secretariatPeople } from '../notices/recipients'

/** What a mail says of a move: no name, no title. */
const MAIL_WORDS: Record<ProposalMove, string> = {
  submit: 'a proposal was submitted and waits for its screening',
  take_up: 'the secretariat took up the screening of a proposal',
  send_to_review: 'reviewers read a proposal now',
  request_changes: 'changes are requested to a proposal',
  recommend: 'a proposal is before its working group now',
  back_to_review: 'a proposal goes back to its reviewers',
  endorse: 'a proposal was endorsed',
  decline: 'a proposal was declined',
  withdraw: 'a proposal was withdrawn',
}

/** Moves after which it is somebody's turn, and whose. */
const TURN: Partial<Record<ProposalMove, 'coordinators' | 'authors'>> = {
  submit: 'coordinators',
  request_changes: 'authors',
}

type Move = {
  proposalId: string
  key: string
  move: ProposalMove
  actor: { userId: string; organization: { id: string } }
}

/**
 * Tells of a move, in its transaction: those whose turn it is, the coordinators of what the authors do, and the heads of
 * every delegation that takes part of everything.
 */
export async function tellOfMove(tx: Transaction, { proposalId, key, move, actor }: Move): Promise<void> {
  const [row] = await tx
    .select({
      title: proposals.title,
      lead: proposals.leadDelegationId,
      guests: sql<
        string[]
      >`array(select ${documentGrants.delegationId} from ${documentGrants} where ${documentGrants.documentId} = ${proposals.documentId})`,
    })
    .from(proposals)
    .where(eq(proposals.id, proposalId))
  const [by] = await tx
    .select({ name: organization.name })
    .from(organization)
    .where(eq(organization.id, actor.organization.id))
  if (!row) return
  const byDecision = MOVES[move].who === 'decision'
  const byAuthors = MOVES[move].who === 'lead_head'
  const [leads, guests, coordinators] = [
    await peopleOfDelegations(tx, [row.lead]),
    await peopleOfDelegations(tx, row.guests),
    byAuthors || byDecision ? await secretariatPeople(tx) : [],
  ]
  const turn = TURN[move] === 'coordinators' ? coordinators : TURN[move] === 'authors' ? leads : []
  const notice = {
    act: `proposal.${move} ${key}`,
    about: { kind: 'proposal' as const, id: proposalId },
    link: `/proposals/${proposalId}/case`,
    data: {
      title: row.title,
      by: byDecision ? 'the working group' : (by?.name ?? 'the portal'),
      done: MOVE_LABEL[move].done,
    },
    mail: MAIL_WORDS[move],
    by: byDecision ? null : actor.userId,
  }
  await notify(tx, { ...notice, kind: 'case_waits', to: turn })
  const others = [...leads, ...guests, ...coordinators].filter((one) => !turn.includes(one))
  await notify(tx, { ...notice, kind: 'case_moved', to: others })
}
