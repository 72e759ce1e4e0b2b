/**
 * Looks whether the log holds what this node's people were not told: frames of other nodes may be lost, or have no
 * way to come at all. Cheap while nothing is missing: one query for all channels.
 */
import type { EntriesFrame, EntryTuple } from '../../app/domain/channel-protocol'
import type { Log } from './log'
import type { Room } from './room'

/** What is missing at two looks is read: a frame may be on its way at one of them. */
const LOOK_MS = 750

export type LookoutHooks = {
  /** Channels that somebody on this node is in. */
  rooms(): Iterable<Room>
  missed(frame: EntriesFrame): void
  failed(error: unknown): void
}

export class Lookout {
  readonly #log: Log
  readonly #hooks: LookoutHooks
  readonly #timer: NodeJS.Timeout
  readonly #reading = new Set<Room>()
  /** Heads of the last look that people had not been told of by then. */
  #awaited = new Map<Room, number>()
  #looking = false

  constructor(log: Log, hooks: LookoutHooks) {
    this.#log = log
    this.#hooks = hooks
    this.#timer = setInterval(() => void this.look(), LOOK_MS).unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const rooms = [...this.#hooks.rooms()]
      const heads = rooms.length > 0 ? await this.#log.heads(rooms.map(({ live }) => live.id)) : new Map()
      const awaited = this.#awaited
      this.#awaited = new Map()
      for (const room of rooms) {
        const head = heads.get(room.live.id) ?? 0
        if (!room.told || head <= room.told.upTo) continue
        this.#awaited.set(room, head)
        if (room.told.upTo < (awaited.get(room) ?? 0)) void this.read(room)
      }
    } catch (error) {
      this.#hooks.failed(error)
    } finally {
      this.#looking = false
    }
  }

  /** Tells a channel's people what the log holds and they were not told. */
  async read(room: Room): Promise<void> {
    if (this.#reading.has(room)) return
    this.#reading.add(room)
    try {
      for (;;) {
        const { told } = room
        const page = told && (await this.#log.tail(room.live.id, told.upTo))
        const first = page?.entries[0]
        if (!page || !first || !told || room.told !== told) return
        // Merged meanwhile [R33]: whoever misses it joins again, and gets the snapshot.
        told.reach(first.seq - 1)
        const missed = page.entries.filter(({ seq }) => !told.has(seq))
        if (missed.length > 0) {
          const entries = missed.map(({ seq, writer, ref, data }): EntryTuple => [seq, writer, ref, data])
          this.#hooks.missed({ channel: room.live.id, entries })
        }
        if (told.upTo >= page.head) return
      }
    } catch (error) {
      this.#hooks.failed(error)
    } finally {
      this.#reading.delete(room)
    }
  }
}
