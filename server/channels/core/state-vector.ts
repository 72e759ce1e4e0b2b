import { Bytes } from './bytes'

/** Reads Yjs's encoded state vector: a count, then each client and its clock. Ours, so it throws when unreadable. */
export function decodeStateVector(encoded: Uint8Array): Map<number, number> {
  const bytes = new Bytes(encoded)
  const clocks = new Map<number, number>()
  for (let clients = bytes.uint(); clients > 0; clients--) clocks.set(bytes.uint(), bytes.uint())
  return clocks
}
