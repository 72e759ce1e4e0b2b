/** The outbox in the browser's database: it outlives the tab, and belongs to one account. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Kept, OutboxStore } from './outbox-store'

type Key = [account: string, channel: string, writer: string, n: number]
interface Schema extends DBSchema {
  kept: { key: Key; value: Kept }
}

/** Above every string in IndexedDB's order of keys. */
const AFTER_STRINGS: string[] = []

export function indexedDbStore(name = 'forge-outbox'): OutboxStore {
  let opened: Promise<IDBPDatabase<Schema>> | null = null
  const database = () => {
    opened ??= openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('kept', { keyPath: ['account', 'channel', 'writer', 'n'] })
      },
      // A later version of the portal, in another tab, wants to change the layout.
      blocking: () => forget(),
      terminated: () => {
        opened = null
      },
    }).catch((error: unknown) => {
      opened = null
      throw error
    })
    return opened
  }
  const forget = () => {
    void opened?.then((db) => db.close())
    opened = null
  }
  const within = (...prefix: [account: string] | [account: string, channel: string]) =>
    IDBKeyRange.bound(prefix, [...prefix, AFTER_STRINGS])

  return {
    kind: 'browser',
    async write({ put = [], drop = [] }, durable) {
      const tx = (await database()).transaction('kept', 'readwrite', {
        durability: durable ? 'strict' : 'relaxed',
      })
      const work: Promise<unknown>[] = []
      for (const { account, channel, writer, n } of drop) {
        work.push(tx.store.delete([account, channel, writer, n]))
      }
      for (const kept of put) work.push(tx.store.put(kept))
      await Promise.all([...work, tx.done])
    },
    async load(account, channel) {
      return (await database()).getAll('kept', within(account, channel))
    },
    async counts(account) {
      const counts = new Map<string, number>()
      let cursor = await (await database()).transaction('kept').store.openCursor(within(account))
      while (cursor) {
        const { channel, edits } = cursor.value
        counts.set(channel, (counts.get(channel) ?? 0) + edits)
        cursor = await cursor.continue()
      }
      return counts
    },
    async clear(account) {
      await (await database()).delete('kept', within(account))
    },
  }
}
