/** What many and large documents cost, and what their history takes. */
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { pino } from 'pino'
import WebSocket from 'ws'
import { connect } from '../../../db/connection'
import { migrate } from '../../../db/migrate'
import { compactLog } from '../../../server/documents/compaction'
import { createDocumentWorker } from '../../../server/documents/worker-client'
import { freePort } from '../../harness/portal-process'
import { long, type Made, typed } from './documents'
import { provenance, row, writeSection } from './results'
import { cpuOf, ended, once, PROGRAMS, pinned, query, type Stage } from './run'
import { connectOurs, type Visit, visitOurs, visitTheirs } from './visit'

const EDITS = 260_000
const COPIES = 60
/** Opened before anything is counted. */
const WARM_UP = 10
const CROWD = 150
/** Nobody waits longer. */
const CROWD_MS = 60_000
const LONG_BYTES = 20 * 1024 * 1024
const IDLE = 1500
/** Until what was only sent is let go of. */
const LET_GO_MS = 12_000

const kb = (bytes: number) => `${(bytes / 1024).toFixed(bytes < 100 * 1024 ? 1 : 0)} KB`
const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`

type State = Pick<Made, 'state' | 'stateVector'>
type Figures = { cpu: number; memory: number; idle: number; crowd: number; peak: number }
export async function large(stage: Stage): Promise<void> {
  const document = typed(EDITS)
  const book = long(LONG_BYTES)
  await history(stage, document)
  const ours = await measure(stage, 'ours', document, book)
  const theirs = await measure(stage, 'theirs', document, book)
  report(stage, { document, book }, ours, theirs)
}

async function measure(
  stage: Stage,
  which: 'ours' | 'theirs',
  document: State,
  book: State,
): Promise<Figures> {
  const url = await stage.newDatabase()
  const visit = which === 'ours' ? visitOurs : visitTheirs
  const port = await freePort()
  const start = async () => {
    const env = { DATABASE_URL: url, PORT: String(port), NODE_ENV: 'production' }
    const server = pinned(stage.node, 0, PROGRAMS[which], env)
    await once(server, (message) => message === 'ready')
    return server
  }
  const ids = Array.from({ length: COPIES }, () => randomUUID())
  const long = randomUUID()
  let server = await start()
  try {
    for (const id of ids) await store(which, url, id, document, EDITS)
    await store(which, url, long, book, 1)
    const opening = await openOneByOne(server, port, ids, visit)
    await ended(server)
    server = await start()
    const idle = await idleConnections(server, port, which)
    await ended(server)
    server = await start()
    const crowd = await crowded(server, port, long, visit)
    const figures = { ...opening, idle, ...crowd }
    process.stdout.write(`${which}: ${JSON.stringify(figures)}\n`)
    return figures
  } finally {
    await ended(server)
  }
}

async function store(
  which: 'ours' | 'theirs',
  url: string,
  id: string,
  { state, stateVector }: State,
  head: number,
): Promise<void> {
  if (which === 'theirs')
    return query(url, 'insert into peer_documents values ($1, $2)', [id, Buffer.from(state)])
  await query(url, "insert into channels (id, kind, head) values ($1, 'document', $2)", [id, head])
  await query(
    url,
    `insert into channel_snapshots (channel_id, seq, data, packed, state_vector, entries)
     values ($1, $2, $3, true, $4, 1)`,
    [id, head, gzipSync(state), Buffer.from(stateVector)],
  )
}

/** CPU for each, ms, and memory for each that stays open, bytes. */
async function openOneByOne(server: ChildProcess, port: number, ids: readonly string[], visit: Visit) {
  const pid = server.pid ?? 0
  for (const id of ids.slice(0, WARM_UP)) await visit(port, id)
  await sleep(2000)
  const [cpu, memory] = [cpuOf(pid), resident(pid, 'VmRSS')]
  for (const id of ids.slice(WARM_UP)) await visit(port, id)
  const cpuAfter = cpuOf(pid)
  await sleep(LET_GO_MS)
  const count = ids.length - WARM_UP
  return { cpu: (cpuAfter - cpu) / count, memory: (resident(pid, 'VmRSS') - memory) / count }
}

/** Memory for each connection on which nothing happens, bytes. */
async function idleConnections(
  server: ChildProcess,
  port: number,
  which: 'ours' | 'theirs',
): Promise<number> {
  const pid = server.pid ?? 0
  const open = async () => {
    if (which === 'ours') return void (await connectOurs(port))
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
    await new Promise((resolve) => socket.once('open', resolve))
  }
  for (let i = 0; i < IDLE; i++) await open()
  await sleep(2000)
  const before = resident(pid, 'VmRSS')
  for (let i = 0; i < IDLE; i++) await open()
  await sleep(2000)
  return (resident(pid, 'VmRSS') - before) / IDLE
}

/** How long it takes until the last of a crowd has a long document, ms, and the server's memory at its highest, bytes. */
async function crowded(server: ChildProcess, port: number, id: string, visit: Visit) {
  const started = performance.now()
  const all = Promise.all(Array.from({ length: CROWD }, () => visit(port, id)))
  const inTime = await Promise.race([all.then(() => true), sleep(CROWD_MS).then(() => false)])
  return {
    crowd: inTime ? performance.now() - started : Number.POSITIVE_INFINITY,
    peak: resident(server.pid ?? 0, 'VmHWM'),
  }
}

function resident(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] =
    new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

/** What the log of the typed document takes in the database, before and after it was merged. */
async function history(stage: Stage, document: Made): Promise<void> {
  const url = await stage.newDatabase()
  await migrate(url)
  const id = randomUUID()
  const { entries, clients, state, stateVector } = document
  await query(url, "insert into channels (id, kind, head) values ($1, 'document', $2)", [id, entries.length])
  for (const [nth, client] of clients.entries())
    await query(url, 'insert into channel_clients values ($1, $2, $3, $3, 1)', [id, client, `user-${nth}`])
  const refs = clients.map(() => 0)
  for (let from = 0; from < entries.length; from += 5000) {
    const page = entries.slice(from, from + 5000)
    const values = [
      page.map((_, i) => from + i + 1),
      page.map(({ writer }) => `user-${writer}`),
      page.map(({ writer }) => {
        refs[writer] = (refs[writer] ?? 0) + 1
        return refs[writer]
      }),
      page.map(({ at }) => new Date(at).toISOString()),
      page.map(({ data }) => `\\x${Buffer.from(data).toString('hex')}`),
    ]
    await query(
      url,
      `insert into channel_entries (channel_id, seq, writer, ref, user_id, organization_id, at, data)
       select $1, seq, 'tab-of-' || writer, ref, writer, 'org', at, data
       from unnest($2::bigint[], $3::text[], $4::bigint[], $5::timestamptz[], $6::bytea[]) as e(seq, writer, ref, at, data)`,
      [id, ...values],
    )
  }
  await query(
    url,
    'insert into channel_snapshots (channel_id, seq, data, state_vector, entries) values ($1, $2, $3, $4, 1)',
    [id, entries.length, Buffer.from(state), Buffer.from(stateVector)],
  )
  const sizeOf = (table: string) => one(url, `select pg_total_relation_size('${table}') as is`)
  const before = await sizeOf('channel_entries')
  const db = connect(url, () => {})
  const worker = createDocumentWorker({ log: pino({ level: 'silent' }) })
  const started = performance.now()
  while ((await compactLog({ db, worker }, { id: randomUUID(), channelId: id })) > 0);
  const took = performance.now() - started
  await worker.close()
  await db.$client.end()
  const after = (await sizeOf('channel_chunks')) + (await sizeOf('channel_writers'))
  const left = await one(url, 'select count(*) as is from channel_entries')
  process.stdout.write(`history: ${before} → ${after} bytes, ${left} entries left, ${took.toFixed(0)} ms\n`)
  const size = state.length
  writeSection('History of a large document', [
    `${EDITS.toLocaleString('en')} edits of four people; its state has ${kb(size)}.`,
    '',
    provenance(stage.node, 'one run'),
    '',
    row('', 'bytes in the database', '× its state'),
    '|---|---|---|',
    row('entry by entry, with indexes', mb(before), (before / size).toFixed(1)),
    row(
      `merged by author and minute (in ${(took / 1000).toFixed(1)} s), with indexes`,
      kb(after),
      `**${(after / size).toFixed(1)}**`,
    ),
  ])
}

async function one(url: string, text: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ is: string }>(text).finally(() => client.end())
  return Number(rows[0]?.is)
}

function report(stage: Stage, made: { document: State; book: State }, ours: Figures, theirs: Figures): void {
  const ratio = (what: keyof Figures) => `**${(ours[what] / theirs[what]).toFixed(2)}**`
  const seconds = (ms: number) =>
    ms === Number.POSITIVE_INFINITY ? `not within ${CROWD_MS / 1000} s` : `${(ms / 1000).toFixed(1)} s`
  const shown: Record<keyof Figures, [what: string, (value: number) => string]> = {
    cpu: ['CPU to open the typed document, cold', (value) => `${value.toFixed(1)} ms`],
    memory: ['memory for each further open one', kb],
    idle: ['memory for an idle connection', kb],
    crowd: [`${CROWD} people open the long one at once: the last has it after`, seconds],
    peak: ['the server’s memory at its highest meanwhile', mb],
  }
  writeSection('Large documents and many of them', [
    `The typed document has ${EDITS.toLocaleString('en')} edits of four people and a state of ${kb(made.document.state.length)}; the long one a state of`,
    `${mb(made.book.state.length)}. Readers take the bytes and do not decode them. Memory is what the process holds (RSS).`,
    '',
    provenance(stage.node, 'one run'),
    '',
    row('', 'engine', 'Hocuspocus', 'ratio'),
    '|---|---|---|---|',
    ...(['cpu', 'memory', 'idle', 'crowd', 'peak'] as const).map((what) => {
      const [name, show] = shown[what]
      return row(name, show(ours[what]), show(theirs[what]), ratio(what))
    }),
  ])
}
