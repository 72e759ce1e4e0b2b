import { createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import ical from 'ical-generator'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { type Deadline, deadlinesOf } from '../../db/queries/deadlines'
import { comingSessions } from '../../db/queries/sessions'
import { calendarFeeds } from '../../db/schema/calendar'
import { recordAct } from '../audit/record'
import { actorsOf } from '../auth/actor'
import { addSessions } from '../sessions/calendar'

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
const TOKEN = /^[\w-]{43}$/
/** How often a calendar should look again, in seconds. */
const AGAIN_S = 3600

/** Makes a new secret address; an earlier one leads nowhere from now on. Out: the secret, which is shown once. */
export async function makeFeed(db: Database, actor: Actor, from: string | null): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.transaction(async (tx) => {
    const row = { userId: actor.userId, tokenSha256: hashOf(token), madeAt: new Date() }
    await tx.insert(calendarFeeds).values(row).onConflictDoUpdate({ target: calendarFeeds.userId, set: row })
    await recordAct(tx, { actor, from, act: 'calendar.feed', objectKind: 'user', objectId: actor.userId })
  })
  return token
}

/** Ends the secret address. */
export async function endFeed(db: Database, actor: Actor, from: string | null): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx
      .delete(calendarFeeds)
      .where(eq(calendarFeeds.userId, actor.userId))
      .returning({ userId: calendarFeeds.userId })
    if (ended.length === 0) return
    await recordAct(tx, { actor, from, act: 'calendar.end', objectKind: 'user', objectId: actor.userId })
  })
}

/** When the actor's address was made; null where there is none. */
export async function feedOf(db: Database, actor: Actor): Promise<Date | null> {
  const [row] = await db
    .select({ madeAt: calendarFeeds.madeAt })
    .from(calendarFeeds)
    .where(eq(calendarFeeds.userId, actor.userId))
  return row?.madeAt ?? null
}

/**
 * The calendar (RFC 5545) behind a secret address, by the rights its person has now. Throws `notFound` for an address that
 * never was, was ended, or belongs to somebody who left.
 */
export async function calendarOf(db: Database, origin: string, token: string): Promise<string> {
  if (!TOKEN.test(token)) throw notFound()
  const [row] = await db
    .select({ userId: calendarFeeds.userId })
    .from(calendarFeeds)
    .where(eq(calendarFeeds.tokenSha256, hashOf(token)))
  const actor = row && (await actorsOf(db, [row.userId])).get(row.userId)
  if (!actor) throw notFound()
  return asCalendar(await deadlinesOf(db, actor), await comingSessions(db, actor), origin)
}

/** A calendar is kept wherever its reader keeps it: what not everybody in the portal may know of is not named in it. */
const titleOf = ({ title, marking }: Deadline) =>
  marking === null || marking === 'public' || marking === 'forge' ? title : 'not named here'

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000)

function asCalendar(
  deadlines: readonly Deadline[],
  sessions: Awaited<ReturnType<typeof comingSessions>>,
  origin: string,
): string {
  const calendar = ical({ name: 'FORGE deadlines', prodId: '//FORGE//partner portal//EN', ttl: AGAIN_S })
  for (const deadline of deadlines) {
    const { id, what, on, at, zone, link } = deadline
    const url = `${origin}${link}`
    const start = on ? new Date(on) : (at ?? new Date(0))
    calendar.createEvent({
      ...{ id: `${id}@${new URL(origin).hostname}`, start, stamp: start, url },
      ...(on ? { allDay: true, end: nextDay(on) } : { end: start }),
      summary: `${what}: ${titleOf(deadline)}`,
      description: zone ? `The deadline was set in ${zone}. ${url}` : url,
    })
  }
  addSessions(calendar, sessions, origin)
  return calendar.toString()
}
