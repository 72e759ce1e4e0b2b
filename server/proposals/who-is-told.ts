import { and, eq } from 'drizzle-orm'
import type { ProposalMove } from '../../app/domain/proposal-machine'
import type { Queryable } from '../../db/connection'
import { member, organization, user } from '../../db/schema/auth'
import { proposals } from '../../db/schema/projects'

/** Whom a move is news for: the coordinators for what the authors do, the lead's heads for everything else. */
export async function whoIsTold(
  db: Queryable,
  proposalId: string,
  move: ProposalMove,
): Promise<{ email: string; name: string }[]> {
  const [proposal] = await db
    .select({ leadId: proposals.leadDelegationId })
    .from(proposals)
    .where(eq(proposals.id, proposalId))
  if (!proposal) return []
  const toCoordinators = move === 'submit' || move === 'withdraw'
  return db
    .select({ email: user.email, name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(
      toCoordinators
        ? and(eq(organization.kind, 'secretariat'), eq(member.role, 'coordinator'))
        : and(eq(member.organizationId, proposal.leadId), eq(member.role, 'head')),
    )
}
