/**
 * Where changes are kept until they are committed. `outbox-indexeddb.ts` is the browser's; this file has the contract
 * and the one in memory.
 */
import type { Refusal } from '../domain/channel-protocol'

/** An entry, or a change that is not part of an entry yet. */
export type Kept = {
  account: string
  channel: string
  writer: string
  /** The order of a writer's changes. */
  n: number
  /**
   * Given when it is about to be sent for the first time. From then on neither the ref nor the bytes change, so that
   * the server knows it when it comes again. Null: it was never sent.
   */
  ref: number | null
  data: Uint8Array
  /** How many changes are in it, for people to read. */
  edits: number
  /** Why the server did not accept it. Such a change is kept until its author gives it up. */
  refused: { code: Refusal; reason: string } | null
}

export type KeptKey = Pick<Kept, 'account' | 'channel' | 'writer' | 'n'>

export type StoreChange = { put?: readonly Kept[]; drop?: readonly KeptKey[] }

export interface OutboxStore {
  readonly kind: 'browser' | 'memory'
  /**
   * Does all of it or nothing. Changes take effect in the order of the calls.
   * @param durable wait for the disk: for what exists nowhere else. Otherwise only a power cut within seconds can lose
   *   it, a closed tab or a crashed browser cannot.
   */
  write(change: StoreChange, durable: boolean): Promise<void>
  /** What is kept for one channel, by writer and order. */
  load(account: string, channel: string): Promise<Kept[]>
  /** How many changes are kept, by channel. */
  counts(account: string): Promise<Map<string, number>>
  clear(account: string): Promise<void>
}

const idOf = ({ account, channel, writer, n }: KeptKey) => JSON.stringify([account, channel, writer, n])

export function memoryStore(): OutboxStore {
  const all = new Map<string, Kept>()
  const of = (account: string) => [...all.values()].filter((kept) => kept.account === account)
  return {
    kind: 'memory',
    async write({ put = [], drop = [] }) {
      for (const key of drop) all.delete(idOf(key))
      for (const kept of put) all.set(idOf(kept), kept)
    },
    async load(account, channel) {
      const found = of(account).filter((kept) => kept.channel === channel)
      return found.sort((a, b) => (a.writer === b.writer ? a.n - b.n : a.writer < b.writer ? -1 : 1))
    },
    async counts(account) {
      const counts = new Map<string, number>()
      for (const { channel, edits } of of(account)) counts.set(channel, (counts.get(channel) ?? 0) + edits)
      return counts
    },
    async clear(account) {
      for (const kept of of(account)) all.delete(idOf(kept))
    },
  }
}
