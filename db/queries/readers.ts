/** Who may read a document's comments by taking part in it: whom a comment may name, and who is told of it. */
import { and, eq, inArray, or, sql } from 'drizzle-orm'
import { actorFrom } from '../../app/domain/people'
import { seesComments } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { member, organization, user } from '../schema/auth'
import type { ScopedDocument } from './documents'

export type Reader = {
  userId: string
  name: string
  email: string
  organizationId: string
  organizationName: string
  kind: 'delegation' | 'institution' | 'secretariat'
  partnerIso2: string | null
}

/**
 * People of the delegations that take part, of institutions that were asked, and the secretariat's coordinators, as far
 * as they may read its comments now; by name. Of a text that is open to everybody too: whoever takes no part is not told of it.
 */
export async function readersOf(db: Queryable, document: ScopedDocument): Promise<Reader[]> {
  const { owner, grants, scope } = document
  const asked = scope.kind === 'document' ? (scope.request?.askedIds ?? []) : []
  const taking = [owner.id, ...grants.map(({ delegationId }) => delegationId), ...asked]
  const rows = await db
    .select({
      ...{ userId: user.id, name: user.name, email: user.email, role: member.role },
      ...{ organizationId: organization.id, organizationName: organization.name },
      ...{ kind: organization.kind, partnerIso2: organization.partnerIso2 },
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(
      or(
        inArray(organization.id, taking),
        and(eq(organization.kind, 'secretariat'), eq(member.role, 'coordinator')),
      ),
    )
    .orderBy(sql`lower(${user.name})`, user.id)
  return rows.filter((row) => {
    const actor = actorFrom(row, '')
    return actor !== null && seesComments(actor, scope)
  })
}
