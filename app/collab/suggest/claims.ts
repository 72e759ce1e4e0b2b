/**
 * What everybody's browser wrote down of suggestions: which letters each is of. Yjs keeps a mark as two borders in the
 * text; what others write at the same moment between them, or what moves one of them, would be covered or uncovered by
 * it. A letter's own identity tells. Each browser writes entries of its own, which others only read; names and values are
 * stored for ever.
 */
import * as Y from 'yjs'
import type { Letter } from './letters'

const CLAIMS = 'suggested'

/** Clocks of one client, without the last. */
type Range = [client: number, from: number, to: number]

/** `id`: of the suggestion; `on`: letters that got the mark; `off`: of these, letters from which somebody took it again. */
type Entry = { id: string; on: number[]; off: number[] }

/** What is claimed of one mark. */
export type Claim = { value: { id: string }; on: Ranges; off: Ranges }

export const claimsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(CLAIMS)

/** Every claim, by the mark's key in the text; entries that cannot be read claim nothing. */
export function readClaims(doc: Y.Doc): Map<string, Claim> {
  const claims = new Map<string, Claim>()
  for (const [name, value] of claimsOf(doc)) {
    const entry = entryOf(value)
    const [key = ''] = name.split(' ')
    if (!entry || !key) continue
    const claim = claims.get(key) ?? { value: { id: entry.id }, on: new Ranges(), off: new Ranges() }
    claims.set(key, claim)
    claim.on.addAll(entry.on)
    claim.off.addAll(entry.off)
  }
  return claims
}

/** The marks of which anything is claimed, by their keys in the text. */
export const claimedKeys = (doc: Y.Doc): Set<string> =>
  new Set([...claimsOf(doc).keys()].map((name) => name.split(' ')[0] ?? ''))

/** Adds to this browser's own entry of a mark. */
export function claim(
  doc: Y.Doc,
  key: string,
  id: string,
  { on, off }: { on: Iterable<Letter>; off: Iterable<Letter> },
): void {
  const map = claimsOf(doc)
  const name = `${key} ${doc.clientID.toString(36)}`
  const before = entryOf(map.get(name)) ?? { id, on: [], off: [] }
  const next = { id, on: joined(doc, before.on, on), off: joined(doc, before.off, off) }
  if (JSON.stringify(next) !== JSON.stringify(before)) map.set(name, next)
}

function joined(doc: Y.Doc, before: readonly number[], letters: Iterable<Letter>): number[] {
  const ranges: Range[] = [...rangesOf(before)]
  for (const [client, clock] of letters) ranges.push([client, clock, clock + 1])
  ranges.sort(([a, from], [b, start]) => a - b || from - start)
  const out: Range[] = []
  for (const range of ranges) {
    const last = out.at(-1)
    if (last && last[0] === range[0] && (range[1] <= last[2] || holdsNoText(doc, last, range)))
      last[2] = Math.max(last[2], range[2])
    else out.push([...range])
  }
  return out.flat()
}

/** Between two letters that are typed one after the other stand a mark's borders and the claims themselves: a few clocks. */
const MOST_BETWEEN = 12

function holdsNoText({ store }: Y.Doc, [client, , from]: Range, [, to]: Range): boolean {
  if (to - from > MOST_BETWEEN) return false
  for (let clock = from; clock < to; ) {
    const item = Y.getItem(store, Y.createID(client, clock))
    if (item instanceof Y.Item && !item.deleted && item.content instanceof Y.ContentString) return false
    clock = item.id.clock + item.length
  }
  return true
}

function* rangesOf(numbers: readonly number[]): Generator<Range> {
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    const [client, from, to] = numbers.slice(at, at + 3)
    if (client !== undefined && from !== undefined && to !== undefined) yield [client, from, to]
  }
}

function entryOf(value: unknown): Entry | null {
  if (typeof value !== 'object' || value === null || !('id' in value && 'on' in value && 'off' in value))
    return null
  const { id, on, off } = value
  return typeof id === 'string' && isNumbers(on) && isNumbers(off) ? { id, on, off } : null
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one))

class Ranges {
  readonly #byClient = new Map<number, Range[]>()

  addAll(numbers: readonly number[]): void {
    for (const range of rangesOf(numbers)) {
      const held = this.#byClient.get(range[0])
      if (held) held.push(range)
      else this.#byClient.set(range[0], [range])
    }
  }

  /** Whether it reaches into one of the spans of clocks, by client. */
  meets(spans: ReadonlyMap<number, { from: number; to: number }>): boolean {
    for (const [client, ranges] of this.#byClient) {
      const span = spans.get(client)
      if (span && ranges.some(([, from, to]) => from < span.to && span.from < to)) return true
    }
    return false
  }

  has([client, clock]: Letter): boolean {
    return this.#byClient.get(client)?.some(([, from, to]) => from <= clock && clock < to) ?? false
  }
}
