/** Whom to tell: user ids by organization and role. */
import { and, eq, inArray } from 'drizzle-orm'
import type { DelegationRole, SecretariatRole } from '../../app/domain/people'
import type { Queryable } from '../../db/connection'
import { member, organization } from '../../db/schema/auth'

/** People of delegations who hold one of the roles; heads unless said otherwise. */
export async function peopleOfDelegations(
  db: Queryable,
  delegationIds: readonly string[],
  roles: readonly DelegationRole[] = ['head'],
): Promise<string[]> {
  if (delegationIds.length === 0) return []
  const rows = await db
    .select({ id: member.userId })
    .from(member)
    .where(and(inArray(member.organizationId, [...delegationIds]), inArray(member.role, [...roles])))
  return rows.map(({ id }) => id)
}

/** People of the secretariat who hold one of the roles. */
export async function secretariatPeople(
  db: Queryable,
  roles: readonly SecretariatRole[] = ['coordinator'],
): Promise<string[]> {
  const rows = await db
    .select({ id: member.userId })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(and(eq(organization.kind, 'secretariat'), inArray(member.role, [...roles])))
  return rows.map(({ id }) => id)
}
