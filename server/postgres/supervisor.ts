import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Binaries } from './binaries'
import { clearLeftovers } from './leftovers'
import { PORT, socketUrl } from './socket'
import type { Launch } from './unprivileged'

/** After a crash it replays its log first: seconds, with `max_wal_size` as below. */
const START_MS = 120_000
const STOP_MS = 30_000
/** A server that ran so long is not taken for one that keeps dying. */
const STEADY_MS = 30_000
const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
const LAST_WORDS_MS = 200

/** Small memory, full durability: what is told as saved must have reached the disk. */
const SETTINGS = {
  listen_addresses: '',
  port: String(PORT),
  unix_socket_permissions: '0700',
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
  // Statements may hold what people wrote: they do not belong in a log.
  log_min_error_statement: 'panic',
}

/** Lines of PostgreSQL's log that concern the server itself, and never quote a statement's values. */
const ABOUT_ITSELF = /\b(LOG|WARNING|FATAL|PANIC): {2}(.*)/

type Parts = { binaries: Binaries; launch: Launch; data: string; sockets: string; log: Logger }
type Server = { child: ChildProcess; ended: Promise<string>; isUp: () => boolean }

/** Keeps one PostgreSQL running on a cluster until it is told to stop. */
export class Supervisor {
  #server: Server | null = null
  #watching: Promise<void> = Promise.resolve()
  readonly #stop = new AbortController()

  constructor(private readonly parts: Parts) {}

  get pid(): number {
    return this.#server?.isUp() ? (this.#server.child.pid ?? 0) : 0
  }

  /** Resolves when it answers. Throws what PostgreSQL said when it does not come up. */
  async start(): Promise<void> {
    const server = await this.#bringUp()
    this.#watching = this.#watch(server)
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#end()
    await this.#watching
  }

  async #watch(server: Server) {
    let running = server
    let failures = 0
    while (!this.#stop.signal.aborted) {
      const since = Date.now()
      const why = await running.ended
      if (Date.now() - since > STEADY_MS) failures = 0
      for (let up = false; !up && !this.#stop.signal.aborted; ) {
        const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
        failures += 1
        this.parts.log.error({ why, wait }, 'PostgreSQL ended by itself; starting it again')
        await sleep(wait, null, { signal: this.#stop.signal }).catch(() => {})
        if (this.#stop.signal.aborted) return
        try {
          await clearLeftovers(this.parts.data)
          running = await this.#bringUp()
          up = true
          this.parts.log.info('PostgreSQL runs again')
        } catch (error) {
          if (!this.#stop.signal.aborted) this.parts.log.error({ err: error }, 'PostgreSQL did not start')
        }
      }
    }
  }

  async #bringUp(): Promise<Server> {
    const server = await this.#spawn()
    this.#server = server
    // A stop that came while it was being spawned found nothing to end.
    if (this.#stop.signal.aborted) await this.#end()
    try {
      await this.#answers(server)
      return server
    } catch (error) {
      await this.#end()
      throw error
    }
  }

  async #spawn(): Promise<Server> {
    const { binaries, launch, data, sockets, log } = this.parts
    const settings = Object.entries({ ...SETTINGS, unix_socket_directories: `"${sockets}"` })
    const args = ['-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
    const [program, rest] = await launch.supervised([binaries.postgres, args], data)
    const child = spawn(program, rest, {
      ...launch.options,
      cwd: data,
      stdio: ['ignore', 'ignore', 'pipe'],
      // A Ctrl+C at the terminal is for the portal, which stops its database last.
      detached: true,
    })
    let up = true
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
      for (const line of text.split('\n')) {
        const [, level, message] = ABOUT_ITSELF.exec(line) ?? []
        if (level === 'LOG') log.debug({ postgres: message }, 'PostgreSQL')
        else if (level) log.warn({ postgres: message, level }, 'PostgreSQL')
      }
    })
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', (code, signal) => {
        up = false
        const tell = () => resolve(`${signal ?? `code ${code}`} ${lastWords(said)}`.trim())
        // `close` comes when its last words have been read, but not while backends outlive it and hold the pipe.
        child.once('close', tell)
        setTimeout(tell, LAST_WORDS_MS)
      })
    })
    return { child, ended, isUp: () => up }
  }

  async #answers({ ended, isUp }: Server) {
    for (const until = Date.now() + START_MS; ; await Promise.race([ended, sleep(30)])) {
      if (!isUp()) throw new Error(`PostgreSQL ended at its start: ${await ended}`)
      const client = new pg.Client({ connectionString: socketUrl(this.parts.sockets, 'postgres') })
      // What breaks is told by the statement that was under way.
      client.on('error', () => {})
      try {
        await client.connect()
        return
      } catch (error) {
        if (Date.now() > until) throw error
      } finally {
        await client.end().catch(() => {})
      }
    }
  }

  /** A fast shutdown; an immediate one when that takes too long. */
  async #end() {
    const server = this.#server
    if (!server?.isUp()) return
    server.child.kill('SIGINT')
    const late = setTimeout(() => server.child.kill('SIGQUIT'), STOP_MS)
    await server.ended
    clearTimeout(late)
  }
}

/** What it said last: its errors, without the routine of its log. */
function lastWords(said: string): string {
  const lines = said.split('\n').filter(Boolean)
  const telling = lines.filter((line) =>
    /FATAL|PANIC|ERROR|HINT|DETAIL|error|unrecognized|could not/.test(line),
  )
  return (telling.length > 0 ? telling : lines).slice(-4).join(' / ')
}
