/** The log in PostgreSQL: what is read from it, and lines on which one statement commits everything that gathered. */
import pg from 'pg'
import { type Database, hearErrors } from '../../db/connection'
import { CommitLine } from './commit-line'
import { MAX_REPLY_BYTES, MAX_REPLY_ENTRIES } from './core/join'
import { placeOf } from './core/places'
import type { Found, Log, LogEntry, Span, StoredSnapshot } from './log'

/** Nothing waits longer for a database that hangs. */
const CONNECT_MS = 3000
const STATEMENT_MS = 8000
/** The client's own limit, for a database that does not even answer with an error. */
const ANSWER_MS = 10_000
/** For a commit: its writers see Offline then. One that happens all the same is found when they send again. */
const COMMIT_MS = 4000

const FIND = `
select c.kind, c.head::float8 as head, c.compacted::float8 as compacted, s.seq::float8 as seq, s.state_vector,
       octet_length(s.data) as bytes, s.packed
from channels c left join channel_snapshots s on s.channel_id = c.id where c.id = $1`

/** The entries of `c` after a seq, as many as fit into a reply; one row without an entry where there are none. */
const page = (after: string) => `
left join lateral (
  select * from (
    select *, sum(octet_length(data)) over (order by seq) - octet_length(data) as before
    from channel_entries where channel_id = c.id and seq > ${after} order by seq limit ${MAX_REPLY_ENTRIES}
  ) page where seq = ${after} + 1 or before + octet_length(data) <= ${MAX_REPLY_BYTES}
) e on true`

/** Of several channels: after a commit in which others were first, a node reads on in all of them at once. */
const TAILS = `
select asked.nth::int as nth, c.head::float8 as head, e.seq::float8 as seq, e.writer, e.ref::float8 as ref,
       e.user_id, e.data
from unnest($1::text[], $2::bigint[]) with ordinality as asked(channel_id, after, nth)
join channels c on c.id = asked.channel_id ${page('asked.after')} order by asked.nth, e.seq`
const MAX_TAILS = 16

/** Base64, as for a snapshot. */
const SPAN = `
select c.head::float8 as head, count(e.seq)::int as count,
       coalesce(min(e.seq), 0)::float8 as first, coalesce(max(e.seq), $2)::float8 as last,
       coalesce(encode(string_agg(int4send(octet_length(e.data)) || e.data, '' order by e.seq), 'base64'), '') as data
from channels c ${page('$2')} where c.id = $1 group by c.head`

const HEADS = `select id, head::float8 as head from channels where id = any($1)`

const OWNERS = `select client_id::float8 as client_id, user_id from channel_clients where channel_id = $1`

/** What is in the log one by one, and what was merged. */
const WRITER = `
with known as (
  select coalesce(w.user_id, log.user_id) as user_id, coalesce(w.refs, '{}') + coalesce(log.refs, '{}') as refs
  from (
    select min(user_id) as user_id, range_agg(int8range(ref, ref + 1)) as refs
    from channel_entries where channel_id = $1 and writer = $2
  ) log left join channel_writers w on w.channel_id = $1 and w.writer = $2
)
select user_id, coalesce(upper(refs) - 1, 0)::float8 as highest,
       coalesce((select upper(r) - 1 from unnest(refs) r where r @> 1::int8), 0)::float8 as acked
from known`

const SEQS = `
with keys as (select * from unnest($2::text[], $3::bigint[]) as k(writer, ref))
select k.writer, k.ref::float8 as ref, e.seq::float8 as seq, null::bytea as places
from keys k join channel_entries e on e.channel_id = $1 and e.writer = k.writer and e.ref = k.ref
union all
select k.writer, k.ref::float8, null, w.places
from keys k join channel_writers w on w.channel_id = $1 and w.writer = k.writer and w.refs @> k.ref`

/** Base64: the driver takes values as text, and a snapshot is long. */
const SNAPSHOT = `
select seq::float8 as seq, encode(data, 'base64') as data, packed from channel_snapshots where channel_id = $1`

const KEEP_SNAPSHOT = `
insert into channel_snapshots (channel_id, seq, data, packed, state_vector, entries) values ($1, $2, $3, $4, $5, $6)
on conflict (channel_id) do update
set seq = excluded.seq, data = excluded.data, packed = excluded.packed, state_vector = excluded.state_vector,
    entries = excluded.entries, at = now()
where channel_snapshots.seq < excluded.seq`

type Tail = { head: number; entries: LogEntry[] }
type AskedTail = {
  channelId: string
  after: number
  resolve(tail: Tail | null): void
  reject(error: unknown): void
}

/**
 * The engine's own few connections to the portal's database, with limits on how long they wait: pages that hold
 * every connection of the common pool do not hold up edits, and a database that hangs does not hang the engine.
 */
