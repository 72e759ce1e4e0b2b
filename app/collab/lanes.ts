/**
 * The outboxes that this tab looks after: its own, and those that tabs before it left behind when they were closed or
 * crashed with changes unsent. Keeps the store in step with them.
 *
 * What is adopted is sent as it is and comes back through the log like anybody's entries. It is not put into the
 * document before: a change that the server then refuses would take everything written on top of it along.
 */
import { MAX_ITEMS } from '../domain/channel-limits'
import type { EntryTuple, Refusal } from '../domain/channel-protocol'
import { type Item, Outbox, type Owner } from './outbox'
import type { Kept, KeptKey, OutboxStore, StoreChange } from './outbox-store'
import { newWriter, type WriterLocks } from './writer-locks'

type Refused = NonNullable<Kept['refused']>
type Lane = { outbox: Outbox; sealing: boolean; free: (() => void)[] }
export type Found = { lane: Outbox; item: Item }

/** More than one entry fills a frame up to this size only; the server takes no frame much larger than an entry. */
const FRAME_BYTES = 512 * 1024

export class Lanes {
  kept: 'browser' | 'memory'
  readonly #owner: Owner
  readonly #store: OutboxStore
  readonly #locks: WriterLocks
  readonly #ready: () => void
  readonly #own: Lane
  #adopted: Lane[] = []
  readonly #adoptedWriters = new Set<string>()
  #locked: Promise<unknown>
  #adopting: Promise<void> | null = null
  #droppedOwn = false
  /** Writes that put something in and are not through yet. */
  #storing = 0
  #ended = false
  #abandoned = false

  /** @param ready called when something may be sent that could not be before */
  constructor(owner: Owner, store: OutboxStore, locks: WriterLocks, ready: () => void) {
    this.#owner = owner
    this.#store = store
    this.#locks = locks
    this.#ready = ready
    this.kept = store.kind
    this.#own = { outbox: new Outbox(owner), sealing: false, free: [] }
    // Nothing is stored before the lock is held: another tab would take it for left behind.
    this.#locked = this.#lock(owner.writer, this.#own)
  }

  /** Something is not in the store yet: with the tab it would be gone. */
  get storing(): boolean {
    return this.#storing > 0
  }

  get pending(): number {
    return this.#all.reduce((sum, { outbox }) => sum + outbox.pending, 0)
  }

  get refused(): { count: number; code: Refusal; reason: string } | null {
    const all = this.#all.flatMap(({ outbox }) => outbox.refused ?? [])
    const [first] = all
    return first ? { ...first, count: all.reduce((sum, { count }) => sum + count, 0) } : null
  }

  /** Something written here was refused for good: whatever is written on top of it would be refused too. */
  get spoiled(): boolean {
    const refused = this.#own.outbox.refused
    return this.#droppedOwn || (refused !== null && refused.code !== 'forbidden')
  }

  add(data: Uint8Array, edits: number, maySend: boolean): void {
    const { outbox, sealing } = this.#own
    const { refused } = outbox
    if (refused) return void this.addRefused(data, { code: refused.code, reason: refused.reason })
    const direct = maySend && !sealing && outbox.flows
    const item = outbox.add(data, edits, direct)
    // Sent in the same moment, it need not wait for the disk; otherwise it exists nowhere else.
    void this.#write({ put: [item] }, !direct)
  }

  addRefused(data: Uint8Array, refused: Refused): void {
    void this.#write({ put: [this.#own.outbox.add(data, 1, false, refused)] }, true)
  }

  /** What is to be sent now, in frames. Seals what waits; `ready` is called when that is stored. */
  take(): { writer: string; items: Item[] }[] {
    for (const lane of this.#all) this.#seal(lane)
    return this.#all.flatMap(({ outbox }) => frames(outbox.take()))
  }

  find(writer: string, ref: number): Found | null {
    for (const { outbox } of this.#all) {
      const item = outbox.find(writer, ref)
      if (item) return { lane: outbox, item }
    }
    return null
  }

  /** Entries of the log: those of ours are done with. */
  acknowledge(entries: readonly EntryTuple[]): void {
    this.#drop(
      entries.flatMap(([, writer, ref]) =>
        this.#all.flatMap(({ outbox }) => outbox.acknowledge(writer, ref)),
      ),
    )
  }

  acknowledgeUpTo(ref: number): void {
    this.#drop(this.#own.outbox.acknowledgeUpTo(this.#owner.writer, ref))
  }

  /** Whether something was sent and not answered yet. */
  get isFlying(): boolean {
    return this.#all.some(({ outbox }) => outbox.items.some((item) => item.flying))
  }

