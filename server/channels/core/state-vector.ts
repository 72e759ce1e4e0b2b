import { Bytes } from './bytes'

/** Reads Yjs's encoded state vector: a count, then each client and its clock. Ours, so it throws when unreadable. */
export function decodeStateVector(encoded: Uint8Array): Map<number, number> {
  const bytes = new Bytes(encoded)
  const clocks = new Map<number, number>()
  for (let clients = bytes.uint(); clients > 0; clients--) clocks.set(bytes.uint(), bytes.uint())
  return clocks
}

/** Writes it, as Yjs would. */
export function encodeStateVector(clocks: ReadonlyMap<number, number>): Uint8Array {
  const bytes: number[] = []
  writeUint(bytes, clocks.size)
  for (const [client, clock] of clocks) {
    writeUint(bytes, client)
    writeUint(bytes, clock)
  }
  return Uint8Array.from(bytes)
}

/** The counterpart of `Bytes.uint`: seven bits a byte, the lowest first. */
export function writeUint(bytes: number[], value: number): void {
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  bytes.push(rest)
}
