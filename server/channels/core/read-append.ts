/**
 * Reads the frame that comes most, an `append`, from the bytes of its packet. It knows the packet only as clients write
 * it; whatever differs takes the long way, through the msgpack decoder and the schema, and means there what it means.
 */

import { MAX_CHANNEL_NAME, MAX_ITEMS, WRITER_NAME } from '../../../app/domain/channel-limits'
import type { AppendFrame } from '../../../app/domain/channel-protocol'

/** A text in msgpack, with what precedes it. */
const word = (text: string, before = '') =>
  Buffer.from(`${before}${String.fromCharCode(0xa0 + text.length)}${text}`, 'latin1')

const TYPE = word('type')
const NSP = word('nsp')
const ROOT = word('/')
const OPTIONS = word('options')
/** A map of one key. */
const COMPRESS = word('compress', '\x81')
const DATA = word('data')
/** A list of two, then a map of three keys. */
const APPEND = Buffer.concat([word('append', '\x92'), Buffer.from([0x83])])
const CHANNEL = word('channel')
const WRITER = word('writer')
const ITEMS = word('items')

const NOTHING: Buffer = Buffer.alloc(0)
const EVENT = 2
const MAX_FIELDS = 4

/** Thrown and caught here. */
const OTHER = new Error('not an append as clients write it')

/**
 * Reads what comes on one connection. Nearly every frame bears the names of the one before: they are then the same
 * strings, which need not be made, checked and hashed again.
 */
export class AppendReader {
  readonly #channel = new Name()
  readonly #writer = new Name(WRITER_NAME)

  /** Gives the frame, whose data are views of `bytes`, or null for everything else. */
  read(bytes: Buffer): AppendFrame | null {
    try {
      return new Packet(bytes, this.#channel, this.#writer).read()
    } catch (error) {
      if (error === OTHER) return null
      throw error
    }
  }
}

/** A short text of ASCII, and the one before it. */
class Name {
  #bytes = NOTHING
  #text = ''
  readonly #pattern: RegExp | null

  constructor(pattern: RegExp | null = null) {
    this.#pattern = pattern
  }

  read(bytes: Buffer, start: number, end: number): string {
    if (this.#isSame(bytes, start, end)) return this.#text
    for (let i = start; i < end; i++) if ((bytes[i] ?? 0) >= 0x80) throw OTHER
    const text = bytes.toString('latin1', start, end)
    if (this.#pattern && !this.#pattern.test(text)) throw OTHER
    this.#bytes = Buffer.from(bytes.subarray(start, end))
    this.#text = text
    return text
  }

  #isSame(bytes: Buffer, start: number, end: number): boolean {
    const { length } = this.#bytes
    if (length !== end - start) return false
    for (let i = 0; i < length; i++) if (bytes[start + i] !== this.#bytes[i]) return false
    return true
  }
}

class Packet {
  readonly #bytes: Buffer
  readonly #channel: Name
  readonly #writer: Name
  #at = 0

  constructor(bytes: Buffer, channel: Name, writer: Name) {
    this.#bytes = bytes
    this.#channel = channel
    this.#writer = writer
  }

  read(): AppendFrame {
    const fields = this.#byte() - 0x80
    if (fields < 3 || fields > MAX_FIELDS) throw OTHER
    let [type, nsp, options] = [0, 0, 0]
    let frame: AppendFrame | null = null
    for (let i = 0; i < fields; i++) {
      if (this.#is(TYPE)) {
        if (this.#byte() !== EVENT) throw OTHER
        type++
      } else if (this.#is(NSP)) {
        if (!this.#is(ROOT)) throw OTHER
        nsp++
      } else if (this.#is(DATA)) {
        if (frame || !this.#is(APPEND)) throw OTHER
        frame = this.#frame()
      } else if (this.#is(OPTIONS)) {
        if (!this.#is(COMPRESS)) throw OTHER
        // True or false: nothing is compressed.
        if ((this.#byte() & 0xfe) !== 0xc2) throw OTHER
        options++
      } else throw OTHER
    }
    if (!frame || type !== 1 || nsp !== 1 || options > 1 || this.#at !== this.#bytes.length) throw OTHER
    return frame
  }

  #frame(): AppendFrame {
    let channel = ''
    let writer = ''
    let items: AppendFrame['items'] | null = null
    for (let i = 0; i < 3; i++) {
      if (channel === '' && this.#is(CHANNEL)) channel = this.#name(this.#channel)
      else if (writer === '' && this.#is(WRITER)) writer = this.#name(this.#writer)
      else if (!items && this.#is(ITEMS)) items = this.#items()
      else throw OTHER
    }
    if (!items || channel === '' || writer === '') throw OTHER
    return { channel, writer, items }
  }

  #items(): AppendFrame['items'] {
    const count = this.#count()
    if (count === 0 || count > MAX_ITEMS) throw OTHER
    const items: AppendFrame['items'] = []
    for (let i = 0; i < count; i++) {
      // A list of two.
      if (this.#byte() !== 0x92) throw OTHER
      const ref = this.#ref()
      items.push([ref, this.#data()])
    }
    return items
  }

  #count(): number {
    const prefix = this.#byte()
    if (prefix >= 0x90 && prefix < 0xa0) return prefix - 0x90
    if (prefix === 0xdc) return this.#uint(2)
    throw OTHER
  }

  #ref(): number {
    const prefix = this.#byte()
    const ref =
      prefix < 0x80
        ? prefix
        : prefix === 0xcc
          ? this.#uint(1)
          : prefix === 0xcd
            ? this.#uint(2)
            : prefix === 0xce
              ? this.#uint(4)
              : 0
    if (ref === 0) throw OTHER
    return ref
  }

  #data(): Buffer {
    const prefix = this.#byte()
    if (prefix !== 0xc4 && prefix !== 0xc5 && prefix !== 0xc6) throw OTHER
    const length = this.#uint(prefix === 0xc4 ? 1 : prefix === 0xc5 ? 2 : 4)
    const start = this.#at
    this.#at += length
    if (this.#at > this.#bytes.length) throw OTHER
    return this.#bytes.subarray(start, this.#at)
  }

  #name(name: Name): string {
    const prefix = this.#byte()
    const length = prefix >= 0xa0 && prefix < 0xc0 ? prefix - 0xa0 : prefix === 0xd9 ? this.#uint(1) : 0
    const start = this.#at
    this.#at += length
    if (length === 0 || length > MAX_CHANNEL_NAME || this.#at > this.#bytes.length) throw OTHER
    return name.read(this.#bytes, start, this.#at)
  }

  /** Whether these bytes come next; goes on behind them if so. */
  #is(expected: Buffer): boolean {
    const { length } = expected
    for (let i = 0; i < length; i++) if (this.#bytes[this.#at + i] !== expected[i]) return false
    this.#at += length
    return true
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw OTHER
    return byte
  }

  #uint(size: 1 | 2 | 4): number {
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + this.#byte()
    return value
  }
}
