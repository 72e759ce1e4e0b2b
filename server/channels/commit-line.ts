/**
 * A connection to PostgreSQL on which nothing but commits go, one at a time. The driver signs in; then the line speaks
 * the protocol itself (PostgreSQL 18, 54.7), because between it and the wire the driver and its streams cost a commit
 * more than its own bytes.
 */
import type { Socket } from 'node:net'
import pg from 'pg'
import { commitMessage, prepareMessage } from './commit-statement'
import { Replies } from './core/replies'
import { DirectWriter } from './direct-writer'
import { readEarly } from './early-reads'
import type { Commit } from './log'

/** The part of the driver that its types leave out. */
type Driver = pg.Client & { connection: { stream: Socket } }

export class CommitLine {
  readonly #options: pg.ClientConfig
  readonly #answerMs: number
  #open: OpenLine | null = null

  /** `answerMs`: a commit that is not answered in this time is given up, and the connection with it. */
  constructor(options: pg.ClientConfig, answerMs: number) {
    this.#options = options
    this.#answerMs = answerMs
  }

  /** Gives for each channel whether it was stored. When it rejects, nobody knows, and the next one connects anew. */
  commit(commits: readonly Commit[]): Promise<boolean[]> {
    const open = this.#open
    return open ? open.run(commits) : this.#connect().then((opened) => opened.run(commits))
  }

  close(): void {
    this.#open?.fail(new Error('the connection is closed'))
  }

  async #connect(): Promise<OpenLine> {
    const client = new pg.Client(this.#options) as Driver
    let open: OpenLine | null = null
    client.on('error', (error) => open?.fail(error))
    await client.connect()
    const opened = new OpenLine(client.connection.stream, this.#answerMs, () => {
      if (this.#open === opened) this.#open = null
    })
    open = opened
    this.#open = opened
    return opened
  }
}

type Running = { count: number; resolve(stored: boolean[]): void; reject(error: unknown): void }

class OpenLine {
  readonly #wire: Socket
  readonly #direct: DirectWriter
  readonly #ended: () => void
  readonly #replies = new Replies()
  /** One for all commits: it begins anew with each. */
  readonly #late: NodeJS.Timeout
  /** Goes before the first commit. */
  #prepare: Buffer | null = prepareMessage()
  #running: Running | null = null

  constructor(wire: Socket, answerMs: number, ended: () => void) {
    this.#wire = wire
    this.#direct = new DirectWriter(wire)
    this.#ended = ended
    // The driver's reader; it goes on hearing when the connection ends.
    wire.removeAllListeners('data')
    wire.on('data', (bytes: Buffer) => this.#hear(bytes))
    readEarly(wire, (bytes) => this.#hear(bytes))
    this.#late = setTimeout(() => this.#isLate(), answerMs).unref()
  }

  run(commits: readonly Commit[]): Promise<boolean[]> {
    return new Promise((resolve, reject) => {
      this.#running = { count: commits.length, resolve, reject }
      const commit = commitMessage(commits)
      const message = this.#prepare ? Buffer.concat([this.#prepare, commit]) : commit
      this.#prepare = null
      const written = this.#direct.offer(message)
      if (written < message.length) this.#wire.write(message.subarray(written))
      this.#late.refresh()
    })
  }

  /** Ends the connection: not by a message, which would wait behind a statement that hangs. */
  fail(error: Error): void {
    clearTimeout(this.#late)
    this.#wire.destroy()
    this.#ended()
    this.#take()?.reject(error)
  }

  #isLate(): void {
    if (this.#running) this.fail(new Error('the database did not answer a commit in time'))
  }

  #hear(bytes: Buffer): number {
    const done = this.#replies.read(bytes)
    if (done?.error) this.fail(done.error)
    else if (done) this.#stored(done.rows)
    return bytes.length
  }

  /** `missed`: the numbers of the channels in which nothing was stored. */
  #stored(missed: readonly number[]): void {
    const running = this.#take()
    running?.resolve(Array.from({ length: running.count }, (_, i) => !missed.includes(i + 1)))
  }

  #take(): Running | null {
    const running = this.#running
    this.#running = null
    return running
  }
}
