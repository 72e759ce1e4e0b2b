import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readUpdate } from './read-update'

/** An update written by hand: `[R1]` is about bytes that Yjs would not write. */
function bytes(...values: (number | string)[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const value of values) {
    if (typeof value === 'number') encoding.writeVarUint(encoder, value)
    else encoding.writeVarString(encoder, value)
  }
  return encoding.toUint8Array(encoder)
}

const edit = fc.record({
  kind: fc.constantFrom('text', 'format', 'embed', 'map', 'array', 'delete', 'xml', 'nested'),
  at: fc.nat(1000),
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  value: fc.jsonValue({ maxDepth: 4 }),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

function apply(doc: Y.Doc, { kind, at, text, value }: Edit): void {
  const body = doc.getText('body')
  const place = at % (body.length + 1)
  const list = doc.getArray('list')
  const xml = doc.getXmlFragment('xml')
  doc.transact(() => {
    if (kind === 'text') body.insert(place, text)
    if (kind === 'format') body.format(0, body.length, { bold: at % 2 === 0 || null, link: { href: text } })
    if (kind === 'embed') body.insertEmbed(place, { image: text })
    if (kind === 'map') doc.getMap('fields').set(text, value)
    if (kind === 'array') list.insert(at % (list.length + 1), [value, 1.5, -3, at * 1e9, true, null])
    if (kind === 'delete' && body.length > place) body.delete(place, 1)
    if (kind === 'xml') xml.insert(0, [new Y.XmlElement('paragraph'), new Y.XmlText(text)])
    if (kind === 'nested') doc.getMap('fields').set(text, new Y.Map([['inner', new Uint8Array([at % 256])]]))
  })
}

/** Updates as replicas would send them, merged ones among them. */
function updatesOf(edits: readonly Edit[]): { updates: Uint8Array[]; doc: Y.Doc } {
  const docs = [new Y.Doc(), new Y.Doc()] as const
  const updates: Uint8Array[] = []
  for (const [i, doc] of docs.entries()) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'remote') return
      updates.push(update)
      Y.applyUpdate(docs[1 - i] ?? doc, update, 'remote')
    })
  }
  edits.forEach((edit, i) => {
    apply(docs[i % 2] ?? docs[0], edit)
  })
  return { updates, doc: docs[0] }
}

