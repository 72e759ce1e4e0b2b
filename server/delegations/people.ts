/** Who belongs to an organization, and who is invited: the verbs of a head and of the administrator. */
import { randomUUID } from 'node:crypto'
import { and, asc, count, eq, gt, sql } from 'drizzle-orm'
import { INVITATION_DAYS, type ORGANIZATION_ROLES } from '../../app/domain/account'
import { conflict, invalid, notFound } from '../../app/domain/fault'
import { type Actor, DELEGATION_ROLES, SECRETARIAT_ROLES, secretariatRole } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database, Queryable } from '../../db/connection'
import { invitation, member, organization, session, user } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { Mailer } from '../mail/mailer'

export type Role = (typeof ORGANIZATION_ROLES)[number]
type Parts = { db: Database; channels: Channels; mail: Mailer; origin: string }

const DAY = 24 * 3600 * 1000

/** The organization when the actor belongs to it or runs the portal; otherwise it does not exist for them. */
async function organizationFor(db: Queryable, actor: Actor, id: string) {
  const own = actor.organization.id === id
  if (!own && secretariatRole(actor) !== 'administrator') throw notFound()
  const [found] = await db.select().from(organization).where(eq(organization.id, id))
  if (!found) throw notFound()
  return found
}

/** Whether the actor invites into, and changes, the organization: its head, or the administrator. */
export const mayManage = (actor: Actor, id: string) => can(actor, 'invite', { kind: 'delegation', id })

function mustManage(actor: Actor, id: string) {
  if (!mayManage(actor, id)) throw notFound()
}

/** Roles that one can have in an organization. */
export const rolesIn = (kind: 'delegation' | 'secretariat'): readonly Role[] =>
  kind === 'delegation' ? DELEGATION_ROLES : SECRETARIAT_ROLES

/** An organization's people and open invitations, for its own and for the administrator. */
export async function peopleOf(db: Queryable, actor: Actor, id: string) {
  const found = await organizationFor(db, actor, id)
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
      .where(
        and(
          eq(invitation.organizationId, id),
          eq(invitation.status, 'pending'),
          gt(invitation.expiresAt, sql`now()`),
        ),
      )
      .orderBy(asc(invitation.email)),
  ])
  const { name, kind, partnerIso2 } = found
  return {
    organization: { id, name, kind, iso2: partnerIso2 },
    people,
    invitations,
    manages: mayManage(actor, id),
  }
}

/** Invites somebody by e-mail. Out: nothing; the mail holds the link. Throws `conflict` when the address is in use. */
export async function invite(
  { db, mail, origin }: Parts,
  actor: Actor,
  organizationId: string,
  { email, role }: { email: string; role: Role },
  from: string | null,
): Promise<void> {
  const found = await organizationFor(db, actor, organizationId)
  mustManage(actor, organizationId)
  if (!rolesIn(found.kind).includes(role))
    throw invalid('That role is not one of this organization.', { role: ['Choose a role of the list.'] })
  const id = randomUUID()
  await db.transaction(async (tx) => {
    const [taken] = await tx
      .select({ organizationId: member.organizationId })
      .from(user)
      .innerJoin(member, eq(member.userId, user.id))
      .where(eq(user.email, email))
    if (taken)
      throw conflict(
        taken.organizationId === organizationId
          ? 'That person is here already.'
          : 'That address cannot be invited: it is in use in the portal.',
      )
    // A new invitation replaces the one before: its link ends.
    await tx
      .update(invitation)
      .set({ status: 'canceled' })
      .where(
        and(
          eq(invitation.organizationId, organizationId),
          eq(invitation.email, email),
          eq(invitation.status, 'pending'),
        ),
      )
    await tx.insert(invitation).values({
      id,
      organizationId,
      email,
      role,
      inviterId: actor.userId,
      expiresAt: new Date(Date.now() + INVITATION_DAYS * DAY),
    })
    await recordAct(tx, {
      actor,
      from,
      act: 'invitation.send',
      objectKind: 'invitation',
      objectId: id,
      after: { organizationId, email, role },
    })
  })
  await mail.send({
    to: email,
    subject: `FORGE partner portal: invitation to the ${found.kind === 'secretariat' ? 'secretariat' : `delegation of ${found.name}`}`,
    text: `${actor.name} (${actor.organization.name}) invites you to the FORGE partner portal
as ${role} of ${found.name}.

Accept within ${INVITATION_DAYS} days:

${origin}/invitation/${id}

If you do not expect this, do nothing.
`,
  })
}

