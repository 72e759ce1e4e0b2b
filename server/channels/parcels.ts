/**
 * Long snapshots as they are sent: packed once and held once, however many fetch them at the same moment. A snapshot
 * never changes for its seq, so what one reader is in the middle of stays whole when a later one takes its place.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Log } from './log'

/** Held this long after it was last asked for: those who come together share it, who comes later reads it anew. */
const KEEP_MS = 5000
/** All together; beyond it the ones longest unused go. */
const MOST_BYTES = 64 * 1024 * 1024

export type Parcel = {
  seq: number
  /** gzip of one update. */
  data: Buffer
}

type Held = { parcel: Promise<Parcel | null>; bytes: number; usedAt: number }

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
    const known = this.#held.get(channelId)
    if (!known) return this.#fetch(channelId)
    const found = await this.#log.find(channelId)
    const parcel = await known.parcel
    if (!found?.snapshot || !parcel) return null
    if (parcel.seq < found.snapshot.seq) {
      this.#drop(channelId, known)
      return this.get(channelId)
    }
    known.usedAt = this.#now()
    if (this.#held.delete(channelId)) this.#held.set(channelId, known)
    return parcel
  }

  async #fetch(channelId: string): Promise<Parcel | null> {
    const held: Held = { parcel: this.#read(channelId), bytes: 0, usedAt: this.#now() }
    this.#held.set(channelId, held)
    const parcel = await held.parcel.catch((error: unknown) => {
      this.#drop(channelId, held)
      throw error
    })
    if (!parcel) this.#drop(channelId, held)
    held.bytes = parcel?.data.length ?? 0
    this.tidy()
    return parcel
  }

  #drop(channelId: string, held: Held): void {
    if (this.#held.get(channelId) === held) this.#held.delete(channelId)
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
