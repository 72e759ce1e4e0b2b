/** What a person does with their own account. */
import { and, desc, eq, gt, ne, sql } from 'drizzle-orm'
import { invalid, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database, Queryable } from '../../db/connection'
import { account, session, user } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { Mailer } from '../mail/mailer'
import { passwordChangedMail } from '../mail/texts'
import { attempt, forget } from './attempts'
import type { Auth } from './auth'

type Parts = { db: Database; channels: Pick<Channels, 'recheckUser'> }

/** Whoever finds a page left open has this many guesses at its owner's password, in this many seconds. */
const GUESSES = { max: 8, window: 900 }

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

/**
 * Sets a new password; every other session of the person ends, and a mail tells them. Throws `invalid` when the present
 * one is wrong, or was guessed at too often.
 */
export async function changePassword(
  { db, auth, channels, mail }: Parts & { auth: Auth; mail: Pick<Mailer, 'sendLater'> },
  actor: Actor,
  { current, password }: { current: string; password: string },
  from: string | null,
) {
  const guesses = `password ${actor.userId}`
  const { allowed, retryAfter } = await attempt(db, guesses, GUESSES)
  if (!allowed) {
    const why = `Too many tries. Wait ${Math.ceil(retryAfter / 60)} minutes, then try again.`
    throw invalid(why, { current: [why] })
  }
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
  await forget(db, guesses)
  mail.sendLater(passwordChangedMail(actor))
  await channels.recheckUser(actor.userId)
}

/** Where the person is signed in, the latest first. */
export const ownSessions = (db: Queryable, actor: Actor) =>
  db
    .select({
      id: session.id,
      userAgent: session.userAgent,
      from: session.ipAddress,
      since: session.createdAt,
    })
    .from(session)
    .where(and(eq(session.userId, actor.userId), gt(session.expiresAt, sql`now()`)))
    .orderBy(desc(session.createdAt))

/** Ends one of the person's own sessions; its open pages close at once. */
export async function signOutSession(
  { db, channels }: Parts,
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
    await recordAct(tx, { actor, from, act: 'session.end', objectKind: 'session', objectId: sessionId })
  })
  await channels.recheckUser(actor.userId)
}
