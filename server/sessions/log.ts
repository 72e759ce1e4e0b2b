/**
 * A session's events in its channel's log, written in the transaction of the act. The session's row is locked by then,
 * so that everybody's acts take turns on all nodes.
 */
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { EntryTuple } from '../../app/domain/channel-protocol'
import { decodeEvent, encodeEvent, type SessionEvent } from '../../app/domain/session/events'
import { fold } from '../../app/domain/session/fold'
import { EMPTY_SESSION, type SessionState } from '../../app/domain/session/model'
import { packState, unpackState } from '../../app/domain/session/packed'
import type { Queryable, Transaction } from '../../db/connection'
import { channelEntries, channelSnapshots, channels } from '../../db/schema/channels'

/** Somebody who comes gets the last snapshot and at most this many events and those of one act after it. */
const SNAPSHOT_EVERY = 100
/** What Yjs writes for a document without clocks: the engine reads one beside every snapshot. */
const NO_CLOCKS = Buffer.from([0])

export type Held = { state: SessionState; head: number; snapshotAt: number }
/** `now`: the database's instant, one clock for all nodes, in ms since 1970. */
export type ReadAt = Held & { now: number }

/**
 * Sessions as they were last read or written here, committed: of the next act only what others did meanwhile is read.
 * A log is only ever added to, so what is held at a seq stays true. The one unused for longest goes first.
 */
const held = new Map<string, Held>()
const MOST_HELD = 32

/** Keeps what was committed. */
export function holdSession(channelId: string, now: Held): void {
  held.delete(channelId)
  held.set(channelId, now)
  const [oldest] = held.keys()
  if (held.size > MOST_HELD && oldest !== undefined) held.delete(oldest)
}

/** The session as its log says. */
export async function readSession(db: Queryable, channelId: string): Promise<ReadAt> {
  const known = held.get(channelId)
  const [channel] = await db
    .select({
      head: channels.head,
      snapshotAt: channelSnapshots.seq,
      now: sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`.mapWith(Number),
    })
    .from(channels)
    .leftJoin(channelSnapshots, eq(channelSnapshots.channelId, channels.id))
    .where(eq(channels.id, channelId))
  const { head, now } = channel ?? { head: 0, now: Date.now() }
  const snapshotAt = channel?.snapshotAt ?? 0
  // Behind what is held: a log that was restored from a backup.
  const usable = known && known.head <= head && known.head >= snapshotAt
  const from = usable ? known : await readSnapshot(db, channelId)
  if (from.head === head) return { ...from, snapshotAt, now }
  const tail = await db
    .select({ seq: channelEntries.seq, data: channelEntries.data })
    .from(channelEntries)
    .where(and(eq(channelEntries.channelId, channelId), gt(channelEntries.seq, from.head)))
    .orderBy(asc(channelEntries.seq))
  let { state } = from
  for (const { seq, data } of tail) {
    const event = decodeEvent(data)
    if (!event) throw new Error(`entry ${seq} of session ${channelId} cannot be read`)
    state = fold(state, event)
  }
  return { state, head: tail.at(-1)?.seq ?? from.head, snapshotAt, now }
}

async function readSnapshot(
  db: Queryable,
  channelId: string,
): Promise<{ state: SessionState; head: number }> {
  const [snapshot] = await db
    .select({ seq: channelSnapshots.seq, data: channelSnapshots.data })
    .from(channelSnapshots)
    .where(eq(channelSnapshots.channelId, channelId))
  return snapshot
    ? { state: unpackState(snapshot.data), head: snapshot.seq }
    : { state: EMPTY_SESSION, head: 0 }
}

type ActedBefore = { userId: string; seq: number }

/** Who acted under these keys before, by key. */
export async function actedBefore(
  tx: Queryable,
  channelId: string,
  keys: readonly string[],
): Promise<Map<string, ActedBefore>> {
  const rows = await tx
    .select({ writer: channelEntries.writer, userId: channelEntries.userId, seq: channelEntries.seq })
    .from(channelEntries)
    .where(and(eq(channelEntries.channelId, channelId), inArray(channelEntries.writer, keys.map(writerOf))))
    .orderBy(asc(channelEntries.seq))
  // Of an act with several events the last one, as it was answered.
  return new Map(rows.map(({ writer, userId, seq }) => [writer.slice(WRITER.length), { userId, seq }]))
}

const WRITER = 'act-'
const writerOf = (key: string) => `${WRITER}${key}`

/** Events of one act. */
type Happened = {
  events: readonly SessionEvent[]
  author: { key: string; userId: string; organizationId: string }
}

/**
 * Stores the events of acts after what is held. Out: the events as everybody in the channel gets them once this has
 * committed, and what is held then.
 */
export async function appendEvents(
  tx: Transaction,
  channelId: string,
  held: Held,
  acts: readonly Happened[],
): Promise<{ entries: EntryTuple[]; after: Held }> {
  const told = acts.flatMap(({ events, author: { key, ...author } }) =>
    events.map((event, nth) => ({ event, writer: writerOf(key), ref: nth + 1, author })),
  )
  if (told.length === 0) return { entries: [], after: held }
  const [moved] = await tx
    .update(channels)
    .set({ head: sql`${channels.head} + ${told.length}` })
    .where(and(eq(channels.id, channelId), eq(channels.head, held.head)))
    .returning({ head: channels.head })
  if (!moved) throw new Error(`the log of session ${channelId} moved under its lock`)
  const entries = told.map(({ event, writer, ref, author }, nth) => ({
    ...{ channelId, seq: held.head + nth + 1, writer, ref, ...author },
    ...{ at: new Date(event.at), data: Buffer.from(encodeEvent(event)) },
  }))
  await tx.insert(channelEntries).values(entries)
  const state = told.reduce((before, { event }) => fold(before, event), held.state)
  const isDue = moved.head - held.snapshotAt >= SNAPSHOT_EVERY
  if (isDue) await keepSnapshot(tx, channelId, moved.head, state)
  return {
    entries: entries.map(({ seq, writer, ref, data }) => [seq, writer, ref, data]),
    after: { state, head: moved.head, snapshotAt: isDue ? moved.head : held.snapshotAt },
  }
}

async function keepSnapshot(tx: Transaction, channelId: string, seq: number, state: SessionState) {
  const snapshot = {
    ...{ seq, data: Buffer.from(packState(state)), stateVector: NO_CLOCKS },
    ...{ entries: seq, at: new Date() },
  }
  await tx
    .insert(channelSnapshots)
    .values({ channelId, ...snapshot })
    .onConflictDoUpdate({ target: channelSnapshots.channelId, set: snapshot })
}