export function postgresLog(db: Database, onError: (error: Error) => void): Log {
  const options = {
    ...db.$client.options,
    application_name: 'forge-channels',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: 0,
    keepAlive: true,
  }
  const pool = new pg.Pool({ ...options, max: 6, query_timeout: ANSWER_MS })
  hearErrors(pool, onError)
  /** Those that are free: one, unless somebody commits beside the engine. */
  const lines: CommitLine[] = []
  let closed = false
  const tailsAsked: AskedTail[] = []

  async function rows<Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) {
    return (await pool.query<Row>({ name: `channels-${name}`, text, values })).rows
  }

  /** Answers all tails that were asked for in one turn. */
  function readTails(): void {
    while (tailsAsked.length > 0) {
      const asked = tailsAsked.splice(0, MAX_TAILS)
      tails(asked).then(
        (found) => {
          for (const [i, { resolve }] of asked.entries()) resolve(found[i] ?? null)
        },
        (error) => {
          for (const { reject } of asked) reject(error)
        },
      )
    }
  }

  async function tails(asked: readonly { channelId: string; after: number }[]): Promise<Tail[]> {
    type Row = { nth: number; head: number; seq: number | null; user_id: string } & Omit<
      LogEntry,
      'seq' | 'userId'
    >
    const values = [asked.map(({ channelId }) => channelId), asked.map(({ after }) => after)]
    const found: Tail[] = []
    for (const row of await rows<Row>('tails', TAILS, values)) {
      const { nth, head, seq, writer, ref, user_id: userId, data } = row
      found[nth - 1] ??= { head, entries: [] }
      if (seq !== null) found[nth - 1]?.entries.push({ seq, writer, ref, userId, data })
    }
    return found
  }

  return {
    async find(channelId) {
      type Row = Pick<Found, 'kind' | 'head' | 'compacted'> & {
        seq: number | null
        state_vector: Buffer
        bytes: number
        packed: boolean
      }
      const [row] = await rows<Row>('find', FIND, [channelId])
      if (!row) return null
      const { kind, head, compacted, seq, state_vector: stateVector, bytes, packed } = row
      return { kind, head, compacted, snapshot: seq === null ? null : { seq, stateVector, bytes, packed } }
    },

    tail(channelId, after) {
      return new Promise((resolve, reject) => {
        if (tailsAsked.push({ channelId, after, resolve, reject }) === 1) queueMicrotask(readTails)
      })
    },

    async span(channelId, after) {
      type Row = Omit<Span, 'data'> & { data: string }
      const [row] = await rows<Row>('span', SPAN, [channelId, after])
      return row ? { ...row, data: Buffer.from(row.data, 'base64') } : null
    },

    async heads(channelIds) {
      const found = await rows<{ id: string; head: number }>('heads', HEADS, [channelIds])
      return new Map(found.map(({ id, head }) => [id, head]))
    },

    async owners(channelId) {
      const found = await rows<{ client_id: number; user_id: string }>('owners', OWNERS, [channelId])
      return found.map((row) => ({ clientId: row.client_id, userId: row.user_id }))
    },

    async writer(channelId, writer) {
      type Row = { user_id: string | null; highest: number; acked: number }
      const [row] = await rows<Row>('writer', WRITER, [channelId, writer])
      return { userId: row?.user_id ?? null, highest: row?.highest ?? 0, acked: row?.acked ?? 0 }
    },

    async seqs(channelId, keys) {
      const values = [channelId, keys.map((key) => key.writer), keys.map((key) => key.ref)]
      type Row = { writer: string; ref: number; seq: number | null; places: Buffer | null }
      const seqs = new Map<string, number>()
      for (const { writer, ref, seq, places } of await rows<Row>('seqs', SEQS, values)) {
        const found = seq ?? (places && placeOf(places, ref))
        if (found !== null) seqs.set(`${writer} ${ref}`, found)
      }
      return seqs
    },

    async snapshot(channelId) {
      type Row = Omit<StoredSnapshot, 'data'> & { data: string }
      const [row] = await rows<Row>('snapshot', SNAPSHOT, [channelId])
      return row ? { ...row, data: Buffer.from(row.data, 'base64') } : null
    },

    async keepSnapshot(channelId, { seq, data, packed, stateVector, entries }) {
      const values = [channelId, seq, asBuffer(data), packed, asBuffer(stateVector), entries]
      await rows('keep-snapshot', KEEP_SNAPSHOT, values)
    },

    commit(commits) {
      const line = lines.pop() ?? new CommitLine(options, COMMIT_MS)
      const free = () => {
        if (closed) line.close()
        else lines.push(line)
      }
      return line.commit(commits).then(
        (stored) => {
          free()
          return stored
        },
        (error) => {
          free()
          throw error
        },
      )
    },

    async close() {
      closed = true
      for (const line of lines.splice(0)) line.close()
      await pool.end()
    },
  }
}

const asBuffer = (data: Uint8Array) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)
