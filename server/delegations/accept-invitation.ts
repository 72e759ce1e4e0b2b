import { and, eq } from 'drizzle-orm'
import { conflict, notFound } from '../../app/domain/fault'
import type { Database, Queryable } from '../../db/connection'
import { account, invitation, member, organization, session, user } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { rolesIn, stillOpen } from './people'

export type InvitationState = 'open' | 'accepted' | 'cancelled' | 'expired'

/** An invitation as the holder of its link sees it: null for one that never was. */
export async function invitationById(db: Queryable, id: string) {
  const [row] = await db
    .select({
      email: invitation.email,
      role: invitation.role,
      status: invitation.status,
      expiresAt: invitation.expiresAt,
      organization: organization.name,
      kind: organization.kind,
      iso2: organization.partnerIso2,
      inviter: user.name,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .innerJoin(user, eq(user.id, invitation.inviterId))
    .where(eq(invitation.id, id))
  if (!row) return null
  const { status, ...shown } = row
  const state: InvitationState =
    status === 'accepted'
      ? 'accepted'
      : status !== 'pending'
        ? 'cancelled'
        : row.expiresAt <= new Date()
          ? 'expired'
          : 'open'
  return { ...shown, state }
}

/**
 * Accepts an invitation for the holder of its link: makes the account, with the password hashed by `hash`, and the
 * membership. Each link works once, within its time. Out: the account's address, to sign in with. Throws `notFound`, or
 * `conflict` for one used, cancelled or expired, and for an address that belongs to an organization already.
 */
export async function acceptInvitation(
  { db, hash }: { db: Database; hash: (password: string) => Promise<string> },
  id: string,
  { name, password }: { name: string; password: string },
  from: string | null,
): Promise<{ email: string }> {
  const hashed = await hash(password)
  return db.transaction(async (tx) => {
    const [taken] = await tx
      .update(invitation)
      .set({ status: 'accepted' })
      .where(and(eq(invitation.id, id), stillOpen()))
      .returning()
    if (!taken) {
      const [known] = await tx.select({ id: invitation.id }).from(invitation).where(eq(invitation.id, id))
      throw known
        ? conflict('This invitation was used, cancelled or has expired. Ask for a new one.')
        : notFound()
    }
    const { email, organizationId } = taken
    const [home] = await tx.select().from(organization).where(eq(organization.id, organizationId))
    const role = home && rolesIn(home.kind).find((one) => one === taken.role)
    if (!role) throw conflict('This invitation names no role that there is. Ask for a new one.')
    await tx
      .insert(user)
      .values({ id: newId(), name, email, emailVerified: true })
      .onConflictDoNothing({ target: user.email })
    // Two people accepting two invitations of one address take turns here.
    const [holder] = await tx.select().from(user).where(eq(user.email, email)).for('update')
    if (!holder) throw conflict('This address could not be used. Try again.')
    const userId = holder.id
    const [elsewhere] = await tx.select({ id: member.id }).from(member).where(eq(member.userId, userId))
    if (elsewhere)
      throw conflict(
        'This address belongs to somebody of the portal already, and one person belongs to one delegation. Ask the secretariat.',
      )
    // A person who left and comes back: the link came to their address, so the new password stands.
    await tx.update(user).set({ name, emailVerified: true, updatedAt: new Date() }).where(eq(user.id, userId))
    await tx.delete(account).where(eq(account.userId, userId))
    await tx.delete(session).where(eq(session.userId, userId))
    await tx
      .insert(account)
      .values({ id: newId(), accountId: userId, providerId: 'credential', userId, password: hashed })
    await tx.insert(member).values({ id: newId(), organizationId, userId, role })
    await recordAct(tx, {
      actor: { userId, organization: { id: organizationId } },
      from,
      act: 'invitation.accept',
      objectKind: 'invitation',
      objectId: id,
      after: { userId, organizationId, role },
    })
    return { email }
  })
}
