/**
 * Group commit: while one commit is under way, entries of all channels gather; the next one takes them. Commits keep a
 * distance: at low load it has passed long before the next entry comes, which then waits for nothing; under load
 * batches widen by themselves.
 */
import type { LiveChannel } from './channel'
import { type BatchLimits, type Distance, takeBatch } from './core/batch'
import type { Log } from './log'

const LIMITS: BatchLimits = { entries: 1024, bytes: 4 * 1024 * 1024 }

type Batch = readonly { channel: LiveChannel; entries: readonly unknown[] }[]

export type CommitHooks = {
  committed(batch: { entries: number; seconds: number }): void
  failed(error: unknown): void
}

export class Commits {
  readonly #log: Log
  readonly #hooks: CommitHooks
  readonly #distance: Distance
  /** In the order in which they became ready, each once: a channel knows that it is among them. */
  #ready: LiveChannel[] = []
  /** Entries wait, or a commit is under way. */
  #running = false
  #isCommitting = false
  /** After a failure, until a commit succeeds: one channel at a time. */
  #alone = false
  #drained: (() => void)[] = []
  /** When the last commit started. */
  #started = Number.NEGATIVE_INFINITY
  /** The distance to it has passed. */
  #isApart = true
  #apart: number
  /** Begins anew with each commit, which costs less than a new one. */
  #timer: NodeJS.Timeout | null = null
  #timerMs = 0

  constructor(log: Log, distance: Distance, hooks: CommitHooks) {
    this.#log = log
    this.#distance = distance
    this.#apart = distance({ entries: 0, sinceMs: 0, toldMs: 0 })
    this.#hooks = hooks
  }

  /** How far the last commit is from the next, at least. ms. */
  get apart(): number {
    return this.#apart
  }

  /** The channel has accepted entries. */
  ready(channel: LiveChannel): void {
    if (channel.isReady) return
    channel.isReady = true
    this.#ready.push(channel)
    if (this.#running) return
    this.#running = true
    if (this.#isApart) this.#soon()
  }

  /** Resolves when nothing is on its way. */
  async drained(): Promise<void> {
    if (!this.#running) return
    await new Promise<void>((resolve) => this.#drained.push(resolve))
  }

  /** When everything that the sockets have received in this turn was taken in. */
  #soon(): void {
    setImmediate(() => this.#run())
  }

  #keepApart(): void {
    const ms = Math.round(this.#apart)
    this.#isApart = ms < 1
    if (this.#isApart) return
    if (this.#timer && ms === this.#timerMs) {
      this.#timer.refresh()
      return
    }
    if (this.#timer) clearTimeout(this.#timer)
    this.#timerMs = ms
    this.#timer = setTimeout(() => this.#passed(), ms).unref()
  }

  #passed(): void {
    this.#isApart = true
    if (this.#running && !this.#isCommitting) this.#run()
  }

  #run(): void {
    const open = this.#ready.filter(({ state, accepted }) => state === 'open' && accepted.length > 0)
    const batch = takeBatch(open, LIMITS, this.#alone)
    for (const channel of this.#ready) channel.isReady = false
    this.#ready = open.slice(batch.length)
    for (const channel of this.#ready) channel.isReady = true
    if (batch.length > 0) this.#commit(batch)
    else this.#rest()
  }

  #rest(): void {
    this.#running = false
    for (const resolve of this.#drained.splice(0)) resolve()
  }

  #commit(batch: Batch): void {
    this.#isCommitting = true
    const started = performance.now()
    const sinceMs = started - this.#started
    this.#started = started
    this.#keepApart()
    // Without an async function: each of them is several turns more for every commit.
    this.#log.commit(batch.map(({ channel, entries }) => channel.commit(entries.length))).then(
      (stored) => this.#landed(batch, stored, sinceMs),
      (error: unknown) => this.#failed(batch, error),
    )
  }

  #landed(batch: Batch, stored: readonly boolean[], sinceMs: number): void {
    this.#alone = false
    const entries = batch.reduce((sum, taken, i) => sum + (stored[i] ? taken.entries.length : 0), 0)
    const answered = performance.now()
    this.#hooks.committed({ entries, seconds: (answered - this.#started) / 1000 })
    batch.forEach(({ channel }, i) => {
      channel.landed(stored[i] ?? false)
    })
    this.#apart = this.#distance({ entries, sinceMs, toldMs: performance.now() - answered })
    this.#goOn()
  }

  #failed(batch: Batch, error: unknown): void {
    this.#alone = true
    this.#hooks.failed(error)
    for (const { channel } of batch) channel.lost()
    this.#goOn()
  }

  #goOn(): void {
    this.#isCommitting = false
    if (this.#ready.length === 0) this.#rest()
    else if (this.#isApart) this.#soon()
  }
}
