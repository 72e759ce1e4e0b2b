/** The portal's own PostgreSQL: made, started, watched and stopped with it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Logger } from 'pino'
import { type Binaries, findBinaries } from './binaries'
import { lockFolder } from './lock'
import { clearPidFile } from './pid-file'
import { type Launch, launchAs } from './unprivileged'

const run = promisify(execFile)

/** `sockaddr_un` holds 107 bytes and the terminating zero; the socket's name takes 14 of them. */
const SOCKET_NAME = '/.s.PGSQL.5432'
const SOCKET_PATH_BYTES = 107
const START_MS = 60_000
const STOP_MS = 30_000
const DATABASE = 'forge'

/** Small memory, full durability: what is told as saved must have reached the disk. */
const SETTINGS = {
  listen_addresses: '',
  shared_buffers: '32MB',
  max_connections: '60',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_buffers: '1MB',
  max_wal_size: '256MB',
  autovacuum_max_workers: '1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
}

export type Embedded = {
  /** For the pool; stays the same when the server is started anew. */
  url: string
  /** Of the server that runs now. */
  pid: () => number
  stop: () => Promise<void>
}

/**
 * Starts PostgreSQL on `<folder>/postgres`, making the cluster the first time. Should the server die, it is started
 * again until `stop`. Throws, with what to do, when another portal has the folder or PostgreSQL cannot run here.
 */
export async function startEmbedded({ folder, log }: { folder: string; log: Logger }): Promise<Embedded> {
  const unlock = await lockFolder(folder)
  try {
    const binaries = await findBinaries()
    const launch = await launchAs()
    const data = path.join(folder, 'postgres')
    if (!existsSync(path.join(data, 'PG_VERSION'))) await makeCluster(binaries, launch, data)
    const found = await clearPidFile(data)
    if (found !== 'none') log.warn({ found }, 'a PostgreSQL was left over from a portal that was killed')
    const sockets = await socketFolder(folder, launch)
    const server = new Supervised(binaries, launch, data, sockets, log)
    await server.start()
    await makeDatabase(sockets)
    return {
      url: urlOf(sockets, DATABASE),
      pid: () => server.pid,
      stop: async () => {
        await server.stop()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

const urlOf = (sockets: string, database: string) =>
  `postgresql://forge@localhost/${database}?host=${encodeURIComponent(sockets)}`

async function makeCluster(binaries: Binaries, launch: Launch, data: string) {
  // Made aside and moved into place: a start that is killed half way leaves nothing that looks whole.
  const making = `${data}.making`
  await rm(making, { recursive: true, force: true })
  await rm(data, { recursive: true, force: true })
  await mkdir(making, { recursive: true, mode: 0o700 })
  await launch.own(making)
  const [program, args] = launch.command(
    binaries.initdb,
    [
      '-D',
      making,
      '-U',
      'forge',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
    false,
  )
  try {
    await run(program, args, { ...launch.options, cwd: making })
  } catch (error) {
    const why = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error)
    throw new Error(`The database could not be made in ${data}: ${why}`)
  }
  const { rename } = await import('node:fs/promises')
  await rename(making, data)
}

/** In the data folder, which nobody else enters; in a short folder below the temp directory when that path is too long. */
async function socketFolder(folder: string, launch: Launch): Promise<string> {
  const near = path.join(folder, 'socket')
  const fits = Buffer.byteLength(near + SOCKET_NAME) <= SOCKET_PATH_BYTES
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const sockets = fits ? near : path.join(tmpdir(), `forge-${name}`)
  await rm(sockets, { recursive: true, force: true })
  await mkdir(sockets, { recursive: true, mode: 0o700 })
  await chmod(sockets, 0o700)
  await launch.own(sockets)
  return sockets
}

async function makeDatabase(sockets: string) {
  const client = new pg.Client({ connectionString: urlOf(sockets, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (!rowCount) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

class Supervised {
  #child: ChildProcess | null = null
  #stopping = false
  #failures = 0

  constructor(
    private readonly binaries: Binaries,
    private readonly launch: Launch,
    private readonly data: string,
    private readonly sockets: string,
    private readonly log: Logger,
  ) {}

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  async start() {
    const settings = Object.entries({ ...SETTINGS, unix_socket_directories: `"${this.sockets}"` })
    const [program, args] = this.launch.command(
      this.binaries.postgres,
      ['-D', this.data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      true,
    )
    const child = spawn(program, args, {
      ...this.launch.options,
      cwd: this.data,
      stdio: ['ignore', 'ignore', 'pipe'],
      // A Ctrl+C at the terminal is for the portal, which stops its database last.
      detached: true,
    })
    this.#child = child
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
    })
    const ended = new Promise<never>((_resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        reject(
          new Error(`PostgreSQL ended (${signal ?? code}): ${said.trim().split('\n').slice(-4).join(' / ')}`),
        )
        void this.#onExit(child, code, signal)
      })
    })
    await Promise.race([this.#answers(), ended])
    ended.catch(() => {})
    this.#failures = 0
  }

  async #answers() {
    const until = Date.now() + START_MS
    for (;;) {
      const client = new pg.Client({ connectionString: urlOf(this.sockets, 'postgres') })
      try {
        await client.connect()
        return
      } catch (error) {
        if (Date.now() > until) throw error
        await new Promise((resolve) => setTimeout(resolve, 30))
      } finally {
        await client.end().catch(() => {})
      }
    }
  }

  /** Its children may outlive a killed postmaster for a moment: a start that fails is tried again, ever more slowly. */
  async #onExit(child: ChildProcess, code: number | null, signal: string | null) {
    if (this.#stopping || child !== this.#child) return
    this.#failures += 1
    const wait = Math.min(100 * 2 ** this.#failures, 10_000)
    this.log.error({ code, signal, wait }, 'PostgreSQL ended by itself; starting it again')
    await new Promise((resolve) => setTimeout(resolve, wait))
    if (this.#stopping || child !== this.#child) return
    try {
      await clearPidFile(this.data)
      await this.start()
      this.log.info('PostgreSQL runs again')
    } catch (error) {
      this.log.error({ err: error }, 'PostgreSQL could not be started again yet')
    }
  }

  /** A fast shutdown: running statements are ended, the disk is in order. */
  async stop() {
    this.#stopping = true
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGINT')
    const late = setTimeout(() => child.kill('SIGQUIT'), STOP_MS)
    await gone
    clearTimeout(late)
  }
}
