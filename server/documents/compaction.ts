/**
 * Merges old parts of logs by author and minute [R33]: in a thread of its own, beside the edits, and with no lock that an
 * edit waits for until the very end. On however many nodes: whoever comes second finds the place taken.
 */
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database, Transaction } from '../../db/connection'
import { lockDocument } from '../../db/queries/documents'
import { wholeLog } from '../../db/queries/history'
import {
  channelChunks,
  channelEntries,
  channelSnapshots,
  channels,
  channelWriters,
} from '../../db/schema/channels'
import { documentRestores, documents, documentVersions } from '../../db/schema/projects'
import type { DocumentWorker } from './worker-client'
import type { Compacted } from './worker-protocol'

/**
 * A sitting that is over for so long grows no more, and nobody is away for so short a time. By the database's clock,
 * which gave the entries their times: one of a node that jumps makes nothing old.
 */
const OLD = sql`now() - interval '1 hour'`
/** Fewer old entries are not worth it. */
const LEAST_ENTRIES = 500
/** At a time: a long log is merged in steps. */
const MOST_ENTRIES = 50_000
const LOOK_MS = 10 * 60_000
const FIRST_LOOK_MS = 2_000

type Parts = { db: Database; worker: Pick<DocumentWorker, 'run'> }

/**
 * Merges what can be merged of one document's log, once. Gives how many entries it took; 0 when there was nothing to
 * do, or something that has to stay came in between. `before`: entries from then on stay; an hour ago when not given.
 * `least`: fewer entries are left as they are.
 */
export async function compactLog(
  { db, worker }: Parts,
  document: { id: string; channelId: string },
  { before, least = LEAST_ENTRIES }: { before?: Date; least?: number } = {},
): Promise<number> {
  const old = before ? sql`${before.toISOString()}::timestamptz` : OLD
  const upTo = await lastOld(db, document.channelId, old, least)
  if (upTo === 0) return 0
  const pins = await pinsOf(db, document.id)
  const log = await wholeLog(db, document, MOST_ENTRIES)
  const compacted = await worker.run('compact', { log, upTo, pins })
  if (!compacted || compacted.last - compacted.first + 1 < least) return 0
  return db.transaction(async (tx) => {
    // A version that gets a name waits; one that got it meanwhile has to stay.
    await lockDocument(tx, document.id)
    const now = await pinsOf(tx, document.id)
    if (now.some((seq) => seq >= compacted.first && seq <= compacted.last && !pins.includes(seq))) return 0
    return swap(tx, document.channelId, compacted)
  })
}

/** The last entry that may be merged: old, in the snapshot, and not the head; 0 when that leaves too few. */
async function lastOld(db: Database, channelId: string, before: SQL, least: number): Promise<number> {
  const [found] = await db
    .select({
      compacted: channels.compacted,
      upTo: sql<number>`least(${channels.head} - 1, ${channelSnapshots.seq}, coalesce((
        select min(e.seq) - 1 from ${channelEntries} e where e.channel_id = ${channels.id} and e.at >= ${before}
      ), ${channels.head}))::float8`,
    })
    .from(channels)
    .innerJoin(channelSnapshots, eq(channelSnapshots.channelId, channels.id))
    .where(eq(channels.id, channelId))
  return found && found.upTo - found.compacted >= least ? found.upTo : 0
}

/** Seqs at which a document must stay readable. */
async function pinsOf(db: Database | Transaction, documentId: string): Promise<number[]> {
  const named = await db
    .select({ seq: documentVersions.seq })
    .from(documentVersions)
    .where(eq(documentVersions.documentId, documentId))
  const brought = await db
    .select({ seq: documentRestores.seq, restored: documentRestores.restoredSeq })
    .from(documentRestores)
    .where(eq(documentRestores.documentId, documentId))
  return [
    ...named.map(({ seq }) => seq),
    ...brought.flatMap(({ seq, restored }) => [seq - 1, seq, restored]),
  ].sort((a, b) => a - b)
}

/** Puts the merged entries in the place of the single ones; the channel's own row, which edits need, comes last. */
async function swap(
  tx: Transaction,
  channelId: string,
  { first, last, chunk, writers }: NonNullable<Compacted>,
): Promise<number> {
  const taken = await tx
    .insert(channelChunks)
    .values({ channelId, firstSeq: first, lastSeq: last, data: Buffer.from(chunk) })
    .onConflictDoNothing()
    .returning({ first: channelChunks.firstSeq })
  if (taken.length === 0) return 0
  for (const { writer, userId, refs, places } of writers) {
    const ranges = `{${refs.map(([from, to]) => `[${from},${to})`).join()}}`
    await tx
      .insert(channelWriters)
      .values({ channelId, writer, userId, refs: ranges, places: Buffer.from(places) })
      .onConflictDoUpdate({
        target: [channelWriters.channelId, channelWriters.writer],
        set: {
          refs: sql`${channelWriters.refs} + excluded.refs`,
          places: sql`${channelWriters.places} || excluded.places`,
        },
      })
  }
  const gone = await tx
    .delete(channelEntries)
    .where(
      and(eq(channelEntries.channelId, channelId), sql`${channelEntries.seq} between ${first} and ${last}`),
    )
  const moved = await tx
    .update(channels)
    .set({ compacted: last })
    .where(and(eq(channels.id, channelId), eq(channels.compacted, first - 1)))
  if (gone.rowCount !== last - first + 1 || moved.rowCount !== 1)
    throw new Error('the log is not the one that was merged: nothing was changed')
  return last - first + 1
}

/** Documents with enough old entries, the longest unmerged first. */
const due = (db: Database) =>
  db
    .select({ id: documents.id, channelId: channels.id })
    .from(channels)
    .innerJoin(documents, eq(documents.channelId, channels.id))
    .innerJoin(
      channelEntries,
      and(
        eq(channelEntries.channelId, channels.id),
        eq(channelEntries.seq, sql`${channels.compacted} + ${LEAST_ENTRIES}`),
        sql`${channelEntries.at} < ${OLD}`,
      ),
    )
    .where(gt(sql`${channels.head} - ${channels.compacted}`, LEAST_ENTRIES))
    .orderBy(asc(sql`${channels.compacted} - ${channels.head}`))
    .limit(100)

export type Compaction = { stop: () => Promise<void> }

/** Looks for old logs now and then, and merges them one after the other. */
export function startCompaction({ db, worker, log }: Parts & { log: Logger }): Compaction {
  let stopped = false
  let running: Promise<void> | null = null

  async function look() {
    for (const document of await due(db)) {
      try {
        let merged = 1
        while (merged > 0 && !stopped) {
          merged = await compactLog({ db, worker }, document)
          if (merged > 0) log.info({ channel: document.channelId, merged }, 'entries of a log were merged')
        }
      } catch (err) {
        if (!stopped)
          log.error({ err, channel: document.channelId }, 'a log could not be merged; it stays as it is')
      }
      if (stopped) return
    }
  }
  const start = () => {
    running ??= look()
      .catch((err: unknown) => log.warn({ err }, 'logs to merge could not be looked up yet'))
      .finally(() => {
        running = null
      })
  }
  const first = setTimeout(start, FIRST_LOOK_MS).unref()
  const looking = setInterval(start, LOOK_MS).unref()
  return {
    async stop() {
      stopped = true
      clearTimeout(first)
      clearInterval(looking)
      await running
    },
  }
}
