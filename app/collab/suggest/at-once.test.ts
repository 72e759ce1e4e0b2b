/** Several people suggest, write and settle in the same few letters at once: each suggestion stays with its letters. */
import { Node } from '@tiptap/pm/model'
import { EditorState, type Transaction } from '@tiptap/pm/state'
import {
  prosemirrorToYXmlFragment,
  updateYFragment,
  yXmlFragmentToProseMirrorRootNode,
} from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readUpdate } from '../../../server/channels/core/read-update'
import { newSuggestionId } from '../../domain/suggestion'
import { REMOTE } from '../origins'
import { documentSchema } from '../schema/extensions'
import { claimNew } from './claim-new'
import { type Kind, proposed } from './in-text'
import { SuggestionsTrue } from './keep-true'
import { lettersOf, nameOf } from './letters'
import { keepApart, propose } from './propose'
import { settle, type Verdict } from './settle'

const schema = documentSchema()
const BASE = 'abcdef'
/** Everything that is written later is of letters that occur once: from here on. */
const FIRST = 0x4e00
const RUNS = 60
const KINDS: readonly Kind[] = ['insert', 'delete']

type Act = {
  who: number
  what: 'suggest' | 'write' | 'accept' | 'reject'
  at: number
  over: number
  words: number
}
type Round = {
  acts: readonly Act[]
  meets: readonly (readonly [number, number])[]
  checks: readonly number[]
}

const rounds = (what: readonly Act['what'][], most: number) =>
  fc.array(
    fc.record({
      acts: fc.array(
        fc.record({
          who: fc.nat(2),
          what: fc.constantFrom(...what),
          at: fc.nat(20),
          over: fc.nat(3),
          words: fc.nat(2),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      meets: fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 4 }),
      checks: fc.array(fc.nat(2), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: most },
  )

const open: Person[] = []
afterEach(() => {
  for (const person of open.splice(0)) person.keep.end()
})

class Person {
  readonly doc = new Y.Doc()
  readonly keep = new SuggestionsTrue(this.doc, () => true)
  #count = 0

  constructor(readonly nth: number) {
    this.doc.clientID = 100 + nth
    open.push(this)
  }

  get text(): Node {
    return yXmlFragmentToProseMirrorRootNode(this.doc.getXmlFragment('s'), schema)
  }

  get identities(): Map<string, string> {
    const [paragraph] = this.doc.getXmlFragment('s').toArray()
    const [text] = paragraph instanceof Y.XmlElement ? paragraph.toArray() : []
    if (!(text instanceof Y.XmlText)) return new Map()
    const letters = [...text.toString().replace(/<[^>]*>/g, '')]
    return new Map(lettersOf(text).all.map((letter, index) => [letters[index] ?? '', nameOf(...letter)]))
  }

  newId = () => newSuggestionId(this.doc.clientID, [...String(++this.#count).padStart(12, '0')].map(Number))
  isMine = (id: string) => id.startsWith(this.doc.clientID.toString(36))

  /** As an editor does. */
  put(text: Node): void {
    const made = { mapping: new Map(), isOMark: new Map() }
    this.doc.transact(() => updateYFragment(this.doc, this.doc.getXmlFragment('s'), text, made), 'editor')
  }

  receive(other: Person): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), REMOTE)
  }
}

/** The suggestions over each letter, as `insert id`. */
function over(text: Node): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>()
  text.descendants((node) => {
    const marks = KINDS.flatMap((kind) => proposed(node, kind).map((id) => `${kind} ${id}`))
    for (const letter of node.text ?? '') all.set(letter, new Set(marks))
    return true
  })
  return all
}

/** What people did, by letter: the marks that somebody gave it, and those that somebody took from it. */
class Deeds {
  readonly given = new Map<string, Set<string>>()
  readonly taken = new Map<string, Set<string>>()

  see(before: Node, after: Node): void {
    const was = over(before)
    for (const [letter, marks] of over(after)) {
      for (const mark of marks) if (!was.get(letter)?.has(mark)) add(this.given, letter, mark)
      for (const mark of was.get(letter) ?? []) if (!marks.has(mark)) add(this.taken, letter, mark)
    }
  }
}

const add = (to: Map<string, Set<string>>, letter: string, mark: string) =>
  to.set(letter, (to.get(letter) ?? new Set<string>()).add(mark))

function play(all: readonly Round[]): { people: Person[]; deeds: Deeds; written: Set<string> } {
  const people = [0, 1, 2].map((nth) => new Person(nth))
  const [first] = people
  if (!first) throw new Error('somebody')
  const base = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: BASE }] }] }
  prosemirrorToYXmlFragment(Node.fromJSON(schema, base), first.doc.getXmlFragment('s'))
  for (const one of people) if (one !== first) one.receive(first)
  const deeds = new Deeds()
  const written = new Set<string>()
  let next = FIRST
  const meet = () => {
    for (const one of people) for (const other of people) if (one !== other) one.receive(other)
  }
  for (const { acts, meets, checks } of all) {
    for (const act of acts) {
      const person = people[act.who]
      const words = Array.from({ length: act.words }, () => String.fromCharCode(next++)).join('')
      const before = person?.text
      if (!person || !before) continue
      if (act.what === 'write') for (const letter of words) written.add(letter)
      for (const after of made(person, before, act, words)) {
        deeds.see(person.text, after)
        const was = person.identities
        person.put(after)
        for (const [letter, identity] of person.identities)
          if (was.has(letter)) expect([letter, identity]).toEqual([letter, was.get(letter)])
      }
    }
    for (const [one, other] of meets) {
      const [here, there] = [people[one], people[other]]
      if (here && there && here !== there) here.receive(there)
    }
    for (const nth of checks) people[nth]?.keep.check()
    meet()
    meet()
    // Somebody puts right what the meeting brought, before anybody acts on it.
    people[acts.length % 3]?.keep.check()
    meet()
  }
  // All in the same moment, and then, as each waits for a time of its own, one after the other.
  for (const { keep } of people) keep.check()
  meet()
  for (const { keep } of people) {
    keep.check()
    meet()
  }
  return { people, deeds, written }
}

