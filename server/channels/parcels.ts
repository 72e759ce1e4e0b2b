/**
 * Long snapshots as they are sent: packed once and held once, however many fetch them at the same moment. A snapshot
 * never changes for its seq, so what one reader is in the middle of stays whole when a later one takes its place.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Log } from './log'

/** Held this long after it was last asked for. */
const KEEP_MS = 30_000
/** All together; beyond it the ones longest unused go. */
const MOST_BYTES = 128 * 1024 * 1024

export type Parcel = {
  seq: number
  /** gzip of one update. */
  data: Buffer
}

type Held = { seq: number; parcel: Promise<Parcel | null>; bytes: number; usedAt: number }

const pack = promisify(gzip)

export class Parcels {
  readonly #log: Log
  readonly #now: () => number
  /** By channel, the longest unused first. */
  readonly #held = new Map<string, Held>()

  constructor(log: Log, now: () => number) {
    this.#log = log
    this.#now = now
  }

  /** The latest snapshot of a channel; null when it has none. */
  async get(channelId: string): Promise<Parcel | null> {
    const found = await this.#log.find(channelId)
    if (!found?.snapshot) return null
    const known = this.#held.get(channelId)
    const held = known && known.seq >= found.snapshot.seq ? known : this.#fetch(channelId, found.snapshot.seq)
    held.usedAt = this.#now()
    this.#held.delete(channelId)
    this.#held.set(channelId, held)
    return held.parcel
  }

  #fetch(channelId: string, seq: number): Held {
    const parcel = this.#read(channelId)
    const held: Held = { seq, parcel, bytes: 0, usedAt: this.#now() }
    parcel.then(
      (read) => {
        held.bytes = read?.data.length ?? 0
        held.seq = read?.seq ?? seq
        this.tidy()
      },
      () => {
        if (this.#held.get(channelId) === held) this.#held.delete(channelId)
      },
    )
    return held
  }

  async #read(channelId: string): Promise<Parcel | null> {
    const snapshot = await this.#log.snapshot(channelId)
    if (!snapshot) return null
    const { seq, data, packed } = snapshot
    return { seq, data: packed ? data : await pack(data) }
  }

  /** Lets go of what nobody asked for lately, and of what is too much. */
  tidy(): void {
    const before = this.#now() - KEEP_MS
    let bytes = [...this.#held.values()].reduce((sum, held) => sum + held.bytes, 0)
    for (const [channelId, held] of this.#held) {
      if (held.usedAt >= before && bytes <= MOST_BYTES) break
      this.#held.delete(channelId)
      bytes -= held.bytes
    }
  }
}
