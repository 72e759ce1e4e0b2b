/** Folds updates into one: runs in a worker thread, because it needs the document that the server does not keep. */
import { parentPort } from 'node:worker_threads'
import * as Y from 'yjs'

export type FoldRequest = { id: number; updates: Uint8Array[] }
export type Folded = { data: Uint8Array; stateVector: Uint8Array }
export type FoldReply = { id: number } & ({ ok: true; folded: Folded } | { ok: false; why: string })

function fold(updates: readonly Uint8Array[]): Folded {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('the log has a gap')
  const folded = { data: Y.encodeStateAsUpdate(doc), stateVector: Y.encodeStateVector(doc) }
  doc.destroy()
  return folded
}

parentPort?.on('message', ({ id, updates }: FoldRequest) => {
  try {
    const folded = fold(updates)
    const reply: FoldReply = { id, ok: true, folded }
    parentPort?.postMessage(reply)
  } catch (error) {
    const reply: FoldReply = { id, ok: false, why: error instanceof Error ? error.message : String(error) }
    parentPort?.postMessage(reply)
  }
})
