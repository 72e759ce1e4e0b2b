/**
 * What several entries hold, in one piece: each one's data after its length. For whoever folds thousands of them and
 * asks nothing else of any: the database makes one value of it, and nobody else touches them one by one.
 */

/** The length is an unsigned integer, big-endian. */
const LENGTH_BYTES = 4

/** Gives the data of each, as views of the piece. Throws when it ends early. */
export function* unspan(piece: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength)
  for (let at = 0; at < piece.length; ) {
    const start = at + LENGTH_BYTES
    at = start + view.getUint32(at)
    if (at > piece.length) throw new RangeError('a piece of the log ends early')
    yield piece.subarray(start, at)
  }
}

export function span(all: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    all.flatMap((data) => {
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(data.length)
      return [length, data]
    }),
  )
}
