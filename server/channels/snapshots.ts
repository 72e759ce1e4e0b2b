/**
 * Writes a snapshot of a channel when what came after the last one is long. Never on the path of an edit, and never
 * needed: the log alone says everything, so a crash at any point changes nothing. One after the other, with pauses: when
 * all channels need one at the same moment, edits do not wait behind them.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveChannel } from './channel'
import { MAX_ANSWERED_BYTES } from './core/join'
import type { Folder } from './folder'
import { KINDS } from './kinds'
import type { Log } from './log'
import type { ChannelState } from './types'
import type { Folded } from './worker-entry'

/** While people write: folding a document costs as much as many edits. */
const LONG_TAIL = { entries: 2000, bytes: 1024 * 1024 }
/** When the last has left: the next who opens it should have little to read. */
const LONG_FOR_NEXT = { entries: 50, bytes: 64 * 1024 }

/** Of the time, at most: what is typed meanwhile comes later, where cores are few. */
const SHARE = 1 / 20
/** After one that took long because something else was slow. */
const LONGEST_PAUSE_MS = 5000

type State = ChannelState & Folded & { entries: number }

export type SnapshotHooks = { written(): void; failed(channelId: string, error: unknown): void }

export class Snapshots {
  readonly #log: Log
  readonly #folder: Folder
  readonly #hooks: SnapshotHooks
  readonly #wanted = new Set<LiveChannel>()
  #running: Promise<void> | null = null
  #isStarted = false
  readonly #closing = new AbortController()

  constructor(log: Log, folder: Folder, hooks: SnapshotHooks) {
    this.#log = log
    this.#folder = folder
    this.#hooks = hooks
  }

  /** Asks for a snapshot if the tail is long; `last` when nobody is in the channel any more. */
  consider(channel: LiveChannel, last = false): void {
    if (this.#closed || !channel.folds) return
    // Starting the worker takes as long as folding ten documents: it is there before the first that is written is due.
    if (!last && !this.#isStarted) {
      this.#isStarted = true
      this.#folder.start()
    }
    const { entries, bytes } = channel.sinceSnapshot
    const long = last ? LONG_FOR_NEXT : LONG_TAIL
    if (entries < long.entries && bytes < long.bytes) return
    this.#wanted.add(channel)
    this.#running ??= this.#run().finally(() => {
      this.#running = null
    })
  }

  /** The fold of the whole log so far, and the seq it reaches; null when there is no such channel. */
  async state(channelId: string, packFrom: number | null = null): Promise<State | null> {
    const found = await this.#log.find(channelId)
    if (!found || KINDS[found.kind].fold === 'none') return null
    const base = await this.#log.snapshot(channelId)
    const pieces: Uint8Array[] = []
    let seq = base?.seq ?? 0
    let entries = 0
    for (;;) {
      const piece = await this.#log.span(channelId, seq)
      if (!piece) return null
      const { head, first, last, count, data } = piece
      if (count > 0 ? first !== seq + 1 : head > seq)
        throw new Error('the log was compacted while it was read')
      if (count > 0) pieces.push(data)
      seq = last
      entries += count
      if (seq >= head) break
    }
    const folded = await this.#folder.fold({ base, pieces, packFrom })
    return { seq, ...folded, entries }
  }

  /** Writes the snapshot now, up to the head that the log has. */
  async write(channelId: string): Promise<void> {
    const state = await this.state(channelId, MAX_ANSWERED_BYTES)
    if (!state || this.#closed) return
    const { data, packed, ...rest } = state
    await this.#log.keepSnapshot(channelId, { ...rest, data: packed ?? data, packed: packed !== null })
    this.#hooks.written()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#wanted.clear()
    await this.#folder.close()
    await this.#running
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted
  }

  async #run(): Promise<void> {
    for (const channel of this.#wanted) {
      this.#wanted.delete(channel)
      channel.sinceSnapshot = { entries: 0, bytes: 0 }
      const started = performance.now()
      try {
        await this.write(channel.id)
      } catch (error) {
        if (!this.#closed) this.#hooks.failed(channel.id, error)
      }
      const pause = Math.min(LONGEST_PAUSE_MS, (performance.now() - started) * (1 / SHARE - 1))
      await sleep(pause, null, { ref: false, signal: this.#closing.signal }).catch(() => {})
    }
  }
}
