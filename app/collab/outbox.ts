/**
 * The changes of one writer on their way to the log, in order. Pure: it says what is to be stored and sent; it knows
 * neither the store nor the connection.
 *
 *     add ──▶ unsent ── seal ──▶ sealed ── take ──▶ flying ── acknowledge ──▶ gone
 *                                  ▲                  │
 *                                  └────── land ──────┘        set aside: kept, and not sent
 *
 * Unsent changes are merged when they are sealed: a day of offline writing becomes a few entries. A sealed item has a
 * ref, and neither the ref nor the bytes change any more: sent twice, it is committed once.
 */
import * as Y from 'yjs'
import type { Refusal } from '../domain/channel-protocol'
import type { Kept, KeptKey, StoreChange } from './outbox-store'

/** Unsent changes are merged into entries of about this size. */
const MERGED_BYTES = 256 * 1024
/** So much may be on its way; what comes then waits, and is merged. */
const WINDOW = { items: 128, bytes: 2 * 1024 * 1024 }
/** How often an entry is sent that the log does not seem to fit, each time after reading the log anew. */
const MAX_DOUBTS = 3

export type Item = Kept & {
  /** Sent on this connection, and not answered yet. */
  flying: boolean
  /** Sealed, and the store has not confirmed it: not to be sent before. */
  held: boolean
  doubts: number
}

export type Owner = Pick<Kept, 'account' | 'channel' | 'writer'>

export class Outbox {
  readonly #owner: Owner
  #items: Item[]
  #n: number
  #ref: number

  /** @param kept what an earlier tab left of this writer; its unsent changes have to be sealed by `adopt` */
  constructor(owner: Owner, kept: readonly Kept[] = []) {
    this.#owner = owner
    this.#items = kept.map((item) => ({ ...item, flying: false, held: false, doubts: 0 }))
    this.#n = Math.max(0, ...kept.map((item) => item.n))
    this.#ref = Math.max(0, ...kept.map((item) => item.ref ?? 0))
  }

  /** Items in order, for whoever looks after them. */
  get items(): readonly Item[] {
    return this.#items
  }

  /** Changes that are neither committed nor set aside. */
  get pending(): number {
    return this.#items.reduce((sum, item) => sum + (item.refused ? 0 : item.edits), 0)
  }

  get hasUnsent(): boolean {
    return this.#items.some((item) => item.ref === null && !item.refused)
  }

  get refused(): { count: number; code: Refusal; reason: string } | null {
    const refused = this.#items.filter((item) => item.refused)
    const first = refused[0]?.refused
    return first ? { count: refused.reduce((sum, item) => sum + item.edits, 0), ...first } : null
  }

  /** Whether a new change may be sealed at once: nothing waits before it, and there is room. */
  get flows(): boolean {
    let bytes = 0
    for (const item of this.#items) {
      if (!item.flying) return false
      bytes += item.data.length
    }
    return this.#items.length < WINDOW.items && bytes < WINDOW.bytes
  }

  /** Whether more may be sealed: what is sealed is not sent for long. */
  get hasRoom(): boolean {
    return this.#items.filter((item) => item.ref !== null && !item.refused).length < WINDOW.items
  }

