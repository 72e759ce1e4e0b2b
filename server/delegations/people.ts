/** Who belongs to an organization, who is invited to it, and who may change that. */
import { and, asc, count, eq, gt, sql } from 'drizzle-orm'
import type { ORGANIZATION_ROLES } from '../../app/domain/account'
import { forbidden, notFound } from '../../app/domain/fault'
import { type Actor, DELEGATION_ROLES, INSTITUTION_ROLES, SECRETARIAT_ROLES } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable, Transaction } from '../../db/connection'
import { invitation, member, organization, user } from '../../db/schema/auth'

export type Role = (typeof ORGANIZATION_ROLES)[number]
export type OrganizationKind = 'delegation' | 'institution' | 'secretariat'

/** Roles that one can have in an organization. */
export const rolesIn = (kind: OrganizationKind): readonly Role[] => ROLES_IN[kind]

const ROLES_IN: Record<OrganizationKind, readonly Role[]> = {
  delegation: DELEGATION_ROLES,
  institution: INSTITUTION_ROLES,
  secretariat: SECRETARIAT_ROLES,
}

/** The role without which an organization has nobody to invite others. */
export const leadingRole = (kind: OrganizationKind): Role =>
  kind === 'secretariat' ? 'administrator' : 'head'

/** Whether the actor invites into, and changes, the organization: its head, or an administrator. */
export const mayManage = (actor: Actor, id: string) => can(actor, 'invite', { kind: 'delegation', id })

/** Throws unless the actor manages the organization: `forbidden` in their own, `notFound` in any other. */
export function mustManage(actor: Actor, id: string): void {
  if (mayManage(actor, id)) return
  throw actor.organization.id === id
    ? forbidden('Only its head, or an administrator, changes who belongs to it.')
    : notFound()
}

/** The organization, when the actor may see its people; otherwise it does not exist for them. */
export async function organizationFor(db: Queryable, actor: Actor, id: string) {
  if (!can(actor, 'see', { kind: 'delegation', id })) throw notFound()
  const [found] = await db.select().from(organization).where(eq(organization.id, id))
  if (!found) throw notFound()
  return found
}

/** An organization's people, and for who manages it the open invitations. */
export async function peopleOf(db: Queryable, actor: Actor, id: string) {
  const { name, kind, partnerIso2 } = await organizationFor(db, actor, id)
  const manages = mayManage(actor, id)
  const [people, invitations] = await Promise.all([
    db
      .select({
        memberId: member.id,
        userId: user.id,
        name: user.name,
        email: user.email,
        role: member.role,
        since: member.createdAt,
      })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, id))
      .orderBy(asc(user.name)),
    manages ? openInvitations(db, id) : [],
  ])
  return { organization: { id, name, kind, iso2: partnerIso2 }, people, invitations, manages }
}

export const stillOpen = () => and(eq(invitation.status, 'pending'), gt(invitation.expiresAt, sql`now()`))

const openInvitations = (db: Queryable, organizationId: string) =>
  db
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      expiresAt: invitation.expiresAt,
      inviter: user.name,
    })
    .from(invitation)
    .innerJoin(user, eq(user.id, invitation.inviterId))
    .where(and(eq(invitation.organizationId, organizationId), stillOpen()))
    .orderBy(asc(invitation.email))

/** Every organization with how many people, heads and open invitations it has: for administrators. */
export async function organizationsFor(db: Queryable, actor: Actor) {
  if (!can(actor, 'see_every', { kind: 'delegation', id: actor.organization.id })) throw notFound()
  const [organizations, members, invited] = await Promise.all([
    db
      .select({
        id: organization.id,
        name: organization.name,
        iso2: organization.partnerIso2,
        kind: organization.kind,
      })
      .from(organization)
      .orderBy(asc(organization.name)),
    db
      .select({ id: member.organizationId, role: member.role, people: count() })
      .from(member)
      .groupBy(member.organizationId, member.role),
    db
      .select({ id: invitation.organizationId, open: count() })
      .from(invitation)
      .where(stillOpen())
      .groupBy(invitation.organizationId),
  ])
  return organizations.map((one) => {
    const here = members.filter(({ id }) => id === one.id)
    return {
      ...one,
      people: here.reduce((sum, { people }) => sum + people, 0),
      leading: here.find(({ role }) => role === leadingRole(one.kind))?.people ?? 0,
      invited: invited.find(({ id }) => id === one.id)?.open ?? 0,
    }
  })
}

/** A membership as it stands now, for somebody who may change it. The organization's row is locked first, so that two
 * changes in one organization take turns: two heads cannot remove each other at one moment. */
export async function lockMembership(tx: Transaction, actor: Actor, memberId: string) {
  const read = () =>
    tx
      .select({
        userId: member.userId,
        role: member.role,
        organizationId: member.organizationId,
        kind: organization.kind,
      })
      .from(member)
      .innerJoin(organization, eq(organization.id, member.organizationId))
      .where(eq(member.id, memberId))
  const [seen] = await read()
  if (!seen) throw notFound()
  mustManage(actor, seen.organizationId)
  await tx
    .select({ id: organization.id })
    .from(organization)
    .where(eq(organization.id, seen.organizationId))
    .for('update')
  const [found] = await read()
  if (!found) throw notFound()
  return found
}

/** Whether nobody else leads the organization. Call it with the organization locked. */
export async function isLastLeader(
  tx: Transaction,
  { organizationId, kind, role }: { organizationId: string; kind: OrganizationKind; role: string },
) {
  if (role !== leadingRole(kind)) return false
  const [row] = await tx
    .select({ leaders: count() })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.role, leadingRole(kind))))
  return (row?.leaders ?? 0) < 2
}

export const LAST_LEADER = 'Somebody must lead: give another person that role first.'
