/** Reads lib0's encoding from bytes that nobody vouches for: every length is checked before it is used. */

/** Thrown while reading; never leaves `readUpdate`. */
export class Unreadable extends Error {
  readonly kind: 'malformed' | 'gap'

  constructor(message: string, kind: 'malformed' | 'gap' = 'malformed') {
    super(message)
    this.kind = kind
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Objects and arrays in a value may be nested this deep: a peer reads them by recursion. */
const MAX_DEPTH = 64

export class Bytes {
  #at = 0
  readonly #all: Uint8Array

  constructor(all: Uint8Array) {
    this.#all = all
  }

  atEnd(): boolean {
    return this.#at === this.#all.length
  }

  byte(): number {
    const value = this.#all[this.#at]
    if (value === undefined) throw new Unreadable('ends too early')
    this.#at++
    return value
  }

  /** An unsigned integer of variable length, at most 2^53 − 1. */
  uint(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const part = this.byte()
      value += (part & 0x7f) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable('a number is out of range')
      if (part < 0x80) return value
      scale *= 128
    }
  }

  skip(length: number): void {
    if (length > this.#all.length - this.#at) throw new Unreadable('ends too early')
    this.#at += length
  }

  /** Skips a string; gives its length in UTF-16 units, which is what Yjs counts. */
  skipString(): number {
    const length = this.uint()
    const start = this.#at
    this.skip(length)
    for (let i = start; i < this.#at; i++) {
      if ((this.#all[i] ?? 0) >= 0x80) return this.#text(start).length
    }
    return length
  }

  string(): string {
    const length = this.uint()
    const start = this.#at
    this.skip(length)
    return this.#text(start)
  }

  /** Skips a string if it reads exactly `word` (ASCII); otherwise stays where it is. */
  skipExactly(word: string): boolean {
    const start = this.#at
    if (this.uint() === word.length && [...word].every((c) => c.charCodeAt(0) === this.byte())) return true
    this.#at = start
    return false
  }

  /** Skips a string that a peer will hand to `JSON.parse`. */
  skipJson(): void {
    const length = this.uint()
    const start = this.#at
    this.skip(length)
    const text = this.#text(start)
    try {
      JSON.parse(text)
    } catch {
      throw new Unreadable('a value is not JSON')
    }
    // Shorter ones cannot be nested deeper than this, opening and closing.
    if (length > 2 * MAX_DEPTH && jsonDepth(text) > MAX_DEPTH)
      throw new Unreadable('a value is nested too deep')
  }

  /** Skips a value in lib0's `any` encoding. */
  skipAny(depth = 0): void {
    if (depth > MAX_DEPTH) throw new Unreadable('a value is nested too deep')
    const type = this.byte()
    switch (type) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return
      case 125:
        return void this.#skipInt()
      case 124: // float 32
        return void this.skip(4)
      case 123: // float 64
      case 122: // big integer
        return void this.skip(8)
      case 119:
        return void this.skipString()
      case 118: {
        for (let keys = this.uint(); keys > 0; keys--) {
          this.skipString()
          this.skipAny(depth + 1)
        }
        return
      }
      case 117: {
        for (let items = this.uint(); items > 0; items--) this.skipAny(depth + 1)
        return
      }
      case 116:
        return void this.skip(this.uint())
      default:
        throw new Unreadable('a value has an unknown type')
    }
  }

  /** A signed integer: the first byte holds a sign and six bits. */
  #skipInt(): void {
    if (this.byte() < 0x80) return
    // 6 + 7 × 7 bits are more than a safe integer holds.
    for (let i = 0; i < 7; i++) if (this.byte() < 0x80) return
    throw new Unreadable('a number is out of range')
  }

  #text(start: number): string {
    try {
      return utf8.decode(this.#all.subarray(start, this.#at))
    } catch {
      throw new Unreadable('a text is not UTF-8')
    }
  }
}

/** How deep brackets are nested in a text that is known to be JSON. */
function jsonDepth(json: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < json.length; i++) {
    const c = json[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '[' || c === '{') deepest = Math.max(deepest, ++depth)
    else if (c === ']' || c === '}') depth--
  }
  return deepest
}
