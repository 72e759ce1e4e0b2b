/**
 * Which seq each entry of a writer has, for entries that the log does not hold one by one any more. Runs in which ref and
 * seq count on together, one after the other: how far the ref and the seq are after the end of the run before, and how
 * many there are. A piece begins with how many runs it has and counts from zero: pieces are put together as they are.
 */
import { Bytes } from './bytes'
import { writeUint } from './state-vector'

export type Key = { ref: number; seq: number }

/** @param keys of one writer, in the order of their seqs */
export function encodePlaces(keys: readonly Key[]): Uint8Array {
  const runs: (Key & { count: number })[] = []
  for (const { ref, seq } of keys) {
    const last = runs.at(-1)
    if (last && last.ref + last.count === ref && last.seq + last.count === seq) last.count++
    else runs.push({ ref, seq, count: 1 })
  }
  const bytes: number[] = []
  writeUint(bytes, runs.length)
  let [nextRef, nextSeq] = [0, 0]
  for (const { ref, seq, count } of runs) {
    // A writer's refs seldom go back.
    const step = ref - nextRef
    writeUint(bytes, step < 0 ? -2 * step - 1 : 2 * step)
    writeUint(bytes, seq - nextSeq)
    writeUint(bytes, count)
    nextRef = ref + count
    nextSeq = seq + count
  }
  return Uint8Array.from(bytes)
}

/** The seq of a ref; null when it is not among them. */
export function placeOf(places: Uint8Array, wanted: number): number | null {
  const bytes = new Bytes(places)
  while (!bytes.atEnd()) {
    let [nextRef, nextSeq] = [0, 0]
    for (let runs = bytes.uint(); runs > 0; runs--) {
      const step = bytes.uint()
      const ref = nextRef + (step % 2 ? -(step + 1) / 2 : step / 2)
      const seq = nextSeq + bytes.uint()
      const count = bytes.uint()
      if (wanted >= ref && wanted < ref + count) return seq + wanted - ref
      nextRef = ref + count
      nextSeq = seq + count
    }
  }
  return null
}
