/**
 * Writes a snapshot of a channel when what came after the last one is long. Never on the path of an edit, and never
 * needed: the log alone says everything, so a crash at any point changes nothing.
 */
import type { LiveChannel } from './channel'
import { follows, MAX_ANSWERED_BYTES } from './core/join'
import type { Folder } from './folder'
import { KINDS } from './kinds'
import type { Log } from './log'
import type { ChannelState } from './types'
import type { Folded } from './worker-entry'

/** While people write: folding a document costs as much as many edits. */
const LONG_TAIL = { entries: 2000, bytes: 1024 * 1024 }
/** When the last has left: the next who opens it should have little to read. */
const LONG_FOR_NEXT = { entries: 50, bytes: 64 * 1024 }

type State = ChannelState & Folded & { entries: number }

export type SnapshotHooks = { written(): void; failed(channelId: string, error: unknown): void }

export class Snapshots {
  readonly #log: Log
  readonly #folder: Folder
  readonly #hooks: SnapshotHooks
  readonly #wanted = new Set<LiveChannel>()
  #running: Promise<void> | null = null
  #closed = false

  constructor(log: Log, folder: Folder, hooks: SnapshotHooks) {
    this.#log = log
    this.#folder = folder
    this.#hooks = hooks
  }

  /** Asks for a snapshot if the tail is long; `last` when nobody is in the channel any more. */
  consider(channel: LiveChannel, last = false): void {
    const { entries, bytes } = channel.sinceSnapshot
    const long = last ? LONG_FOR_NEXT : LONG_TAIL
    if (this.#closed || (entries < long.entries && bytes < long.bytes)) return
    channel.sinceSnapshot = { entries: 0, bytes: 0 }
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
    const updates: Uint8Array[] = []
    let seq = base?.seq ?? 0
    for (;;) {
      const page = await this.#log.tail(channelId, seq)
      if (!page) return null
      if (!follows(page, seq)) throw new Error('the log was compacted while it was read')
      updates.push(...page.entries.map((entry) => entry.data))
      seq = page.entries.at(-1)?.seq ?? seq
      if (page.entries.length === 0 || seq >= page.head) break
    }
    const folded = await this.#folder.fold({ base, updates, packFrom })
    return { seq, ...folded, entries: updates.length }
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
    this.#closed = true
    this.#wanted.clear()
    await this.#folder.close()
    await this.#running
  }

  async #run(): Promise<void> {
    for (const channel of this.#wanted) {
      this.#wanted.delete(channel)
      try {
        await this.write(channel.id)
      } catch (error) {
        if (!this.#closed) this.#hooks.failed(channel.id, error)
      }
    }
  }
}
