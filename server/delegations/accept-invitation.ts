import { randomUUID } from 'node:crypto'
import { and, eq, gt, sql } from 'drizzle-orm'
import { conflict, notFound } from '../../app/domain/fault'
import type { Database, Queryable } from '../../db/connection'
import { account, invitation, member, organization, user } from '../../db/schema/auth'
import { recordAct } from '../audit/record'

/** An invitation as its link shows it: null for one that never was. */
export async function invitationById(db: Queryable, id: string) {
  const [row] = await db
    .select({
      email: invitation.email,
      role: invitation.role,
      status: invitation.status,
      expiresAt: invitation.expiresAt,
      organization: organization.name,
      iso2: organization.partnerIso2,
      inviter: user.name,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .innerJoin(user, eq(user.id, invitation.inviterId))
    .where(eq(invitation.id, id))
  return row ?? null
}

/**
 * Accepts an invitation: makes the account, with the password hashed by `hash`, and the membership. Each link works
 * once, within its time. Out: the account's address. Throws `notFound`, or `conflict` for one used, cancelled or expired.
 */
export async function acceptInvitation(
  db: Database,
  hash: (password: string) => Promise<string>,
  id: string,
  { name, password }: { name: string; password: string },
  from: string | null,
): Promise<{ email: string }> {
  const hashed = await hash(password)
  return db.transaction(async (tx) => {
    const [taken] = await tx
      .update(invitation)
      .set({ status: 'accepted' })
      .where(
        and(eq(invitation.id, id), eq(invitation.status, 'pending'), gt(invitation.expiresAt, sql`now()`)),
      )
      .returning()
    if (!taken) {
      const [known] = await tx.select({ id: invitation.id }).from(invitation).where(eq(invitation.id, id))
      throw known
        ? conflict('This invitation was used, cancelled or has expired. Ask for a new one.')
        : notFound()
    }
    const [before] = await tx.select({ id: user.id }).from(user).where(eq(user.email, taken.email))
    const userId = before?.id ?? randomUUID()
    if (!before) await tx.insert(user).values({ id: userId, name, email: taken.email, emailVerified: true })
    else {
      const [elsewhere] = await tx.select({ id: member.id }).from(member).where(eq(member.userId, userId))
      if (elsewhere) throw conflict('This address belongs to somebody of the portal already.')
      // A person who left and comes back: the link came to their address, so the new password stands.
      await tx.delete(account).where(eq(account.userId, userId))
      await tx.update(user).set({ name, emailVerified: true }).where(eq(user.id, userId))
    }
    await tx
      .insert(account)
      .values({ id: randomUUID(), accountId: userId, providerId: 'credential', userId, password: hashed })
    await tx.insert(member).values({
      id: randomUUID(),
      organizationId: taken.organizationId,
      userId,
      role: taken.role ?? 'reader',
    })
    await recordAct(tx, {
      actor: { userId, organization: { id: taken.organizationId } },
      from,
      act: 'invitation.accept',
      objectKind: 'invitation',
      objectId: id,
      after: { userId, role: taken.role },
    })
    return { email: taken.email }
  })
}
