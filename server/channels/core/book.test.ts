import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Book, type Candidate } from './book'
import { readUpdate } from './read-update'

const ASKED = { seq: null }

function candidate(update: Uint8Array, userId = 'ana', ref = 1, writer = `writer-${userId}`): Candidate {
  const read = readUpdate(update)
  if (!read.ok) throw new Error(read.why)
  return { writer, ref, userId, shape: read.shape }
}

/** A document that records what it would send. */
function author(clientID: number) {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') updates.push(update)
  })
  return { doc, text: doc.getText('t'), updates, take: () => updates.splice(0).map((update) => update) }
}

function typed(clientID: number, ...words: string[]) {
  const { text, take } = author(clientID)
  for (const word of words) text.insert(text.length, word)
  return take()
}

function only<T>(items: readonly T[]): T {
  const [item] = items
  if (item === undefined || items.length !== 1) throw new Error(`${items.length} items`)
  return item
}

describe('Book', () => {
  test('[R3] takes what continues the log, committed or accepted', () => {
    const book = new Book()
    const [a, b, c] = typed(1, 'one', 'two', 'three').map((update, i) => candidate(update, 'ana', i + 1))
    if (!a || !b || !c) throw new Error('no updates')
    expect(book.judge(a, ASKED)).toEqual({ is: 'fresh' })
    book.accept(a)
    expect(book.judge(b, ASKED)).toEqual({ is: 'fresh' })
    book.accept(b)
    book.commit(1, a)
    expect(book.judge(c, ASKED)).toEqual({ is: 'fresh' })
  })

  test('[R3] refuses a gap and an overlap', () => {
    const book = new Book()
    const [a, b] = typed(1, 'one', 'two').map((update, i) => candidate(update, 'ana', i + 1))
    if (!a || !b) throw new Error('no updates')
    expect(book.judge(b, ASKED)).toMatchObject({ is: 'refused', code: 'gap' })
    book.commit(1, a)
    const again = candidate(typed(1, 'eins')[0] ?? new Uint8Array(), 'ana', 7)
    expect(book.judge(again, ASKED)).toMatchObject({ is: 'refused', code: 'overlap' })
  })

  test('[R4] refuses what builds on or deletes what is not there', () => {
    const ana = author(1)
    const bob = author(2)
    ana.text.insert(0, 'word')
    const first = only(ana.take())
    Y.applyUpdate(bob.doc, first, 'remote')
    bob.text.insert(2, '-')
    bob.text.delete(0, 1)
    const [insert, deletion] = bob.take().map((update, i) => candidate(update, 'bob', i + 1))
    if (!insert || !deletion) throw new Error('no updates')
    const book = new Book()
    expect(book.judge(insert, ASKED)).toMatchObject({ is: 'refused', code: 'gap' })
    expect(book.judge(deletion, ASKED)).toMatchObject({ is: 'refused', code: 'gap' })
    book.commit(1, candidate(first))
    expect(book.judge(insert, ASKED)).toEqual({ is: 'fresh' })
    expect(book.judge(deletion, ASKED)).toEqual({ is: 'fresh' })
  })

  test('[R5] a client id belongs to who used it first, committed or accepted', () => {
    const [a, b] = typed(1, 'one', 'two')
    if (!a || !b) throw new Error('no updates')
    const book = new Book()
    expect(book.accept(candidate(a))).toEqual([1])
    expect(book.judge(candidate(b, 'eve'), ASKED)).toMatchObject({ is: 'refused', code: 'forged' })
    book.commit(1, candidate(a))
    expect(book.judge(candidate(b, 'eve'), ASKED)).toMatchObject({ is: 'refused', code: 'forged' })
    expect(book.judge(candidate(b, 'ana', 2), ASKED)).toEqual({ is: 'fresh' })
  })

  test('[R6] a writer belongs to who used it first', () => {
    const [a] = typed(1, 'one')
    const [b] = typed(2, 'two')
    if (!a || !b) throw new Error('no updates')
    const book = new Book()
    book.commit(1, candidate(a, 'ana', 1, 'the-writer'))
    expect(book.judge(candidate(b, 'eve', 2, 'the-writer'), ASKED)).toMatchObject({ code: 'forged' })
  })

  test('[R7] the same key is answered, on its way or committed, and never stored again', () => {
    const a = candidate(only(typed(1, 'one')))
    const book = new Book()
    book.accept(a)
    expect(book.judge(a)).toEqual({ is: 'on its way' })
    book.commit(1, a)
    expect(book.judge(a)).toEqual({ is: 'doubtful' })
    expect(book.judge(a, { seq: 1 })).toEqual({ is: 'committed', seq: 1 })
  })

  test('[R8] doubts before it refuses', () => {
    const [a, b, c] = typed(1, 'one', 'two', 'three').map((update, i) => candidate(update, 'ana', i + 1))
    if (!a || !b || !c) throw new Error('no updates')
    const book = new Book()
    expect(book.judge(a)).toEqual({ is: 'doubtful' })
    book.commit(1, a)
    expect(book.judge(b)).toEqual({ is: 'fresh' })
    expect(book.judge(c)).toEqual({ is: 'doubtful' })
  })

  test('[R14] what was accepted and failed leaves nothing behind', () => {
    const [a, b] = typed(1, 'one', 'two').map((update, i) => candidate(update, 'ana', i + 1))
    if (!a || !b) throw new Error('no updates')
    const book = new Book()
    book.commit(1, a)
    book.accept(b)
    book.rollBack()
    expect(book.judge(b)).toEqual({ is: 'fresh' })
    expect(book.accept(candidate(only(typed(9, 'new')), 'bob'))).toEqual([9])
  })

  test('[R12] entries follow one another', () => {
    const book = new Book()
    expect(() => book.commit(2, candidate(only(typed(1, 'one'))))).toThrow()
  })

  test('[R4] updates of several clients integrate in any order that has no circle', () => {
    const ana = author(1)
    const bob = author(2)
    for (let i = 0; i < 20; i++) {
      const [writer, reader] = i % 2 ? [ana, bob] : [bob, ana]
      writer.text.insert(writer.text.length, `${i}`)
      Y.applyUpdate(reader.doc, Y.encodeStateAsUpdate(writer.doc), 'remote')
    }
    const whole = candidate(Y.encodeStateAsUpdate(ana.doc))
    expect(new Book().judge(whole, ASKED)).toEqual({ is: 'fresh' })
    const circle: Candidate = {
      ...whole,
      shape: {
        ranges: [
          { client: 1, start: 0, end: 2 },
          { client: 2, start: 0, end: 2 },
        ],
        needs: [
          { range: 0, clock: 0, client: 2, on: 1 },
          { range: 1, clock: 1, client: 1, on: 0 },
        ],
        deletes: [],
        words: new Set(),
      },
    }
    expect(new Book().judge(circle, ASKED)).toMatchObject({ is: 'refused', code: 'gap' })
  })

  test('[R3] [R4] whatever arrives in whatever order, what is taken never waits in a peer', () => {
    const step = fc.record({
      who: fc.nat(2),
      act: fc.constantFrom('insert', 'delete', 'hear'),
      at: fc.nat(50),
      merge: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.infiniteStream(fc.nat(1000)), (steps, order) => {
        const people = [author(1), author(2), author(3)] as const
        const sent: Candidate[] = []
        const bytes = new Map<Candidate, Uint8Array>()
        const send = (update: Uint8Array, who: number) => {
          const read = readUpdate(update)
          // Merging what was not sent in a row makes skips: those are refused when read.
          if (!read.ok) return
          const entry = { writer: `w${who}`, ref: sent.length + 1, userId: `u${who}`, shape: read.shape }
          sent.push(entry)
          bytes.set(entry, update)
        }
        for (const { who, act, at, merge } of steps) {
          const person = people[who] ?? people[0]
          const { text, doc } = person
          if (act === 'insert') text.insert(at % (text.length + 1), 'ab')
          if (act === 'delete' && text.length > 0) text.delete(at % text.length, 1)
          if (act === 'hear')
            Y.applyUpdate(doc, Y.encodeStateAsUpdate((people[at % 3] ?? people[1]).doc), 'remote')
          if (merge && person.updates.length > 1) send(Y.mergeUpdates(person.take()), who)
          else if (!merge) for (const update of person.take()) send(update, who)
        }
        const book = new Book()
        const peer = new Y.Doc()
        const waiting = [...sent]
        let seq = 0
        for (let i = 0; i < 4 * sent.length && waiting.length > 0; i++) {
          const [entry] = waiting.splice((order.next().value ?? 0) % waiting.length, 1)
          if (!entry) break
          if (book.judge(entry, ASKED).is !== 'fresh') {
            waiting.push(entry)
            continue
          }
          book.accept(entry)
          book.commit(++seq, entry)
          Y.applyUpdate(peer, bytes.get(entry) ?? new Uint8Array())
          expect(peer.store.pendingStructs).toBeNull()
          expect(peer.store.pendingDs).toBeNull()
        }
        expect(new Map(book.clocks)).toEqual(Y.decodeStateVector(Y.encodeStateVector(peer)))
      }),
      { numRuns: 300 },
    )
  })
})
