/** What somebody else did with a case, for whoever's page was overtaken. */
import { desc, eq } from 'drizzle-orm'
import { PROPOSAL_STATE_LABEL } from '../../app/domain/project-stage'
import { MOVE_LABEL } from '../../app/domain/proposal-machine'
import type { Database, Transaction } from '../../db/connection'
import { organization, user } from '../../db/schema/auth'
import { proposalMoves } from '../../db/schema/cases'

/** The last act on a proposal's case; none for a draft that was never submitted. */
export const lastMove = (db: Database | Transaction, id: string) =>
  db
    .select({
      move: proposalMoves.move,
      after: proposalMoves.after,
      dueOn: proposalMoves.dueOn,
      at: proposalMoves.at,
      name: user.name,
      organization: organization.name,
    })
    .from(proposalMoves)
    .innerJoin(user, eq(user.id, proposalMoves.userId))
    .innerJoin(organization, eq(organization.id, proposalMoves.organizationId))
    .where(eq(proposalMoves.proposalId, id))
    .orderBy(desc(proposalMoves.at), desc(proposalMoves.id))
    .limit(1)

/** For somebody whose page was overtaken: what somebody else did meanwhile. */
export async function whatHappened(db: Database | Transaction, id: string): Promise<string> {
  const [last] = await lastMove(db, id)
  if (!last) return 'The proposal is not in the state that this page showed. Look again.'
  return `${last.name} (${last.organization}) ${MOVE_LABEL[last.move].done} meanwhile: it is “${PROPOSAL_STATE_LABEL[last.after]}” now. Nothing was changed; look again.`
}
