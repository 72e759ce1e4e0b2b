import { asc, eq } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import { decodeEvent } from '../../app/domain/session/events'
import { type MinutesPart, minutesOf } from '../../app/domain/session/minutes'
import { wallClock } from '../../app/domain/zoned'
import type { Queryable, Transaction } from '../../db/connection'
import type { ScopedSession } from '../../db/queries/session-scope'
import { channelEntries } from '../../db/schema/channels'
import { minutesText } from './minutes-text'
import { startSessionText } from './start-text'

type Session = ScopedSession['session']

/** Minutes as the log of the room tells them; times in the session's zone. */
export async function minutesInLog(
  db: Queryable,
  { channelId, zone }: Pick<Session, 'channelId' | 'zone'>,
): Promise<MinutesPart[]> {
  const entries = await db
    .select({ data: channelEntries.data })
    .from(channelEntries)
    .where(eq(channelEntries.channelId, channelId))
    .orderBy(asc(channelEntries.seq))
  const events = entries.flatMap(({ data }) => decodeEvent(data) ?? [])
  return minutesOf(events, (at) => wallClock(new Date(at), zone).slice(11))
}

/** Makes the text of a session's minutes of what its log tells, to be written on together. Out: its id and first bytes. */
export async function draftMinutes(
  tx: Transaction,
  actor: Actor,
  session: Session,
): Promise<{ id: string; first: Uint8Array }> {
  const first = minutesText(await minutesInLog(tx, session))
  return { id: await startSessionText(tx, actor, session, 'minutes', first), first }
}
