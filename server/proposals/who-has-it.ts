import { and, eq } from 'drizzle-orm'
import type { Database } from '../../db/connection'
import { member, organization, user } from '../../db/schema/auth'
import { proposals } from '../../db/schema/projects'

/** Whom a proposal's next step waits for: the lead's heads, the secretariat's coordinators, or nobody. */
export async function whoHasIt(db: Database, proposalId: string): Promise<{ email: string; name: string }[]> {
  const [proposal] = await db
    .select({ state: proposals.state, leadId: proposals.leadDelegationId })
    .from(proposals)
    .where(eq(proposals.id, proposalId))
  if (!proposal) return []
  const people = db
    .select({ email: user.email, name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(organization, eq(organization.id, member.organizationId))
  if (proposal.state === 'changes_requested') {
    return people.where(and(eq(member.organizationId, proposal.leadId), eq(member.role, 'head')))
  }
  if (!['submitted', 'screening'].includes(proposal.state)) return []
  return people.where(and(eq(organization.kind, 'secretariat'), eq(member.role, 'coordinator')))
}
