/**
 * The engine beside Hocuspocus 4.7 with its Database extension, on one PostgreSQL, in one run: `npm run bench`. Each
 * server is alone on one core, the load on another; what PostgreSQL uses is not counted. Both run on Node 24. Medians
 * of BENCH_RUNS runs (5), in turns. Writes RESULTS.md.
 */
import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import pg from 'pg'
import { pino } from 'pino'
import { startEmbedded } from '../../server/postgres/embedded'
import { withDatabase } from '../harness/database-url'
import { freePort } from '../harness/portal-process'
import type { Answer, Ask } from './engine/load'

const RUNS = Number(process.env.BENCH_RUNS ?? 5)
const MEASURE_MS = Number(process.env.BENCH_MS ?? 8000)
const WARM_UP_MS = 3000
/** Of one tick of /proc's clock. ms. */
const TICK_MS = 10

type Shape = { documents: number; writers: number; editsPerSecond: number }
const SHAPES: readonly Shape[] = [
  { documents: 100, writers: 2, editsPerSecond: 5 },
  { documents: 20, writers: 10, editsPerSecond: 5 },
  { documents: 4, writers: 50, editsPerSecond: 5 },
  { documents: 20, writers: 10, editsPerSecond: 20 },
  { documents: 4, writers: 50, editsPerSecond: 20 },
]

type Server = Ask['server']
/** `cpu`: µs of the server for each edit. */
type Measured = Answer & { cpu: number }

const here = path.dirname(fileURLToPath(import.meta.url))
const peer = path.join(here, 'peer')
const folder = await mkdtemp(path.join(tmpdir(), 'forge-bench-'))
const node = node24()
if (!existsSync(path.join(peer, 'node_modules'))) {
  process.stdout.write('Installing the peer …\n')
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peer, stdio: 'inherit' })
}
await bundle()
const database = await startEmbedded({ folder, log: pino({ level: 'silent' }) })
try {
  const rows: string[] = []
  for (const shape of SHAPES) {
    const measured: Record<Server, Measured[]> = { ours: [], theirs: [] }
    for (let run = 0; run < RUNS; run++) {
      for (const server of run % 2 ? (['theirs', 'ours'] as const) : (['ours', 'theirs'] as const)) {
        measured[server].push(await measure(server, shape))
      }
    }
    rows.push(rowOf(shape, measured))
    process.stdout.write(`${rows.at(-1)}\n`)
  }
  await report(rows)
} finally {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
}

/** The program of Node 24, whatever runs this. */
function node24(): string {
  const found = spawnSync('npx', ['-y', '-p', 'node@24', 'node', '-p', 'process.execPath'], {
    encoding: 'utf8',
  })
  const program = found.stdout.trim().split('\n').at(-1) ?? ''
  if (!program) throw new Error(`Node 24 was not found: ${found.stderr}`)
  return program
}

async function bundle(): Promise<void> {
  await build({
    entryPoints: [path.join(here, 'engine/our-server.ts'), path.join(here, 'engine/load.ts')],
    outdir: path.join(here, '../../build/bench'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
}

/** One run of one server under one load: all processes and the database are new. */
async function measure(server: Server, { documents, writers, editsPerSecond }: Shape): Promise<Measured> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`
  await query(`create database ${name}`)
  const port = await freePort()
  const ids = Array.from({ length: documents }, () => randomUUID())
  const program =
    server === 'ours' ? path.join(here, '../../build/bench/our-server.mjs') : path.join(peer, 'server.mjs')
  const running = pinned(0, program, {
    DATABASE_URL: withDatabase(database.url, name),
    PORT: String(port),
    DOCUMENTS: ids.join(','),
    NODE_ENV: 'production',
  })
  try {
    await once(running, (message) => message === 'ready')
    const load = pinned(1, path.join(here, '../../build/bench/load.mjs'), {})
    const ask: Ask = {
      ...{ server, port, documents: ids, writers, editsPerSecond },
      ...{ warmUpMs: WARM_UP_MS, measureMs: MEASURE_MS },
    }
    let [begin, end] = [0, 0]
    load.on('message', (message: { is?: string }) => {
      if (message.is === 'begin') begin = cpuOf(running.pid ?? 0)
      if (message.is === 'end') end = cpuOf(running.pid ?? 0)
    })
    load.send(ask)
    const { answer } = (await once(load, (message) => (message as { is?: string }).is === 'done')) as {
      answer: Answer
    }
    return { ...answer, cpu: ((end - begin) * 1000) / answer.sent }
  } finally {
    running.kill('SIGKILL')
    await query(`drop database ${name} with (force)`)
  }
}

/** A process on one core, with a line to it. */
function pinned(core: number, program: string, env: Record<string, string>): ChildProcess {
  const options = { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] as const }
  const child = fork(program, [], { ...options, stdio: [...options.stdio], execPath: node, execArgv: [] })
  spawnSync('taskset', ['-a', '-cp', String(core), String(child.pid)])
  return child
}

function once(child: ChildProcess, isIt: (message: unknown) => boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (isIt(message)) resolve(message)
    })
    child.once('exit', (code) => reject(new Error(`a process of the bench ended: ${code}`)))
  })
}

/** What a process has used, its threads with it; ms. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

async function query(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function rowOf({ documents, writers, editsPerSecond }: Shape, measured: Record<Server, Measured[]>): string {
  const of = (server: Server, what: keyof Measured) => median(measured[server].map((one) => one[what]))
  const [ours, theirs] = [of('ours', 'cpu'), of('theirs', 'cpu')]
  const all = (server: Server) => measured[server].every((one) => one.arrived === one.expected)
  const ms = (value: number) => value.toFixed(1)
  return `| ${[
    `${documents} × ${writers}`,
    (documents * writers * editsPerSecond).toLocaleString('en'),
    `${ours.toFixed(0)} / ${theirs.toFixed(0)}`,
    `**${(ours / theirs).toFixed(2)}**`,
    `${ms(of('ours', 'p50'))} / ${ms(of('theirs', 'p50'))}`,
    `${ms(of('ours', 'p99'))} / ${ms(of('theirs', 'p99'))}`,
    `**${(of('ours', 'p99') / of('theirs', 'p99')).toFixed(2)}**`,
    `${ms(Math.max(of('ours', 'lateP99'), of('theirs', 'lateP99')))}`,
    `${all('ours') ? 'all' : 'not all'} / ${all('theirs') ? 'all' : 'not all'}`,
  ].join(' | ')} |`
}

async function report(rows: readonly string[]): Promise<void> {
  const lines = [
    '# The engine beside Hocuspocus',
    '',
    'Made by `npm run bench`: Hocuspocus 4.7.0 with its Database extension and the engine with its PostgreSQL log, on the',
    'same PostgreSQL 18, each alone on one core, the load on the other; every edit one character. Every edit of ours is',
    'committed before anybody sees it; of theirs none is when it is acknowledged. Medians; ours / theirs.',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model}), ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}, ${RUNS} runs of ${MEASURE_MS / 1000} s in turns`,
    '',
    '| documents × writers | edits/s | CPU per edit, µs | ratio | p50, ms | p99, ms | ratio | generator late p99, ms | arrived |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ]
  await writeFile(path.join(here, 'RESULTS.md'), lines.join('\n'))
}
