/**
 * One run of one server under one load: the server alone on one core, the load on another; what PostgreSQL uses is
 * not counted. All processes and the database are new for each run.
 */
import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import pg from 'pg'
import { pino } from 'pino'
import { type Embedded, startEmbedded } from '../../../server/postgres/embedded'
import { withDatabase } from '../../harness/database-url'
import { freePort } from '../../harness/portal-process'
import { family } from '../../harness/processes'
import { RedisProcess } from '../../harness/redis-process'
import { recorded } from './documents'
import type { Answer, Ask, Crowd, Times } from './load'

/** What every document holds when it is opened first. */
const STATE = 'state.bin'
/** Of one tick of /proc's clock. ms. */
const TICK_MS = 10
const SERVER_CORE = 0
const LOAD_CORE = 1

const here = path.dirname(fileURLToPath(import.meta.url))
const peer = path.join(here, '../peer')
const built = path.join(here, '../../../build/bench')

/** The servers, as built. */
export const PROGRAMS = {
  ours: path.join(built, 'our-server.js'),
  theirs: path.join(peer, 'server.mjs'),
} as const

/** Everything once, and less of it? */
export type Pace = { isQuick: boolean }

/** `theirs` may hold its frames back for some ms (Hocuspocus's `flushDelay`; it is 0 as delivered). */
export type Contender = { server: 'ours'; nodes?: number } | { server: 'theirs'; flushDelay?: number }

export type Load = { documents: number } & Crowd

/** `cpu`: µs of the server for each edit, of all its nodes; `database`: of PostgreSQL. */
export type Measured = Answer & { cpu: number; database: number }

export class Stage {
  readonly node: string
  readonly #database: Embedded
  readonly #folder: string

  private constructor(node: string, database: Embedded, folder: string) {
    this.node = node
    this.#database = database
    this.#folder = folder
  }

  /** Starts PostgreSQL, and installs and builds what runs beside it. */
  static async open(): Promise<Stage> {
    const node = node24()
    installPeer()
    await bundle()
    const folder = await mkdtemp(path.join(tmpdir(), 'forge-bench-'))
    await writeFile(path.join(folder, STATE), recorded())
    return new Stage(node, await startEmbedded({ folder, log: pino({ level: 'silent' }) }), folder)
  }