/** What an act makes of the text, step by step. */
function* made(person: Person, text: Node, { what, at, over: length }: Act, words: string): Generator<Node> {
  const state = EditorState.create({ doc: text, schema })
  const size = text.content.size - 2
  const from = 1 + (at % (size + 1))
  const to = Math.min(1 + size, from + length)
  if (what === 'accept' || what === 'reject') {
    const ids = [...over(text).values()].flatMap((marks) => [...marks].map((mark) => mark.split(' ')[1]))
    const id = ids[at % Math.max(1, ids.length)]
    return yield* settling(text, what, (one) => one === id)
  }
  const plain = words ? state.tr.insertText(words, from, to) : state.tr.delete(from, to)
  const proposal = what === 'write' ? { tr: keepApart(plain, person) } : propose(plain, state, person)
  if ('tr' in proposal) yield proposal.tr.doc
}

const lettersIn = (text: Node) => text.textContent
/** The text, piece by piece, as it is settled. */
function settling(text: Node, verdict: Verdict, isMeant: (id: string) => boolean): Node[] {
  let state = EditorState.create({ doc: text, schema })
  const texts: Node[] = []
  const dispatch = (tr: Transaction) => {
    state = state.apply(tr)
    texts.push(state.doc)
  }
  settle(() => state, dispatch, verdict, isMeant)
  return texts
}
const settled = (text: Node, verdict: Verdict) =>
  lettersIn(settling(text, verdict, () => true).at(-1) ?? text)

