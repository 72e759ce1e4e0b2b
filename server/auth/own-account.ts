/** What a person does with their own account. */
import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import { invalid, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database, Queryable } from '../../db/connection'
import { account, session, user } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { Auth } from './auth'

export async function rename(db: Database, actor: Actor, name: string, from: string | null) {
  if (name === actor.name) return
  await db.transaction(async (tx) => {
    await tx.update(user).set({ name, updatedAt: new Date() }).where(eq(user.id, actor.userId))
    await recordAct(tx, {
      actor,
      from,
      act: 'account.rename',
      objectKind: 'user',
      objectId: actor.userId,
      before: { name: actor.name },
      after: { name },
    })
  })
}

/** Sets a new password; every other session of the person ends. Throws `invalid` when the present one is wrong. */
export async function changePassword(
  { db, auth, channels }: { db: Database; auth: Auth; channels: Channels },
  actor: Actor,
  { current, password }: { current: string; password: string },
  from: string | null,
) {
  const { password: passwords } = await auth.$context
  const [held] = await db
    .select({ id: account.id, hash: account.password })
    .from(account)
    .where(and(eq(account.userId, actor.userId), eq(account.providerId, 'credential')))
  if (!held?.hash || !(await passwords.verify({ hash: held.hash, password: current }))) {
    throw invalid('The present password is not right.', { current: ['This is not your present password.'] })
  }
  const hash = await passwords.hash(password)
  await db.transaction(async (tx) => {
    await tx.update(account).set({ password: hash, updatedAt: new Date() }).where(eq(account.id, held.id))
    await tx.delete(session).where(and(eq(session.userId, actor.userId), ne(session.id, actor.sessionId)))
    await recordAct(tx, { actor, from, act: 'account.password', objectKind: 'user', objectId: actor.userId })
  })
  await channels.recheckUser(actor.userId)
}

/** Where the person is signed in, the last used first. */
export const ownSessions = (db: Queryable, actor: Actor) =>
  db
    .select({
      id: session.id,
      userAgent: session.userAgent,
      from: session.ipAddress,
      since: session.createdAt,
      usedAt: session.updatedAt,
    })
    .from(session)
    .where(and(eq(session.userId, actor.userId), gt(session.expiresAt, sql`now()`)))
    .orderBy(desc(session.updatedAt))

/** Ends one of the person's own sessions; its open pages close at once. */
export async function signOutSession(
  { db, channels }: { db: Database; channels: Channels },
  actor: Actor,
  sessionId: string,
  from: string | null,
) {
  await db.transaction(async (tx) => {
    const gone = await tx
      .delete(session)
      .where(and(eq(session.id, sessionId), eq(session.userId, actor.userId)))
      .returning()
    if (gone.length === 0) throw notFound()
    await recordAct(tx, { actor, from, act: 'session.end', objectKind: 'user', objectId: actor.userId })
  })
  await channels.recheckUser(actor.userId)
}

/** Ends the actor's present session. */
export const signOut = (parts: { db: Database; channels: Channels }, actor: Actor, from: string | null) =>
  signOutSession(parts, actor, actor.sessionId, from)