  async close(): Promise<void> {
    await this.#database.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async measure(contender: Contender, { documents, ...crowd }: Load, times: Times): Promise<Measured> {
    const url = await this.newDatabase()
    const ids = Array.from({ length: documents }, () => randomUUID())
    const nodes = (contender.server === 'ours' && contender.nodes) || 1
    const redis = nodes > 1 ? await RedisProcess.start() : null
    const load = pinned(this.node, LOAD_CORE, path.join(built, 'load.js'), {})
    const servers: { port: number; running: ChildProcess }[] = []
    try {
      for (let nth = 0; nth < nodes; nth++) {
        const server = await this.#spawn(contender, url, nth === 0 ? ids : [], redis?.url)
        servers.push(server)
        await once(server.running, (message) => message === 'ready')
      }
      if (contender.server === 'theirs') await this.#fill(url, ids)
      const cpu = () => servers.reduce((sum, { running }) => sum + cpuOf(running.pid ?? 0), 0)
      const database = () => family(this.#database.pid()).reduce((sum, pid) => sum + cpuOf(pid), 0)
      const spent = { cpu: [0, 0], database: [0, 0] }
      const ports = servers.map(({ port }) => port)
      const ask: Ask = {
        server: contender.server,
        ports,
        documents: ids,
        state: this.#state,
        ...crowd,
        ...times,
      }
      load.on('message', (message: { is?: string }) => {
        const at = message.is === 'begin' ? 0 : message.is === 'end' ? 1 : null
        if (at === null) return
        spent.cpu[at] = cpu()
        spent.database[at] = database()
      })
      load.send(ask)
      const { answer } = (await once(load, (message) => (message as { is?: string }).is === 'done')) as {
        answer: Answer
      }
      const each = ([begin = 0, end = 0]: number[]) => ((end - begin) * 1000) / answer.sent
      return { ...answer, cpu: each(spent.cpu), database: each(spent.database) }
    } finally {
      load.kill('SIGKILL')
      await Promise.all(servers.map(({ running }) => ended(running)))
      await redis?.stop()
      await this.#query(`drop database ${path.basename(new URL(url).pathname)} with (force)`)
    }
  }

  /** An empty one; gives its URL. */
  async newDatabase(): Promise<string> {
    const name = `bench_${randomUUID().replaceAll('-', '')}`
    await this.#query(`create database ${name}`)
    return withDatabase(this.#database.url, name)
  }

  /** How long PostgreSQL alone takes for one row, of a thousand one after the other, each a transaction: ms, in order. */
  async commits(): Promise<number[]> {
    const client = new pg.Client({ connectionString: await this.newDatabase() })
    await client.connect()
    const insert = {
      name: 'insert',
      text: 'insert into one_row (data) values ($1)',
      values: [Buffer.alloc(30)],
    }
    const took: number[] = []
    try {
      await client.query('create table one_row (id bigserial primary key, data bytea)')
      for (let nth = 0; nth < 1200; nth++) {
        const started = performance.now()
        await client.query(insert)
        if (nth >= 200) took.push(performance.now() - started)
      }
    } finally {
      await client.end()
    }
    return took.sort((a, b) => a - b)
  }

  /** A server that may not be ready yet. */
  async #spawn(contender: Contender, url: string, documents: readonly string[], redis = '') {
    const port = await freePort()
    const running = pinned(this.node, SERVER_CORE, PROGRAMS[contender.server], {
      DATABASE_URL: url,
      PORT: String(port),
      DOCUMENTS: documents.join(','),
      STATE: this.#state,
      NODE_ENV: 'production',
      ...(redis && { REDIS_URL: redis }),
      ...(contender.server === 'theirs' && { FLUSH_DELAY: String(contender.flushDelay ?? 0) }),
    })
    return { port, running }
  }

  get #state(): string {
    return path.join(this.#folder, STATE)
  }

  /** The peer's server reads its documents from its table; the engine's makes its own. */
  async #fill(url: string, ids: readonly string[]): Promise<void> {
    const text = 'insert into peer_documents select id, $2 from unnest($1::text[]) as id'
    await query(url, text, [ids, readFileSync(this.#state)])
  }

  #query(text: string): Promise<void> {
    return query(this.#database.url, text)
  }
}

export async function query(url: string, text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(text, values).finally(() => client.end())
}

/** Installs what the engine is measured beside, once. */
function installPeer(): void {
  if (existsSync(path.join(peer, 'node_modules'))) return
  process.stdout.write('Installing the peer …\n')
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peer, stdio: 'inherit' })
}

/** The program of Node 24, whatever runs this: the peer needs 22 or later. */
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
    entryPoints: {
      'our-server': path.join(here, 'our-server.ts'),
      // Beside the server, where it looks for it.
      'channels-worker': path.join(here, '../../../server/channels/worker-entry.ts'),
      load: path.join(here, 'load.ts'),
    },
    outdir: built,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  })
}

/** How `npm start` has Node run the portal; every server here runs so. */
function nodeArgs(): string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(here, '../../../package.json'), 'utf8')) as {
    scripts: { start: string }
  }
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}

/** A process on one core, with a line to it. With BENCH_PROFILE=folder servers write CPU profiles there. */
export function pinned(
  node: string,
  core: number,
  program: string,
  env: Record<string, string>,
): ChildProcess {
  const profile = process.env.BENCH_PROFILE
  const profiled = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  // The load waits for its collector's threads, which on its one core wait for it.
  const execArgv = core === SERVER_CORE ? [...nodeArgs(), ...profiled] : ['--single-threaded-gc']
  const child = fork(program, [], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execPath: node,
    // A median of nothing is NaN, which JSON has no word for.
    serialization: 'advanced',
    execArgv,
  })
  spawnSync('taskset', ['-a', '-cp', String(core), String(child.pid)])
  return child
}

/** Ends a server by closing its line, which lets it write its profile; by force when that takes too long. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.disconnect()
  const late = setTimeout(() => child.kill('SIGKILL'), 3000)
  await exit
  clearTimeout(late)
}

export function once(child: ChildProcess, isIt: (message: unknown) => boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (isIt(message)) resolve(message)
    })
    child.once('exit', (code) => reject(new Error(`a process of the bench ended: ${code}`)))
  })
}

/** What a process has used, its threads with it; ms. */
export function cpuOf(pid: number): number {
  // One of PostgreSQL's may have ended since they were listed.
  if (!existsSync(`/proc/${pid}`)) return 0
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}