describe('several people at once in the same few letters', () => {
  it.each([
    ['suggest', ['suggest'], 4],
    ['suggest and write', ['suggest', 'suggest', 'write'], 4],
    ['suggest, write, accept and reject', ['suggest', 'suggest', 'write', 'accept', 'reject'], 4],
  ] as const)('who %s: each suggestion is of the letters that its author gave it', (_, what, most) => {
    fc.assert(
      fc.property(rounds(what, most), (all) => {
        const { people, deeds } = play(all)
        const [first, ...others] = people.map(({ text }) => text)
        for (const other of others) expect(other.toJSON()).toEqual(first?.toJSON())
        for (const [letter, marks] of first ? over(first) : []) {
          const given = deeds.given.get(letter) ?? new Set()
          const taken = deeds.taken.get(letter) ?? new Set()
          // Nothing is proposed over a letter that nobody proposed over it.
          expect([letter, [...marks].filter((mark) => !given.has(mark))]).toEqual([letter, []])
          // Nothing that is proposed is lost, unless somebody settled it.
          expect([letter, [...given].filter((mark) => !marks.has(mark) && !taken.has(mark))]).toEqual([
            letter,
            [],
          ])
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('who only suggest: all rejected is the text before, all accepted is without what was struck', () => {
    fc.assert(
      fc.property(rounds(['suggest'], 4), (all) => {
        const { people, deeds } = play(all)
        const text = people[0]?.text
        if (!text) return
        expect(settled(text, 'reject')).toBe(BASE)
        const struck = (letter: string) =>
          [...(deeds.given.get(letter) ?? [])].some((mark) => mark.startsWith('delete'))
        const left = [...lettersIn(text)].filter((letter) => !struck(letter))
        expect(settled(text, 'accept')).toBe(left.join(''))
      }),
      { numRuns: RUNS },
    )
  })

  it('what somebody writes plainly is removed by no accepting and no rejecting', () => {
    fc.assert(
      fc.property(rounds(['suggest', 'write'], 3), (all) => {
        const { people, deeds, written } = play(all)
        const text = people[0]?.text
        if (!text) return
        for (const verdict of ['accept', 'reject'] as const) {
          const left = settled(text, verdict)
          for (const letter of lettersIn(text))
            if (written.has(letter) && !deeds.given.has(letter)) expect(left).toContain(letter)
        }
      }),
      { numRuns: RUNS },
    )
  })
})

it('a suggestion that an earlier version brings back is of the letters that came back', () => {
  const kenya = new Person(0)
  const portal = new Person(1)
  portal.keep.end()
  prosemirrorToYXmlFragment(
    Node.fromJSON(schema, {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: BASE }] }],
    }),
    kenya.doc.getXmlFragment('s'),
  )
  const state = EditorState.create({ doc: kenya.text, schema })
  const proposal = propose(state.tr.insertText('X', 2), state, kenya)
  if (!('tr' in proposal)) throw new Error(proposal.refused)
  kenya.put(proposal.tr.doc)
  portal.receive(kenya)
  const [paragraph] = portal.doc.getXmlFragment('s').toArray()
  const copy = paragraph?.clone()
  if (!(copy instanceof Y.XmlElement)) throw new Error('a paragraph')
  portal.doc.getXmlFragment('s').delete(0, 1)
  portal.doc.getXmlFragment('s').insert(0, [copy])
  claimNew(portal.doc, ['s'])
  kenya.receive(portal)
  kenya.keep.check()
  expect(settled(kenya.text, 'reject')).toBe(BASE)
  expect(over(kenya.text).get('X')?.size).toBe(1)
})

it('what is claimed is sent behind what it is of, and nothing is sent twice', () => {
  const kenya = new Person(0)
  const sent: Uint8Array[] = []
  kenya.doc.on('update', (update: Uint8Array) => sent.push(update))
  kenya.put(
    Node.fromJSON(schema, {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: BASE }] }],
    }),
  )
  for (const words of ['X', 'Y']) {
    const state = EditorState.create({ doc: kenya.text, schema })
    const proposal = propose(state.tr.insertText(words, 2, 3), state, kenya)
    if ('tr' in proposal) kenya.put(proposal.tr.doc)
  }
  let next = 0
  for (const update of sent) {
    const read = readUpdate(update)
    if (!read.ok) throw new Error(read.why)
    for (const { start, end } of read.shape.ranges) {
      expect(start).toBe(next)
      next = end
    }
  }
  const last = sent.at(-1)
  expect(
    last &&
      Y.decodeUpdate(last).structs.every(
        (one) => one instanceof Y.Item && one.content instanceof Y.ContentAny,
      ),
  ).toBe(true)
})
