import { Node } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Mapping } from '@tiptap/pm/transform'
import {
  prosemirrorToYXmlFragment,
  updateYFragment,
  yXmlFragmentToProseMirrorRootNode,
} from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { documentSchema } from '../schema/extensions'
import { suggestionAt, suggestionsIn } from './in-text'
import { keepApart, type Proposer, propose } from './propose'
import { settle } from './settle'

const schema = documentSchema()

const documentOf = (...lines: string[]) =>
  Node.fromJSON(schema, {
    type: 'doc',
    content: lines.map((text) => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] })),
  })
const stateOf = (doc: Node) => EditorState.create({ doc, schema })

/** Somebody who suggests: their ids are told by the name. */
function proposer(name: string): Proposer {
  let count = 0
  return {
    newId: () => `${name}.${String(++count).padStart(8, '0')}`,
    isMine: (id) => id.startsWith(`${name}.`),
  }
}

function made(state: EditorState, who: Proposer, write: (tr: Transaction) => Transaction): EditorState {
  const proposal = propose(write(state.tr), state, who)
  if ('refused' in proposal) throw new Error(proposal.refused)
  return state.apply(proposal.tr)
}

const all = () => true
/** The text when all is settled, and where its places come to stand. */
function settling(doc: Node, verdict: 'accept' | 'reject', isMeant: (id: string) => boolean = all) {
  let state = stateOf(doc)
  const mapping = new Mapping()
  const dispatch = (tr: Transaction) => {
    state = state.apply(tr)
    mapping.appendMapping(tr.mapping)
  }
  settle(() => state, dispatch, verdict, isMeant)
  return { doc: state.doc, mapping }
}
const settled = (...asked: Parameters<typeof settling>) => settling(...asked).doc
const shown = (doc: Node) => suggestionsIn(doc).map(({ inserted, deleted }) => ({ inserted, deleted }))

const edit = fc.record({
  at: fc.nat(),
  length: fc.nat(6),
  words: fc.string({ maxLength: 5, unit: fc.constantFrom('a', 'b', ' ', 'é') }),
})

describe('what is suggested', () => {
  it('all accepted is what plain editing gives, all rejected is the text before', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const doc = documentOf('The mine opens in spring.')
        const who = proposer('a')
        let state = stateOf(doc)
        for (const { at, length, words } of edits) {
          // Where the words stand in the text as it would be accepted decides nothing: the same act on both.
          const size = state.doc.content.size - 2
          const from = 1 + (at % (size + 1))
          const to = Math.min(1 + size, from + length)
          const plain = settled(state.apply(state.tr).doc, 'accept')
          const { mapping } = settling(state.doc, 'accept')
          const gone = (pos: number) => mapping.map(pos)
          const expected = stateOf(plain).tr
          if (words) expected.insertText(words, gone(from), gone(to))
          else expected.delete(gone(from), gone(to))
          state = made(state, who, (tr) => (words ? tr.insertText(words, from, to) : tr.delete(from, to)))
          expect(settled(state.doc, 'accept').textContent).toBe(expected.doc.textContent)
          expect(settled(state.doc, 'reject').toJSON()).toEqual(doc.toJSON())
        }
      }),
      { numRuns: 200 },
    )
  })

  it('what one suggested oneself is really taken back; what another suggested is marked', () => {
    const [mine, theirs] = [proposer('a'), proposer('b')]
    let state = made(stateOf(documentOf('One two.')), mine, (tr) => tr.insertText(' and more', 4, 4))
    state = made(state, mine, (tr) => tr.delete(4, 8))
    expect(shown(state.doc)).toEqual([{ inserted: ' more', deleted: '' }])
    state = made(state, theirs, (tr) => tr.delete(4, 9))
    expect(shown(state.doc)).toEqual([
      { inserted: ' more', deleted: '' },
      { inserted: '', deleted: ' more' },
    ])
    expect(settled(state.doc, 'accept').textContent).toBe('One two.')
    expect(settled(state.doc, 'reject').textContent).toBe('One two.')
  })

  it('a word for another is one suggestion; those of two people stay two, side by side', () => {
    const [mine, theirs] = [proposer('a'), proposer('b')]
    let state = made(stateOf(documentOf('One two.')), mine, (tr) => tr.insertText('three', 5, 8))
    expect(shown(state.doc)).toEqual([{ inserted: 'three', deleted: 'two' }])
    state = made(state, theirs, (tr) => tr.insertText('!', 13, 13))
    expect(shown(state.doc)).toHaveLength(2)
    const first = suggestionsIn(state.doc)[0]?.id
    expect(settled(state.doc, 'accept', (id) => id === first).textContent).toBe('One three!.')
    expect(suggestionAt(state.doc, 6)).toBe(first)
  })

  it('the caret goes before what Backspace strikes and after what Delete strikes', () => {
    let state = stateOf(documentOf('abc'))
    state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 3)))
    const back = made(state, proposer('a'), (tr) => tr.delete(2, 3))
    const forth = made(state, proposer('a'), (tr) => tr.delete(3, 4))
    expect([back.selection.from, forth.selection.from]).toEqual([2, 4])
    const again = made(back, proposer('a'), (tr) => tr.delete(1, 2))
    expect(again.selection.from).toBe(1)
  })

  it('over several paragraphs the words are marked, the paragraphs stay, and it is said', () => {
    const state = stateOf(documentOf('One', 'Two'))
    const proposal = propose(state.tr.delete(2, 8), state, proposer('a'))
    expect(proposal).toMatchObject({ partly: expect.stringContaining('paragraphs stay') })
    expect('tr' in proposal && shown(proposal.tr.doc)).toEqual([{ inserted: '', deleted: 'neTw' }])
  })

  it.each([
    ['a paragraph that is parted', (tr: Transaction) => tr.split(2)],
    ['paragraphs that are joined', (tr: Transaction) => tr.join(5)],
    ['another look', (tr: Transaction) => tr.addMark(1, 3, schema.mark('bold'))],
    ['a heading', (tr: Transaction) => tr.setBlockType(1, 3, schema.node('heading').type)],
    ['a line break', (tr: Transaction) => tr.insert(2, schema.node('hardBreak'))],
    ['a line across', (tr: Transaction) => tr.insert(0, schema.node('horizontalRule'))],
  ])('%s is refused in words', (_what, write) => {
    const state = stateOf(documentOf('One', 'Two'))
    expect(propose(write(state.tr), state, proposer('a'))).toMatchObject({
      refused: expect.stringMatching(/suggest/),
    })
  })

  it('fixed width can be suggested to go', () => {
    const doc = Node.fromJSON(schema, {
      ...{ type: 'doc' },
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x = 1', marks: [{ type: 'code' }] }] }],
    })
    const state = made(stateOf(doc), proposer('a'), (tr) => tr.delete(1, 3))
    expect(settled(state.doc, 'reject').toJSON()).toEqual(doc.toJSON())
    expect(settled(state.doc, 'accept').textContent).toBe('= 1')
  })
})

