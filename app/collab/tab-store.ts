/** The browser's own store and locks, made once. Where there are none (Node), memory. */
import { indexedDbStore } from './outbox-indexeddb'
import { memoryStore, type OutboxStore } from './outbox-store'
import { aloneLocks, type WriterLocks, webLocks } from './writer-locks'

let store: OutboxStore | null = null

export function tabStore(): OutboxStore {
  store ??= typeof indexedDB === 'undefined' ? memoryStore() : indexedDbStore()
  return store
}

export const tabLocks = (): WriterLocks =>
  typeof navigator !== 'undefined' && 'locks' in navigator ? webLocks : aloneLocks
