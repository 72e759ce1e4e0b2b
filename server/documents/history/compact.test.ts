/** [R33] A log and the same log compacted answer alike: for random work of several people, also while they are apart. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { placeOf } from '../../channels/core/places'
import type { PackedLog } from '../worker-protocol'
import { readChunk } from './chunk'
import { compact } from './compact'
import { unpackLog } from './packed-log'
import { momentsOf, replay } from './replay'
import { readBlocks } from './text-tree'

const BODY = 'body'
const PEOPLE = ['ann', 'bob', 'cy']

type Entry = PackedLog['lines'][number] & { data: Uint8Array }

const act = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom(
    'type',
    'type',
    'type',
    'type',
    'remove',
    'replace',
    'part',
    'bold',
    'field',
    'paragraph',
  ),
  place: fc.nat(1000),
  length: fc.integer({ min: 1, max: 9 }),
  /** Whether it reaches the others at once, or when the next that does reaches them. */
  apart: fc.boolean(),
  /** s */
  pause: fc.oneof({ weight: 8, arbitrary: fc.nat(9) }, fc.constantFrom(45, 400)),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** The log of what they did, a version that was brought back among it. */
function logOf(acts: readonly Act[]): {
  entries: Entry[]
  owners: [number, string][]
  restores: [number, number][]
} {
  const entries: Entry[] = []
  const owners: [number, string][] = []
  const refs = new Map<string, number>()
  let at = Date.parse('2026-11-24T08:00:30Z')
  const docs = PEOPLE.map((userId, nth) => {
    const doc = new Y.Doc()
    doc.clientID = nth + 1
    owners.push([doc.clientID, userId])
    doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin === 'log') return
      const writer = `writer-of-${userId}`
      const ref = (refs.get(writer) ?? 0) + 1
      refs.set(writer, ref)
      const seq = entries.length + 1
      entries.push({
        ...{ seq, userId, organizationId: `of ${userId}`, at, length: data.length },
        ...{ key: [writer, ref], data },
      })
    })
    return doc
  })
  const seen = docs.map(() => 0)
  const share = (who: number) => {
    const doc = docs[who]
    if (!doc) return
    for (const { data } of entries.slice(seen[who])) Y.applyUpdate(doc, data, 'log')
    seen[who] = entries.length
  }
  const write = (who: number, change: (body: Y.XmlFragment, doc: Y.Doc) => void) => {
    const doc = docs[who]
    doc?.transact(() => change(doc.getXmlFragment(BODY), doc))
  }
  write(0, (body) =>
    body.insert(0, [paragraph('Cobalt from the north, nickel from the south.'), paragraph('Two')]),
  )
  for (const who of [0, 1, 2]) share(who)
  for (const { who, what, place, length, apart, pause } of acts) {
    at += pause * 1000
    write(who, (body, doc) => perform(body, doc, what, place, length))
    if (!apart) for (const each of [0, 1, 2]) share(each)
  }
  return { entries, owners, restores: [] }
}

function perform(body: Y.XmlFragment, doc: Y.Doc, what: Act['what'], place: number, length: number): void {
  const all = body.toArray().flatMap((child) => (child instanceof Y.XmlElement ? [child] : []))
  const nth = place % Math.max(1, all.length)
  const text = all[nth]?.get(0)
  if (!(text instanceof Y.XmlText)) return void body.insert(0, [paragraph('New')])
  const at = place % (text.length + 1)
  const gone = Math.min(length, text.length - at)
  if (what === 'type') text.insert(at, 'nickel, ore '.slice(0, length))
  else if (what === 'remove' && gone > 0) text.delete(at, gone)
  else if (what === 'replace') {
    if (gone > 0) text.delete(at, gone)
    text.insert(at, 'tin')
  } else if (what === 'bold' && gone > 0) text.format(at, gone, { bold: place % 2 ? {} : null })
  else if (what === 'field') doc.getMap('fields').set(`f${place % 2}`, length)
  else if (what === 'paragraph') body.insert(nth, [paragraph('x'.repeat(length))])
  else if (what === 'part' && gone > 0) {
    const tail = text.toString().replaceAll(/<[^>]*>/g, '')
    text.delete(at, text.length - at)
    body.insert(nth + 1, [paragraph(tail.slice(at))])
  }
}

function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

function pack(
  { entries, owners, restores }: ReturnType<typeof logOf>,
  chunks: Uint8Array[] = [],
  after = 0,
): PackedLog {
  const rest = entries.filter(({ seq }) => seq > after)
  return {
    ...{ chunks, owners, restores },
    data: Buffer.concat(rest.map(({ data }) => data)),
    lines: rest.map(({ data: _, ...line }) => line),
  }
}

