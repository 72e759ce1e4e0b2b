/**
 * Reads the structure of a Yjs update (v1) and skips its content: what it adds, what that builds on, what it
 * deletes. Nothing is built from the content, so reading costs no more memory than the update itself.
 *
 * Update = structs by client, then the delete set:
 *   count of clients, each: count of structs, client, first clock, structs
 *   struct: info byte; origin; right origin; parent; key; content, by the bits of info
 *   count of clients, each: client, count of ranges, ranges of (clock, length)
 */
import { Bytes, Unreadable } from './bytes'

/** What a client adds: clocks `start` … `end` − 1, without a hole. */
export type Range = { client: number; start: number; end: number }

/** The struct at `clock` of `ranges[range]` builds on `needs`' clock, which is another client's. */
export type Need = { range: number; clock: number; client: number; on: number }

export type UpdateShape = {
  ranges: readonly Range[]
  /** In the order of the ranges and of their clocks. */
  needs: readonly Need[]
  /** For each client named in the delete set: the clock after the last one deleted. */
  deletes: readonly { client: number; end: number }[]
  /** What kinds of content it adds, as `element paragraph`, `mark bold`, `map`: plain text and values are not named. */
  words: ReadonlySet<string>
}

export type ReadUpdate =
  | { ok: true; shape: UpdateShape }
  | { ok: false; code: 'malformed' | 'gap'; why: string }

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_KEY = 0x20
const KIND = 0x1f
const GARBAGE_COLLECTED = 0
const SKIP = 10
const NO_WORDS: ReadonlySet<string> = new Set()
/** Types that a `ContentType` may name; two of them carry a node name. */
const TYPES = ['array', 'map', 'text', 'element', 'fragment', 'hook', 'xml text'] as const
const NAMED_TYPES: readonly string[] = ['element', 'hook']

/**
 * Reads `update`. Refuses what Yjs itself would never write and what some peer could not read: lengths beyond the
 * end, trailing bytes, numbers beyond 2^53 − 1, empty structs, one client twice, skips, subdocuments.
 */
export function readUpdate(update: Uint8Array): ReadUpdate {
  try {
    return { ok: true, shape: read(new Bytes(update)) }
  } catch (error) {
    if (error instanceof Unreadable)
      return { ok: false, code: error.kind, why: `The update ${phrase(error)}.` }
    throw error
  }
}

const phrase = (error: Unreadable) =>
  error.message === 'ends too early' ? error.message : `cannot be read: ${error.message}`

function read(bytes: Bytes): UpdateShape {
  const ranges: Range[] = []
  const needs: Need[] = []
  const found: Found = { needs, words: null }
  for (let clients = bytes.uint(); clients > 0; clients--) {
    let structs = bytes.uint()
    if (structs === 0) throw new Unreadable('a client adds nothing')
    const range = { client: bytes.uint(), start: 0, end: 0 }
    range.start = range.end = bytes.uint()
    const index = ranges.push(range) - 1
    for (; structs > 0; structs--) {
      const length = readStruct(bytes, found, index, range)
      if (length === 0) throw new Unreadable('a struct is empty')
      range.end += length
      if (range.end > Number.MAX_SAFE_INTEGER) throw new Unreadable('a number is out of range')
    }
  }
  if (ranges.length > 1 && new Set(ranges.map((range) => range.client)).size < ranges.length) {
    throw new Unreadable('a client is listed twice')
  }
  const deletes = readDeletes(bytes)
  if (!bytes.atEnd()) throw new Unreadable('bytes follow its end')
  return { ranges, needs, deletes, words: found.words ?? NO_WORDS }
}

/** Most updates are typing: they hold no words. */
type Found = { needs: Need[]; words: Set<string> | null }

function note(found: Found, word: string): void {
  found.words ??= new Set()
  found.words.add(word)
}

/** Reads one struct at `range.end`; gives its length in clocks. */
function readStruct(bytes: Bytes, found: Found, index: number, range: Range): number {
  const { needs } = found
  const info = bytes.byte()
  if (info === GARBAGE_COLLECTED) return bytes.uint()
  if ((info & KIND) === SKIP) throw new Unreadable('it skips clocks', 'gap')
  if (info & HAS_ORIGIN) readNeed(bytes, needs, index, range)
  if (info & HAS_RIGHT_ORIGIN) readNeed(bytes, needs, index, range)
  if (!(info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN))) {
    const named = bytes.uint()
    if (named === 1) bytes.skipString()
    else if (named === 0) readNeed(bytes, needs, index, range)
    else throw new Unreadable('a parent is of no known kind')
    if (info & HAS_KEY) bytes.skipString()
  }
  return skipContent(bytes, info & KIND, found)
}

function readNeed(bytes: Bytes, needs: Need[], index: number, range: Range): void {
  const client = bytes.uint()
  const on = bytes.uint()
  if (client !== range.client) needs.push({ range: index, clock: range.end, client, on })
  // Its own earlier clocks are there when the range itself starts where the log ends.
  else if (on >= range.end) throw new Unreadable('a struct builds on a later one')
}

function skipContent(bytes: Bytes, kind: number, found: Found): number {
  switch (kind) {
    case 1: // deleted
      return bytes.uint()
    case 2: {
      const count = bytes.uint()
      for (let i = 0; i < count; i++) skipJsonOrUndefined(bytes)
      return count
    }
    case 3: // binary
      bytes.skip(bytes.uint())
      return 1
    case 4: // text
      return bytes.skipString()
    case 5: // embed
      bytes.skipJson()
      note(found, 'embed')
      return 1
    case 6: // format
      note(found, `mark ${bytes.string()}`)
      bytes.skipJson()
      return 1
    case 7: {
      const type = TYPES[bytes.uint()]
      if (!type) throw new Unreadable('a type is unknown')
      note(found, NAMED_TYPES.includes(type) ? `${type} ${bytes.string()}` : type)
      return 1
    }
    case 8: {
      const count = bytes.uint()
      for (let i = 0; i < count; i++) bytes.skipAny()
      return count
    }
    case 9:
      throw new Unreadable('it holds a document within the document')
    default:
      throw new Unreadable('a struct is of no known kind')
  }
}

/** Yjs before version 13 wrote `undefined` where JSON has no word for it; it still reads that. */
function skipJsonOrUndefined(bytes: Bytes): void {
  if (!bytes.skipExactly('undefined')) bytes.skipJson()
}

function readDeletes(bytes: Bytes): UpdateShape['deletes'] {
  const deletes: { client: number; end: number }[] = []
  for (let clients = bytes.uint(); clients > 0; clients--) {
    const entry = { client: bytes.uint(), end: 0 }
    for (let ranges = bytes.uint(); ranges > 0; ranges--) {
      const end = bytes.uint() + readLength(bytes)
      if (end > Number.MAX_SAFE_INTEGER) throw new Unreadable('a number is out of range')
      entry.end = Math.max(entry.end, end)
    }
    deletes.push(entry)
  }
  return deletes
}

function readLength(bytes: Bytes): number {
  const length = bytes.uint()
  if (length === 0) throw new Unreadable('a deletion is empty')
  return length
}
