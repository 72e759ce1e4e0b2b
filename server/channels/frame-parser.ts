/**
 * Socket.IO's msgpack parser for the server, with a guard before it: the decoder believes the lengths that it reads,
 * and a few bytes that claim thirty million items would cost the process its memory.
 */
import parser from 'socket.io-msgpack-parser'
import type { ClientEvents } from '../../app/domain/channel-protocol'

const EVENTS: Record<keyof ClientEvents, true> = { join: true, append: true, presence: true, leave: true }
const EVENT = 2
/** A caret's positions are the deepest that a frame holds. */
const MAX_DEPTH = 16

class GuardedDecoder extends parser.Decoder {
  override add(bytes: unknown): void {
    if (!(bytes instanceof Uint8Array) || !isSound(bytes)) throw new Error('the frame is not msgpack')
    super.add(bytes)
  }

  /** Lets through the four events of the protocol: others have a meaning inside Socket.IO (`disconnect`). */
  override emit(event: string, packet: { type: number; data: unknown[] }): this {
    const known = packet?.type !== EVENT || Object.hasOwn(EVENTS, String(packet.data[0]))
    return known ? super.emit(event, packet) : this
  }
}

export const frameParser = { Encoder: parser.Encoder, Decoder: GuardedDecoder }

/** Whether the bytes are one msgpack value that is no larger than it is long. */
export function isSound(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  /** How many values are still to come, by depth. */
  const open = [1]

  const length = (size: 1 | 2 | 4): number => {
    if (at + size > bytes.length) return Number.POSITIVE_INFINITY
    const value = size === 1 ? view.getUint8(at) : size === 2 ? view.getUint16(at) : view.getUint32(at)
    at += size
    return value
  }

  while (open.length > 0) {
    const depth = open.length - 1
    const left = open[depth] ?? 0
    if (left === 0) {
      open.pop()
      continue
    }
    open[depth] = left - 1
    const prefix = bytes[at++]
    if (prefix === undefined) return false
    let values = 0
    if (prefix < 0x80 || prefix >= 0xe0) continue
    else if (prefix < 0x90) values = 2 * (prefix & 0x0f)
    else if (prefix < 0xa0) values = prefix & 0x0f
    else if (prefix < 0xc0) at += prefix & 0x1f
    else {
      const skip = SKIPS[prefix]
      if (skip === undefined) return false
      if (typeof skip === 'number') at += skip
      else {
        const count = length(skip.size)
        if (skip.of === 'bytes') at += count
        else values = skip.each * count
      }
    }
    // Each value takes a byte at least.
    if (at + values > bytes.length) return false
    if (values > 0 && open.push(values) > MAX_DEPTH) return false
  }
  return at === bytes.length
}

type Skip = number | { of: 'bytes'; size: 1 | 2 | 4 } | { of: 'values'; size: 2 | 4; each: 1 | 2 }

/** What follows a prefix. Extension types are not part of the protocol; 0xd4 is how `undefined` is written. */
const SKIPS: Record<number, Skip> = {
  192: 0, // nil
  194: 0, // false
  195: 0, // true
  196: { of: 'bytes', size: 1 },
  197: { of: 'bytes', size: 2 },
  198: { of: 'bytes', size: 4 },
  202: 4, // float
  203: 8,
  204: 1, // unsigned
  205: 2,
  206: 4,
  207: 8,
  208: 1, // signed
  209: 2,
  210: 4,
  211: 8,
  212: 2,
  217: { of: 'bytes', size: 1 }, // text
  218: { of: 'bytes', size: 2 },
  219: { of: 'bytes', size: 4 },
  220: { of: 'values', size: 2, each: 1 }, // array
  221: { of: 'values', size: 4, each: 1 },
  222: { of: 'values', size: 2, each: 2 }, // map
  223: { of: 'values', size: 4, each: 2 },
}
