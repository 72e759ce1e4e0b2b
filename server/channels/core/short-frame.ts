/**
 * Reads short WebSocket frames as browsers send them (RFC 6455, 5.2): masked, binary, each a whole message. All others
 * are left to the WebSocket library.
 */

/** In bytes of the message. Longer ones go the long way: that keeps a connection alive while a paste comes in. */
export const SHORT_BYTES = 4096

const FINAL_BINARY = 0x82
const MASKED = 0x80
const MASK_BYTES = 4
/** The length follows in two bytes. */
const LENGTH_16 = 126

/**
 * Gives each short frame's message to `take`, in memory of its own, as long as `mayGoOn` says so. Gives how many bytes
 * that were: what follows is not a short frame, or not all of one.
 */
export function eachShortFrame(
  bytes: Uint8Array,
  mayGoOn: () => boolean,
  take: (message: Buffer) => void,
): number {
  let at = 0
  while (at + 2 + MASK_BYTES <= bytes.length && bytes[at] === FINAL_BINARY) {
    let length = (bytes[at + 1] ?? 0) - MASKED
    let start = at + 2
    if (length === LENGTH_16) {
      length = ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0)
      start += 2
    }
    const end = start + MASK_BYTES + length
    // Not masked, longer, or not all here.
    if (length < 0 || length > SHORT_BYTES || (bytes[at + 1] ?? 0) > MASKED + LENGTH_16 || end > bytes.length)
      break
    if (!mayGoOn()) break
    at = end
    take(unmasked(bytes, start, end))
  }
  return at
}

function unmasked(bytes: Uint8Array, maskAt: number, end: number): Buffer {
  const start = maskAt + MASK_BYTES
  const message = Buffer.allocUnsafe(end - start)
  for (let i = 0; i < message.length; i++) {
    message[i] = (bytes[start + i] ?? 0) ^ (bytes[maskAt + (i & 3)] ?? 0)
  }
  return message
}