  /** Takes in a change; sealed at once when it can be sent at once. */
  add(data: Uint8Array, edits: number, seal: boolean, refused: Kept['refused'] = null): Kept {
    const n = ++this.#n
    const ref = seal ? ++this.#ref : null
    const item = { ...this.#owner, n, ref, data, edits, refused }
    this.#items.push({ ...item, flying: false, held: false, doubts: 0 })
    return item
  }

  /**
   * Merges the unsent changes and gives them refs. What it returns has to be stored, in one step, before `confirm`
   * lets them be sent: a tab that dies in between must not leave them both sent and unsent.
   * @param as the writer under whom they are sealed: their own, or a new one when an earlier tab left them, because
   *   nobody knows for sure which refs that tab has used
   */
  seal(as: string = this.#owner.writer): StoreChange & { put: Kept[] } {
    const unsent = this.#items.filter((item) => item.ref === null && !item.refused)
    if (as !== this.#owner.writer) {
      this.#ref = 0
      this.#n = 0
    }
    const drop: KeptKey[] = unsent.map(({ account, channel, writer, n }) => ({ account, channel, writer, n }))
    const put = groups(unsent).map((group): Kept => {
      const edits = group.reduce((sum, item) => sum + item.edits, 0)
      const data = mergeAll(group.map((item) => item.data))
      const n = as === this.#owner.writer ? (group[0]?.n ?? 0) : ++this.#n
      return { ...this.#owner, writer: as, n, ref: ++this.#ref, data, edits, refused: null }
    })
    const rest = this.#items.filter((item) => item.ref !== null || item.refused)
    this.#items = [...rest, ...put.map((item) => ({ ...item, flying: false, held: true, doubts: 0 }))]
    return { put, drop }
  }

  /** What `seal` gave is stored. */
  confirm(): void {
    for (const item of this.#items) item.held = false
  }

  /** What is to be sent now: in order, of one writer at a time. They are flying from here on. */
  take(): Item[] {
    const taken: Item[] = []
    let flying = 0
    let bytes = 0
    const waiting = this.#items.filter((item) => !item.refused)
    for (const item of waiting) {
      if (item.ref === null || item.held || item.writer !== waiting[0]?.writer) break
      const fits = flying < WINDOW.items && bytes + item.data.length <= WINDOW.bytes
      if (flying > 0 && !fits) break
      flying++
      bytes += item.data.length
      if (!item.flying) taken.push(item)
    }
    for (const item of taken) item.flying = true
    return taken
  }

  find(writer: string, ref: number): Item | undefined {
    return this.#items.find((item) => item.writer === writer && item.ref === ref)
  }

  /** The log holds it: it is gone from here. Gives what is to be deleted in the store. */
  acknowledge(writer: string, ref: number): KeptKey[] {
    return this.#remove((item) => item.writer === writer && item.ref === ref)
  }

  /** The log holds everything of the writer up to `ref`. */
  acknowledgeUpTo(writer: string, ref: number): KeptKey[] {
    return this.#remove((item) => item.writer === writer && item.ref !== null && item.ref <= ref)
  }

  /**
   * What was on its way may have arrived or not, and is sent again, all of it: later entries build on earlier ones,
   * and the log knows those that it holds.
   */
  land(): void {
    for (const item of this.#items) item.flying = false
  }

  /** The log does not seem to hold what the item builds on. True when it is worth another try. */
  doubt(item: Item): boolean {
    item.doubts++
    return item.doubts < MAX_DOUBTS
  }

  /**
   * Sets aside everything from `item` on, or all: later changes build on earlier ones. Gives what is to be stored.
   */
  setAside(refused: NonNullable<Kept['refused']>, item?: Item): Kept[] {
    const from = item ? this.#items.indexOf(item) : 0
    const aside = this.#items.slice(Math.max(0, from)).filter((other) => !other.refused)
    for (const other of aside) {
      other.refused = refused
      other.flying = false
    }
    return aside.map(asKept)
  }

  /** What was refused for `code` may be tried again. Gives what is to be stored. */
  revive(code: Refusal): Kept[] {
    const back = this.#items.filter((item) => item.refused?.code === code)
    for (const item of back) item.refused = null
    return back.map(asKept)
  }

  /** What was refused for `code`, as one update, and what to forget when it has found its place elsewhere. */
  refusedFor(code: Refusal): { data: Uint8Array; edits: number; items: readonly Item[] } | null {
    const items = this.#items.filter((item) => item.refused?.code === code)
    if (items.length === 0) return null
    const edits = items.reduce((sum, item) => sum + item.edits, 0)
    return { data: mergeAll(items.map((item) => item.data)), edits, items }
  }

  drop(items: readonly Item[]): KeptKey[] {
    return this.#remove((item) => items.includes(item))
  }

  dropRefused(): KeptKey[] {
    return this.#remove((item) => item.refused !== null)
  }

  #remove(gone: (item: Item) => boolean): KeptKey[] {
    const removed = this.#items.filter(gone)
    if (removed.length > 0) this.#items = this.#items.filter((item) => !gone(item))
    return removed.map(({ account, channel, writer, n }) => ({ account, channel, writer, n }))
  }
}

const asKept = ({ flying: _, held: __, doubts: ___, ...kept }: Item): Kept => kept

/** Neighbours, as long as they stay below the size of a merged entry. */
function groups(items: readonly Item[]): Item[][] {
  const all: Item[][] = []
  let bytes = 0
  for (const item of items) {
    const last = all.at(-1)
    if (last && bytes + item.data.length <= MERGED_BYTES) {
      last.push(item)
      bytes += item.data.length
    } else {
      all.push([item])
      bytes = item.data.length
    }
  }
  return all
}

/** Merging many at once takes quadratic time; merging few at a time does not. */
const MERGED_AT_ONCE = 32

function mergeAll(updates: Uint8Array[]): Uint8Array {
  let rest = updates
  while (rest.length > 1) {
    const merged: Uint8Array[] = []
    for (let i = 0; i < rest.length; i += MERGED_AT_ONCE) {
      const few = rest.slice(i, i + MERGED_AT_ONCE)
      merged.push(few.length === 1 && few[0] ? few[0] : Y.mergeUpdates(few))
    }
    rest = merged
  }
  return rest[0] ?? new Uint8Array([0, 0])
}
