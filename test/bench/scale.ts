/**
 * What many and large documents cost beside Hocuspocus, on one PostgreSQL: `npm run bench:scale`. The server is alone on
 * one core. Writes SCALE.md.
 */
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { pino } from 'pino'
import WebSocket from 'ws'
import { connect } from '../../db/connection'
import { migrate } from '../../db/migrate'
import { compactLog } from '../../server/documents/compaction'
import { createDocumentWorker } from '../../server/documents/worker-client'
import { startEmbedded } from '../../server/postgres/embedded'
import { withDatabase } from '../harness/database-url'
import { freePort } from '../harness/portal-process'
import { provenance, row } from './engine/results'
import { bundle, cpuOf, ended, installPeer, node24, once, pinned } from './engine/run'
import { long, type Made, typed } from './scale/documents'
import { connectOurs, type Visit, visitOurs, visitTheirs } from './scale/visit'

const EDITS = 260_000
const COPIES = 60
/** Opened before anything is counted. */
const WARM_UP = 10
const CROWD = 150
/** Nobody waits longer. */
const CROWD_MS = 60_000
const LONG_BYTES = 20 * 1024 * 1024
const IDLE = 500

const here = path.dirname(fileURLToPath(import.meta.url))
const node = node24()
installPeer()
await bundle()
const folder = await mkdtemp(path.join(tmpdir(), 'forge-scale-'))
const database = await startEmbedded({ folder, log: pino({ level: 'silent' }) })
const document = typed(EDITS)
const book = long(LONG_BYTES)
const kb = (bytes: number) => `${(bytes / 1024).toFixed(bytes < 100 * 1024 ? 1 : 0)} KB`
const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`

type Figures = { cpu: number; memory: number; idle: number; crowd: number; peak: number }
try {
  const history = await merged()
  const ours = await measure('ours')
  const theirs = await measure('theirs')
  await report(ours, theirs, history)
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

async function measure(which: 'ours' | 'theirs'): Promise<Figures> {
  const name = `scale_${which}`
  await query(database.url, `create database ${name}`)
  const url = withDatabase(database.url, name)
  const visit = which === 'ours' ? visitOurs : visitTheirs
  const port = await freePort()
  const program =
    which === 'ours' ? path.join(here, '../../build/bench/our-server.js') : path.join(here, 'peer/server.mjs')
  const start = async () => {
    const server = pinned(node, 0, program, { DATABASE_URL: url, PORT: String(port), NODE_ENV: 'production' })
    await once(server, (message) => message === 'ready')
    return server
  }
  const ids = Array.from({ length: COPIES }, () => randomUUID())
  const large = randomUUID()
  let server = await start()
  try {
    for (const id of ids) await store(which, url, id, document, EDITS)
    await store(which, url, large, book, 1)
    const opening = await openOneByOne(server, port, ids, visit)
    await ended(server)
    server = await start()
    const idle = await idleConnections(server, port, which)
    await ended(server)
    server = await start()
    const crowd = await crowded(server, port, large, visit)
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
  { state, stateVector }: Pick<Made, 'state' | 'stateVector'>,
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
  await sleep(3000)
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
async function merged() {
  await query(database.url, 'create database scale_history')
  const url = withDatabase(database.url, 'scale_history')
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
  const size = (table: string) => one(url, `select pg_total_relation_size('${table}') as is`)
  const before = await size('channel_entries')
  const db = connect(url, () => {})
  const worker = createDocumentWorker({ log: pino({ level: 'silent' }) })
  const started = performance.now()
  while ((await compactLog({ db, worker }, { id: randomUUID(), channelId: id })) > 0);
  const took = performance.now() - started
  await worker.close()
  await db.$client.end()
  const after = (await size('channel_chunks')) + (await size('channel_writers'))
  const left = await one(url, 'select count(*) as is from channel_entries')
  process.stdout.write(`history: ${before} → ${after} bytes, ${left} entries left, ${took.toFixed(0)} ms\n`)
  return { before, after, took }
}

async function query(url: string, text: string, values?: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text, values).finally(() => client.end())
}

async function one(url: string, text: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ is: string }>(text).finally(() => client.end())
  return Number(rows[0]?.is)
}

async function report(
  ours: Figures,
  theirs: Figures,
  { before, after, took }: Awaited<ReturnType<typeof merged>>,
) {
  const state = document.state.length
  const ratio = (what: keyof Figures) => `**${(ours[what] / theirs[what]).toFixed(2)}**`
  const seconds = (ms: number) =>
    ms === Number.POSITIVE_INFINITY ? `not within ${CROWD_MS / 1000} s` : `${(ms / 1000).toFixed(1)} s`
  const lines = [
    '# Large documents and many of them',
    '',
    'Made by `npm run bench:scale`: the engine beside Hocuspocus 4.7.0 with its Database extension on the same PostgreSQL 18,',
    `each alone on one core. The typed document has ${EDITS.toLocaleString('en')} edits of four people and a state of ${kb(state)}; the long one`,
    `a state of ${mb(book.state.length)}. Readers take the bytes and do not decode them.`,
    '',
    provenance(node, 'one run'),
    '',
    row('', 'engine', 'Hocuspocus', 'ratio'),
    '|---|---|---|---|',
    row(
      'CPU to open the typed document, cold',
      `${ours.cpu.toFixed(1)} ms`,
      `${theirs.cpu.toFixed(1)} ms`,
      ratio('cpu'),
    ),
    row('memory for each further open one', kb(ours.memory), kb(theirs.memory), ratio('memory')),
    row('memory for an idle connection', kb(ours.idle), kb(theirs.idle), ratio('idle')),
    row(
      `${CROWD} people open the long one at once: the last has it after`,
      seconds(ours.crowd),
      seconds(theirs.crowd),
      ratio('crowd'),
    ),
    row('the server’s memory at its highest meanwhile', mb(ours.peak), mb(theirs.peak), ratio('peak')),
    '',
    '## History',
    row('of the typed document', 'bytes in the database', '× its state'),
    '|---|---|---|',
    row('entry by entry, with indexes', mb(before), (before / state).toFixed(1)),
    row(
      `merged by author and minute (in ${seconds(took)}), with indexes`,
      kb(after),
      `**${(after / state).toFixed(1)}**`,
    ),
    '',
  ]
  await writeFile(path.join(here, 'SCALE.md'), lines.join('\n'))
}
