/** Folds updates into one: runs in a worker thread, because it needs the document that the server does not keep. */
import { parentPort } from 'node:worker_threads'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { stepAside } from '../priority'
import { unspan } from './core/span'

export type FoldRequest = {
  id: number
  /** The state so far, as it is kept. */
  base: { data: Uint8Array; packed: boolean } | null
  /** Updates after it, in pieces of the log. */
  pieces: Uint8Array[]
  /** States longer than this are packed as well; null: none is. */
  packFrom: number | null
}
/** `packed`: gzip of `data`. */
export type Folded = { data: Uint8Array; stateVector: Uint8Array; packed: Uint8Array | null }
export type FoldReply = { id: number } & ({ ok: true; folded: Folded } | { ok: false; why: string })

function fold({ base, pieces, packFrom }: FoldRequest): Folded {
  const doc = new Y.Doc()
  doc.transact(() => {
    if (base) Y.applyUpdate(doc, base.packed ? gunzipSync(base.data) : base.data)
    for (const piece of pieces) for (const update of unspan(piece)) Y.applyUpdate(doc, update)
  })
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('the log has a gap')
  const data = Y.encodeStateAsUpdate(doc)
  const packed = packFrom !== null && data.length > packFrom ? gzipSync(data) : null
  const folded = { data, stateVector: Y.encodeStateVector(doc), packed }
  doc.destroy()
  return folded
}

// Folding waits for whoever writes, and not they for it.
stepAside()

parentPort?.on('message', (request: FoldRequest) => {
  const { id } = request
  try {
    const folded = fold(request)
    const reply: FoldReply = { id, ok: true, folded }
    parentPort?.postMessage(reply)
  } catch (error) {
    const reply: FoldReply = { id, ok: false, why: error instanceof Error ? error.message : String(error) }
    parentPort?.postMessage(reply)
  }
})