describe('[R1] readUpdate', () => {
  test('reads of every update what Yjs reads', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 30 }), (edits) => {
        const { updates, doc } = updatesOf(edits)
        for (const update of [...updates, Y.mergeUpdates(updates), Y.encodeStateAsUpdate(doc)]) {
          const read = readUpdate(update)
          if (!read.ok) throw new Error(read.why)
          const { from, to } = Y.parseUpdateMeta(update)
          expect(new Map(read.shape.ranges.map((range) => [range.client, range.start]))).toEqual(from)
          expect(new Map(read.shape.ranges.map((range) => [range.client, range.end]))).toEqual(to)
          const deleted = [...Y.decodeUpdate(update).ds.clients].map(([client, items]) => ({
            client,
            end: Math.max(...items.map((item) => item.clock + item.len)),
          }))
          expect(read.shape.deletes).toEqual(deleted)
        }
      }),
    )
  })

  test('[R31] names what kinds of content an update adds', () => {
    const doc = new Y.Doc()
    const element = new Y.XmlElement('paragraph')
    doc.getXmlFragment('summary').insert(0, [element])
    doc.getMap('fields').set('hook', new Y.XmlHook('counter'))
    element.insert(0, [new Y.XmlText('wörds')])
    doc.getText('body').insert(0, 'plain')
    doc.getText('body').format(0, 2, { bold: true })
    doc.getText('body').insertEmbed(0, {})
    doc.getMap('fields').set('stage', 'refining')
    doc.getMap('fields').set('inner', new Y.Map())
    const read = readUpdate(Y.encodeStateAsUpdate(doc))
    expect(read.ok && [...read.shape.words].sort()).toEqual(
      ['element paragraph', 'embed', 'hook counter', 'map', 'mark bold', 'xml text'].sort(),
    )
  })

  test('never throws, and what it lets through Yjs can decode', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
    const damaged = fc
      .tuple(fc.array(edit, { minLength: 1, maxLength: 8 }), damage, fc.nat())
      .map((given) => {
        const [edits, changes, cut] = given
        const update = Y.mergeUpdates(updatesOf(edits).updates).slice()
        for (const [at, value] of changes) update[at % update.length] = value
        return cut % 3 === 0 ? update.subarray(0, cut % update.length) : update
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged), (update) => {
        const read = readUpdate(update)
        if (read.ok) expect(() => Y.decodeUpdate(update)).not.toThrow()
      }),
      { numRuns: 3000 },
    )
  })

  test('refuses every cut-off update and every trailing byte', () => {
    const { updates } = updatesOf([
      { kind: 'text', at: 0, text: 'Lithium, Nickel, Kobalt – 鈷', value: null },
    ])
    const update = updates[0] ?? new Uint8Array()
    for (let length = 0; length < update.length; length++) {
      expect(readUpdate(update.subarray(0, length)).ok).toBe(false)
    }
    expect(readUpdate(Buffer.concat([update, Buffer.from([0])])).ok).toBe(false)
  })

  test.each([
    ['a count that nothing follows', bytes(2 ** 50)],
    ['structs that do not come', bytes(1, 2 ** 50, 1, 0)],
    ['an empty struct', bytes(1, 1, 1, 0, 0, 0, 0)],
    ['a client without structs', bytes(1, 0, 1, 0, 0)],
    ['a client twice', bytes(2, 1, 1, 0, 0, 1, 1, 1, 5, 0, 1, 0)],
    ['a clock beyond 2^53', bytes(1, 2, 1, 0, 0, Number.MAX_SAFE_INTEGER, 0, 1, 0)],
    ['a subdocument', bytes(1, 1, 1, 0, 9, 1, 'root', 'guid', 118, 0, 0)],
    ['an unknown type', bytes(1, 1, 1, 0, 7, 1, 'root', 7, 0)],
    ['an unknown content', bytes(1, 1, 1, 0, 11, 1, 'root', 0)],
    ['a parent of no kind', bytes(1, 1, 1, 0, 4, 2, 'root', 'x', 0)],
    ['JSON that is none', bytes(1, 1, 1, 0, 5, 1, 'root', '{', 0)],
    ['an empty deletion', bytes(0, 1, 1, 1, 0, 0)],
    ['a struct that builds on itself', bytes(1, 1, 1, 0, 0x84, 1, 0, 'x', 0)],
  ])('refuses %s', (_, update) => {
    expect(readUpdate(update)).toMatchObject({ ok: false, code: 'malformed' })
  })

  test('refuses text that is not UTF-8', () => {
    const update = Buffer.concat([bytes(1, 1, 1, 0, 4, 1, 'root'), Buffer.from([2, 0xc3, 0x28]), bytes(0)])
    expect(readUpdate(update)).toMatchObject({ ok: false, code: 'malformed' })
  })

  test('refuses what is nested so deep that a peer would run out of stack', () => {
    const nested = (values: number[]) =>
      Buffer.concat([bytes(1, 1, 1, 0, 8, 1, 'root', 1), Buffer.from(values), bytes(0)])
    const arrays = (depth: number) => nested([...Array.from({ length: depth }, () => [117, 1]).flat(), 126])
    expect(readUpdate(arrays(60)).ok).toBe(true)
    expect(readUpdate(arrays(400_000)).ok).toBe(false)
    const json = (depth: number) => bytes(1, 1, 1, 0, 5, 1, 'root', '['.repeat(depth) + ']'.repeat(depth), 0)
    expect(readUpdate(json(60)).ok).toBe(true)
    expect(readUpdate(json(200_000)).ok).toBe(false)
  })

  test('[R3] a skip inside an update is a gap', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const word of ['a', 'b', 'c']) doc.getText('t').insert(0, word)
    const [first, , third] = updates
    if (!first || !third) throw new Error('no updates')
    expect(readUpdate(Y.mergeUpdates([first, third]))).toMatchObject({ ok: false, code: 'gap' })
  })

  test('a megabyte of the smallest structs takes milliseconds', () => {
    const count = 500_000
    const structs = Buffer.alloc(2 * count)
    for (let i = 0; i < count; i++) structs[2 * i + 1] = 1
    const update = Buffer.concat([bytes(1, count, 1, 0), structs, bytes(0)])
    const started = performance.now()
    expect(readUpdate(update).ok).toBe(true)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
