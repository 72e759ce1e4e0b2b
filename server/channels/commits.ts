/**
 * Group commit: while one commit is under way, entries of all channels gather; the next one takes them. There is no
 * timer: at low load an entry waits for nothing, under load batches widen by themselves.
 */
import type { LiveChannel } from './channel'
import { type BatchLimits, takeBatch } from './core/batch'
import type { Log } from './log'

const LIMITS: BatchLimits = { entries: 1024, bytes: 4 * 1024 * 1024 }

export type CommitHooks = {
  committed(batch: { entries: number; seconds: number }): void
  failed(error: unknown): void
}

export class Commits {
  readonly #log: Log
  readonly #hooks: CommitHooks
  readonly #ready = new Set<LiveChannel>()
  #running = false
  /** After a failure, until a commit succeeds: one channel at a time. */
  #alone = false
  #drained: (() => void)[] = []

  constructor(log: Log, hooks: CommitHooks) {
    this.#log = log
    this.#hooks = hooks
  }

  /** The channel has accepted entries. */
  ready(channel: LiveChannel): void {
    this.#ready.add(channel)
    if (this.#running) return
    this.#running = true
    // After everything that the sockets have received in this turn was taken in.
    setImmediate(() => void this.#run())
  }

  /** Resolves when nothing is on its way. */
  async drained(): Promise<void> {
    if (!this.#running) return
    await new Promise<void>((resolve) => this.#drained.push(resolve))
  }

  async #run(): Promise<void> {
    for (;;) {
      for (const channel of this.#ready) {
        if (channel.state !== 'open' || channel.accepted.length === 0) this.#ready.delete(channel)
      }
      const batch = takeBatch(this.#ready, LIMITS, this.#alone)
      if (batch.length === 0) break
      for (const { channel } of batch) this.#ready.delete(channel)
      await this.#commit(batch)
    }
    this.#running = false
    for (const resolve of this.#drained.splice(0)) resolve()
  }

  async #commit(batch: { channel: LiveChannel; entries: unknown[] }[]): Promise<void> {
    const started = performance.now()
    let stored: boolean[]
    try {
      stored = await this.#log.commit(batch.map(({ channel, entries }) => channel.commit(entries.length)))
    } catch (error) {
      this.#alone = true
      this.#hooks.failed(error)
      for (const { channel } of batch) channel.lost()
      return
    }
    this.#alone = false
    const entries = batch.reduce((sum, taken, i) => sum + (stored[i] ? taken.entries.length : 0), 0)
    this.#hooks.committed({ entries, seconds: (performance.now() - started) / 1000 })
    batch.forEach(({ channel }, i) => {
      channel.landed(stored[i] ?? false)
    })
  }
}