export async function cancelInvitation(
  db: Database,
  actor: Actor,
  invitationId: string,
  from: string | null,
) {
  await db.transaction(async (tx) => {
    const [found] = await tx.select().from(invitation).where(eq(invitation.id, invitationId))
    if (!found || !mayManage(actor, found.organizationId)) throw notFound()
    const changed = await tx
      .update(invitation)
      .set({ status: 'canceled' })
      .where(and(eq(invitation.id, invitationId), eq(invitation.status, 'pending')))
      .returning()
    if (changed.length === 0) throw conflict('That invitation is accepted or cancelled already.')
    await recordAct(tx, {
      actor,
      from,
      act: 'invitation.cancel',
      objectKind: 'invitation',
      objectId: invitationId,
    })
  })
}

/** Changes what a colleague may do. The last head stays head. Open pages learn of it at once. */
export async function changeRole(
  { db, channels }: Pick<Parts, 'db' | 'channels'>,
  actor: Actor,
  { memberId, role }: { memberId: string; role: Role },
  from: string | null,
) {
  const found = await memberFor(db, actor, memberId)
  if (!rolesIn(found.kind).includes(role))
    throw invalid('That role is not one of this organization.', { role: ['Choose a role of the list.'] })
  if (found.role === role) return
  await db.transaction(async (tx) => {
    const heads = await countHeads(tx, found.organizationId, found.kind)
    if (isHead(found.role) && heads < 2) throw conflict(LAST_HEAD)
    const changed = await tx
      .update(member)
      .set({ role })
      .where(and(eq(member.id, memberId), eq(member.role, found.role)))
      .returning()
    if (changed.length === 0) throw conflict('Somebody changed that role at the same moment. Look again.')
    await recordAct(tx, {
      actor,
      from,
      act: 'member.role',
      objectKind: 'user',
      objectId: found.userId,
      before: { role: found.role },
      after: { role },
    })
  })
  await channels.recheckUser(found.userId)
}

/** Takes somebody out of the organization: their sessions end at once. The last head stays. */
export async function removeMember(
  { db, channels }: Pick<Parts, 'db' | 'channels'>,
  actor: Actor,
  memberId: string,
  from: string | null,
) {
  const found = await memberFor(db, actor, memberId)
  await db.transaction(async (tx) => {
    const heads = await countHeads(tx, found.organizationId, found.kind)
    if (isHead(found.role) && heads < 2) throw conflict(LAST_HEAD)
    const gone = await tx.delete(member).where(eq(member.id, memberId)).returning()
    if (gone.length === 0) throw notFound()
    await tx.delete(session).where(eq(session.userId, found.userId))
    await recordAct(tx, {
      actor,
      from,
      act: 'member.remove',
      objectKind: 'user',
      objectId: found.userId,
      before: { organizationId: found.organizationId, role: found.role },
    })
  })
  await channels.recheckUser(found.userId)
}

const LAST_HEAD = 'Somebody must lead: give another person that role first.'
const isHead = (role: string) => role === 'head' || role === 'administrator'

async function memberFor(db: Queryable, actor: Actor, memberId: string) {
  const [found] = await db
    .select({
      userId: member.userId,
      role: member.role,
      organizationId: member.organizationId,
      kind: organization.kind,
    })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.id, memberId))
  if (!found || !mayManage(actor, found.organizationId)) throw notFound()
  return found
}

/** Locks the organization's row, so that two heads cannot remove each other at one moment. */
async function countHeads(tx: Queryable, organizationId: string, kind: 'delegation' | 'secretariat') {
  await tx
    .select({ id: organization.id })
    .from(organization)
    .where(eq(organization.id, organizationId))
    .for('update')
  const [row] = await tx
    .select({ heads: count() })
    .from(member)
    .where(
      and(
        eq(member.organizationId, organizationId),
        eq(member.role, kind === 'delegation' ? 'head' : 'administrator'),
      ),
    )
  return row?.heads ?? 0
}