describe('who writes plainly', () => {
  const suggested = made(stateOf(documentOf('One two.')), proposer('a'), (tr) =>
    tr.insertText(' and more', 4, 4),
  )

  it('beside a suggestion, writes plain text', () => {
    const tr = suggested.tr.insert(13, schema.text('!', suggested.doc.resolve(13).nodeBefore?.marks))
    expect(settled(keepApart(tr, proposer('b')).doc, 'reject').textContent).toBe('One! two.')
  })

  it('in the midst of another’s, suggests in their own name', () => {
    const tr = suggested.tr.insertText('XY', 6)
    const { doc } = keepApart(tr, proposer('b'))
    expect(settled(doc, 'reject').textContent).toBe('One two.')
    expect(suggestionsIn(doc).map(({ id, inserted }) => [id[0], inserted])).toEqual([
      ['a', ' and more'],
      ['b', 'XY'],
    ])
  })
})

describe('two people at once', () => {
  const read = (doc: Y.Doc) => yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment('s'), schema)

  function act(doc: Y.Doc, who: Proposer | null, write: (tr: Transaction) => Transaction) {
    const fragment = doc.getXmlFragment('s')
    const state = stateOf(read(doc))
    const next = who ? made(state, who, write) : state.apply(write(state.tr))
    updateYFragment(doc, fragment, next.doc, { mapping: new Map(), isOMark: new Map() })
  }
  const exchange = (a: Y.Doc, b: Y.Doc) => {
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
  }
  function pair(): [Y.Doc, Y.Doc] {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    prosemirrorToYXmlFragment(documentOf('The mine opens in spring.'), a.getXmlFragment('s'))
    exchange(a, b)
    return [a, b]
  }

  it.each([
    ['once', 1],
    ['again and again', 4],
  ])('who write at once, %s, end with the same text', (_often, most) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(edit, edit), { maxLength: most }), (rounds) => {
        const [a, b] = pair()
        const people = [proposer('a'), proposer('b')] as const
        for (const round of rounds) {
          for (const [index, doc] of [a, b].entries()) {
            const { at, length, words } = round[index] ?? { at: 0, length: 0, words: '' }
            const size = read(doc).content.size - 2
            const from = 1 + (at % (size + 1))
            const to = Math.min(1 + size, from + length)
            act(doc, people[index] ?? null, (tr) =>
              words ? tr.insertText(words, from, to) : tr.delete(from, to),
            )
          }
          exchange(a, b)
        }
        expect(read(a).toJSON()).toEqual(read(b).toJSON())
        if (most === 1) expect(settled(read(a), 'reject').textContent).toBe('The mine opens in spring.')
      }),
      { numRuns: 60 },
    )
  })

  it('a suggestion stays with its words while others write before them', () => {
    const [a, b] = pair()
    act(a, proposer('a'), (tr) => tr.insertText('autumn', 19, 25))
    act(b, null, (tr) => tr.insertText('In short: ', 1))
    exchange(a, b)
    expect(shown(read(b))).toEqual([{ inserted: 'autumn', deleted: 'spring' }])
    act(b, null, (tr) => tr.split(10))
    exchange(a, b)
    expect(shown(read(a))).toEqual([{ inserted: 'autumn', deleted: 'spring' }])
  })
})
