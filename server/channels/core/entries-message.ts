/**
 * The message that most often goes out, an `entries` frame, as one WebSocket frame: what Socket.IO's msgpack encoder
 * and `ws` would make of it, in one go. Every reader gets the same bytes.
 */
import type { EntriesFrame } from '../../../app/domain/channel-protocol'
import { putAscii } from './ascii'

/** Of a WebSocket frame (RFC 6455, 5.2): the last of its message, binary, with the longest length. */
const HEADER = 10
const FINAL_BINARY = 0x82
/** `{type: 2, data: ['entries', {channel: …` */
const BEFORE_CHANNEL = Buffer.from('\x83\xa4type\x02\xa4data\x92\xa7entries\x82\xa7channel', 'latin1')
const BEFORE_ENTRIES = Buffer.from('\xa7entries', 'latin1')
/** `nsp: '/'}` */
const END = Buffer.from('\xa3nsp\xa1/', 'latin1')
/** What precedes an entry's four values, at most. */
const MOST_PREFIXES = 32

/** An unmasked WebSocket frame around what is in `buffer` from `HEADER` to `end`. */
function frame(buffer: Buffer, end: number): Buffer {
  const length = end - HEADER
  const start = HEADER - (length < 126 ? 2 : length < 65_536 ? 4 : 10)
  buffer[start] = FINAL_BINARY
  if (length < 126) buffer[start + 1] = length
  else if (length < 65_536) {
    buffer[start + 1] = 126
    buffer.writeUInt16BE(length, start + 2)
  } else {
    buffer[start + 1] = 127
    buffer.writeBigUInt64BE(BigInt(length), start + 2)
  }
  return buffer.subarray(start, end)
}

/** An unmasked WebSocket frame around a message. */
export function framed(message: Buffer): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER + message.length)
  message.copy(buffer, HEADER)
  return frame(buffer, buffer.length)
}

/** The frame, encoded and framed. */
export function entriesMessage({ channel, entries }: EntriesFrame): Buffer {
  // A UTF-16 unit takes three bytes at most.
  let size =
    HEADER + BEFORE_CHANNEL.length + BEFORE_ENTRIES.length + END.length + MOST_PREFIXES + 3 * channel.length
  for (const [, writer, , data] of entries) size += MOST_PREFIXES + 3 * writer.length + data.length
  const out = Buffer.allocUnsafe(size)
  let at = put(out, HEADER, BEFORE_CHANNEL)
  at = putText(out, at, channel)
  at = put(out, at, BEFORE_ENTRIES)
  at = putCount(out, at, entries.length)
  for (const [seq, writer, ref, data] of entries) {
    // A list of four.
    out[at++] = 0x94
    at = putUint(out, at, seq)
    at = putText(out, at, writer)
    at = putUint(out, at, ref)
    at = putBytes(out, at, data)
  }
  return frame(out, put(out, at, END))
}

function put(out: Buffer, at: number, bytes: Uint8Array): number {
  out.set(bytes, at)
  return at + bytes.length
}

function putCount(out: Buffer, at: number, count: number): number {
  if (count < 16) {
    out[at] = 0x90 + count
    return at + 1
  }
  out[at] = 0xdc
  return out.writeUInt16BE(count, at + 1)
}

function putUint(out: Buffer, at: number, value: number): number {
  if (value < 0x80) {
    out[at] = value
    return at + 1
  }
  if (value < 0x100) {
    out[at] = 0xcc
    return out.writeUInt8(value, at + 1)
  }
  if (value < 0x10000) {
    out[at] = 0xcd
    return out.writeUInt16BE(value, at + 1)
  }
  if (value < 0x100000000) {
    out[at] = 0xce
    return out.writeUInt32BE(value, at + 1)
  }
  out[at] = 0xcf
  out.writeUInt32BE(Math.floor(value / 2 ** 32), at + 1)
  return out.writeUInt32BE(value % 2 ** 32, at + 5)
}

function putText(out: Buffer, at: number, text: string): number {
  const start = putLength(out, at, text.length)
  const end = putAscii(out, start, text)
  if (end !== null) return end
  const length = Buffer.byteLength(text)
  const longer = putLength(out, at, length)
  return longer + out.write(text, longer)
}

/** What precedes a text of so many bytes. */
function putLength(out: Buffer, at: number, length: number): number {
  if (length < 32) {
    out[at] = 0xa0 + length
    return at + 1
  }
  if (length < 0x100) {
    out[at] = 0xd9
    return out.writeUInt8(length, at + 1)
  }
  out[at] = 0xda
  return out.writeUInt16BE(length, at + 1)
}

function putBytes(out: Buffer, at: number, bytes: Uint8Array): number {
  const { length } = bytes
  out[at] = length < 0x100 ? 0xc4 : length < 0x10000 ? 0xc5 : 0xc6
  const start =
    length < 0x100
      ? out.writeUInt8(length, at + 1)
      : length < 0x10000
        ? out.writeUInt16BE(length, at + 1)
        : out.writeUInt32BE(length, at + 1)
  return put(out, start, bytes)
}