/** Everything that the history says: sittings, and at each moment every run of text with who wrote and who moved it. */
function told(log: PackedLog, moments: readonly number[]) {
  const texts = new Map<number, unknown>()
  const lines = unpackLog(log)
  const sittings = replay(
    { lines, owners: new Map(log.owners) },
    new Set(moments),
    (seq, doc, authorship) => {
      texts.set(seq, { blocks: readBlocks(doc, BODY, authorship), fields: doc.getMap('fields').toJSON() })
    },
  )
  // Two who write in one word in one minute: whose word it was depends on whose letters come first.
  return { sittings: sittings.map(({ came: _, went: __, ...sitting }) => sitting), texts }
}

describe('[R33] a compacted log', () => {
  test('says the same of every passage at every moment, merged once or bit by bit', () => {
    fc.assert(
      fc.property(
        fc.array(act, { minLength: 1, maxLength: 60 }),
        fc.array(fc.nat(60), { maxLength: 2 }),
        fc.array(fc.nat(60), { maxLength: 2 }),
        fc.array(fc.nat(60), { maxLength: 2 }),
        (acts, cuts, named, brought) => {
          const made = logOf(acts)
          const head = made.entries.length
          for (const seq of brought) made.restores.push([Math.min(seq + 2, head), 1])
          const pins = named.map((seq) => Math.min(seq + 1, head))
          const moments = [...new Set([0, ...momentsOf(unpackLog(pack(made))), ...pins, head])]
          const before = told(pack(made), moments)
          const chunks: Uint8Array[] = []
          let done = 0
          for (const upTo of [...cuts.sort((a, b) => a - b), head - 1]) {
            const compacted = compact({ log: pack(made, chunks, done), upTo, pins })
            if (!compacted) continue
            expect(compacted.first).toBe(done + 1)
            chunks.push(compacted.chunk)
            done = compacted.last
            expect(told(pack(made, chunks, done), moments)).toEqual(before)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  test('a version that was brought back stays a moment of its own, before and after', () => {
    const calm = { place: 2, length: 4, apart: false, pause: 1 }
    const made = logOf([
      ...Array.from({ length: 6 }, () => ({ who: 0, what: 'remove' as const, ...calm })),
      ...Array.from({ length: 3 }, () => ({ who: 0, what: 'type' as const, ...calm })),
    ])
    made.restores.push([7, 1], [8, 1])
    const moments = momentsOf(unpackLog(pack(made)))
    expect(moments).toEqual([6, 8, 10])
    const compacted = compact({ log: pack(made), upTo: 9, pins: [1] })
    const chunk = [compacted?.chunk ?? new Uint8Array()]
    expect(told(pack(made, chunk, 9), [1, ...moments])).toEqual(told(pack(made), [1, ...moments]))
  })

  test('keeps the seq of every key', () => {
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 40 }), (acts) => {
        const made = logOf(acts)
        const writers = compact({ log: pack(made), upTo: made.entries.length, pins: [] })?.writers ?? []
        for (const { seq, key, userId } of made.entries) {
          const kept = writers.find(({ writer }) => writer === key?.[0])
          expect(kept?.userId).toBe(userId)
          expect(placeOf(kept?.places ?? new Uint8Array(), key?.[1] ?? 0)).toBe(seq)
          expect(kept?.refs.some(([from, to]) => (key?.[1] ?? 0) >= from && (key?.[1] ?? 0) < to)).toBe(true)
        }
      }),
      { numRuns: 50 },
    )
  })

  test('ten thousand letters of one person in ten minutes become ten records, and a few bytes each', () => {
    const doc = new Y.Doc()
    const made: ReturnType<typeof logOf> = { entries: [], owners: [[doc.clientID, 'ann']], restores: [] }
    doc.on('update', (data: Uint8Array) => {
      const seq = made.entries.length + 1
      const at = Date.parse('2026-11-24T08:00:00Z') + seq * 60
      made.entries.push({
        ...{ seq, userId: 'ann', organizationId: 'ke', at, length: data.length },
        ...{ key: ['w', seq], data },
      })
    })
    const text = doc.getXmlFragment(BODY)
    text.insert(0, [paragraph('')])
    const inner = text.get(0)
    const letters = inner instanceof Y.XmlElement ? inner.get(0) : null
    if (!(letters instanceof Y.XmlText)) throw new Error('no text')
    for (let i = 0; i < 10_000; i++) letters.insert(i, 'abcdefgh'.charAt(i % 8))
    const compacted = compact({ log: pack(made), upTo: 10_000, pins: [] })
    const records = readChunk(compacted?.chunk ?? new Uint8Array())
    expect(records.length).toBeLessThanOrEqual(11)
    expect(compacted?.chunk.length).toBeLessThan(1000)
  })
})