  land(): void {
    for (const { outbox } of this.#all) outbox.land()
  }

  setAside(lane: Outbox, refused: Refused, item: Item): void {
    void this.#write({ put: lane.setAside(refused, item) }, true)
  }

  setAllAside(refused: Refused): void {
    const put = this.#all.flatMap(({ outbox }) => outbox.setAside(refused))
    if (put.length > 0) void this.#write({ put }, true)
  }

  revive(code: Refusal): void {
    const put = this.#all.flatMap(({ outbox }) => outbox.revive(code))
    if (put.length > 0) void this.#write({ put }, true)
  }

  /**
   * Offers what was refused for `code` to `take`, an outbox at a time, and forgets what it took.
   */
  async handOver(code: Refusal, take: (data: Uint8Array, edits: number) => Promise<boolean>): Promise<void> {
    for (const { outbox } of this.#all) {
      const refused = outbox.refusedFor(code)
      if (!refused || !(await take(refused.data, refused.edits))) continue
      this.#droppedOwn ||= outbox === this.#own.outbox
      const drop = outbox.drop(refused.items)
      this.#tidy()
      // Not waited for: a store that is slow must not keep the page from saying so. Handed over twice, it is kept once.
      void this.#write({ drop }, true)
    }
  }

  async dropRefused(): Promise<void> {
    this.#droppedOwn ||= this.#own.outbox.refused !== null
    const drop = this.#all.flatMap(({ outbox }) => outbox.dropRefused())
    this.#tidy()
    await this.#write({ drop }, true)
  }

  /** Takes over what tabs that are gone have left for this channel. One at a time. */
  adopt(): Promise<void> {
    this.#adopting ??= this.#adopt()
      .catch(() => {
        // The store cannot be read: there is nothing to take over, and writing to it says so.
      })
      .finally(() => {
        this.#adopting = null
      })
    return this.#adopting
  }

  /** Lets other tabs take over. */
  free(): void {
    this.#ended = true
    for (const lane of this.#all) release(lane)
  }

  /** Forgets everything; the store is cleared by whoever asks for this. */
  abandon(): void {
    this.#abandoned = true
    this.free()
    this.#adopted = []
    this.#own.outbox.setAside({ code: 'forbidden', reason: '' })
    this.#own.outbox.dropRefused()
  }

  get #all(): Lane[] {
    return [...this.#adopted, this.#own]
  }

  async #lock(writer: string, lane: Lane): Promise<boolean> {
    const free = await this.#locks.take(writer).catch(() => null)
    if (!free) return false
    if (this.#ended) free()
    else lane.free.push(free)
    return true
  }

  #seal(lane: Lane): void {
    if (lane.sealing || !lane.outbox.hasUnsent || !lane.outbox.hasRoom) return
    lane.sealing = true
    void this.#write(lane.outbox.seal(), false).then(() => {
      lane.sealing = false
      lane.outbox.confirm()
      this.#ready()
    })
  }

  async #adopt(): Promise<void> {
    const { account, channel } = this.#owner
    const kept = await this.#store.load(account, channel)
    for (const writer of new Set(kept.map((item) => item.writer))) {
      if (writer === this.#owner.writer || this.#adoptedWriters.has(writer)) continue
      const lane: Lane = { outbox: new Outbox({ account, channel, writer }), sealing: false, free: [] }
      if (!(await this.#lock(writer, lane))) continue
      // Read again: until the lock was ours, its holder may have gone on.
      const left = (await this.#store.load(account, channel)).filter((item) => item.writer === writer)
      lane.outbox = new Outbox({ account, channel, writer }, left)
      if (left.length === 0 || this.#ended) release(lane)
      else await this.#takeOver(lane)
    }
  }

  async #takeOver(lane: Lane): Promise<void> {
    if (lane.outbox.hasUnsent) {
      const writer = newWriter()
      await this.#lock(writer, lane)
      await this.#write(lane.outbox.seal(writer), true)
      lane.outbox.confirm()
    }
    if (this.#ended) return void release(lane)
    for (const item of lane.outbox.items) this.#adoptedWriters.add(item.writer)
    this.#adopted.push(lane)
    this.#ready()
  }

  #drop(drop: KeptKey[]): void {
    if (drop.length === 0) return
    this.#tidy()
    void this.#write({ drop }, false)
  }

  /** Adopted outboxes that are empty are done with. */
  #tidy(): void {
    for (const lane of this.#adopted) if (lane.outbox.items.length === 0) release(lane)
    this.#adopted = this.#adopted.filter(({ outbox }) => outbox.items.length > 0)
  }

  /** Stores; what cannot be stored is still here, in memory, and the reader is told. */
  async #write(change: StoreChange, durable: boolean): Promise<void> {
    if (change.put) this.#storing++
    try {
      await this.#locked
      if (!this.#abandoned) await this.#store.write(change, durable)
      if (change.put && this.kept !== this.#store.kind && this.#isAlone(change.put)) {
        this.kept = this.#store.kind
        this.#ready()
      }
    } catch {
      if (!change.put || this.kept === 'memory') return
      this.kept = 'memory'
      this.#ready()
    } finally {
      if (change.put && --this.#storing === 0) this.#ready()
    }
  }

  /** Whether what was just stored is all there is. */
  #isAlone(put: readonly Kept[]): boolean {
    return this.#all.reduce((sum, { outbox }) => sum + outbox.items.length, 0) <= put.length
  }
}

function release(lane: Lane): void {
  for (const free of lane.free.splice(0)) free()
}

function frames(items: readonly Item[]): { writer: string; items: Item[] }[] {
  const all: { writer: string; items: Item[] }[] = []
  let bytes = 0
  for (const item of items) {
    const last = all.at(-1)
    if (last && bytes + item.data.length <= FRAME_BYTES && last.items.length < MAX_ITEMS)
      last.items.push(item)
    else {
      all.push({ writer: item.writer, items: [item] })
      bytes = 0
    }
    bytes += item.data.length
  }
  return all
}
