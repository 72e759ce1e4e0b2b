// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Passage } from '../domain/comment'
import { passage as passageSchema } from '../domain/comment'
import { passageBetween, placeOf, type Shown } from './passage'
import { documentExtensions } from './schema/extensions'

const NAME = 'summary'
const open: Writer[] = []
afterEach(() => {
  for (const writer of open.splice(0)) writer.editor.destroy()
})

/** Somebody with the section open in an editor. */
class Writer {
  readonly doc = new Y.Doc()
  readonly editor = new Editor({
    injectCSS: false,
    extensions: [...documentExtensions(), Collaboration.configure({ document: this.doc, field: NAME })],
  })

  constructor() {
    open.push(this)
  }

  get shown(): Shown {
    const { binding } = ySyncPluginKey.getState(this.editor.state)
    return { fragment: this.doc.getXmlFragment(NAME), mapping: binding.mapping, doc: this.editor.state.doc }
  }

  hear(other: Writer): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)))
  }

  /** The passage of some words, as it is stored. */
  passage(words: string): Passage {
    const from = this.find(words)
    const made = passageBetween(this.shown, NAME, { from, to: from + words.length })
    return passageSchema.parse(JSON.parse(JSON.stringify(made)))
  }

  find(words: string): number {
    let at = -1
    this.editor.state.doc.descendants((node, pos) => {
      const index = node.isText ? (node.text ?? '').indexOf(words) : -1
      if (at < 0 && index >= 0) at = pos + index
    })
    if (at < 0) throw new Error(`“${words}” is not in the text`)
    return at
  }

  /** What stands where the passage is, blocks parted by |; null when it is gone. */
  read(passage: Passage): string | null {
    const span = placeOf(this.shown, passage)
    return span && this.editor.state.doc.textBetween(span.from, span.to, '|')
  }

  type(words: string, at: number): void {
    this.editor.view.dispatch(this.editor.state.tr.insertText(words, at))
  }

  remove(from: number, to: number): void {
    this.editor.view.dispatch(this.editor.state.tr.delete(from, to))
  }

  split(at: number): void {
    this.editor.view.dispatch(this.editor.state.tr.split(at))
  }
}

function two(html: string): [Writer, Writer] {
  const [one, other] = [new Writer(), new Writer()]
  one.editor.commands.setContent(html)
  other.hear(one)
  return [one, other]
}

const TEXT = '<p>The refinery at Mrima Hill makes cobalt sulphate for batteries.</p><p>It opens in 2031.</p>'

describe('a passage stays with its letters', () => {
  it('while others type before it, after it and in it', () => {
    const [one, other] = two(TEXT)
    const passage = one.passage('cobalt sulphate')
    other.type('In short: ', 1)
    other.type('crude ', other.find('sulphate'))
    other.type(' and magnets', other.find(' for batteries'))
    one.hear(other)
    expect([one.read(passage), other.read(passage)]).toEqual([
      'cobalt crude sulphate',
      'cobalt crude sulphate',
    ])
  })

  it('when a part of it is deleted', () => {
    const [one, other] = two(TEXT)
    const passage = one.passage('cobalt sulphate')
    const from = other.find('cobalt')
    other.remove(from, from + 'cobalt '.length)
    one.hear(other)
    expect(one.read(passage)).toBe('sulphate')
  })

  it('over more than one paragraph, and when one of them is deleted', () => {
    const [one, other] = two(TEXT)
    const [from, to] = [one.find('batteries'), one.find(' in 2031')]
    const passage = passageBetween(one.shown, NAME, { from, to })
    if (!passage) throw new Error('no passage')
    expect(passage.quote).toBe('batteries.\nIt opens')
    expect(one.read(passage)).toBe('batteries.|It opens')
    const first = other.editor.state.doc.child(0).nodeSize
    other.remove(0, first)
    one.hear(other)
    expect(one.read(passage)).toBe('It opens')
  })

  it('when its paragraph is parted before it, in it and after it', () => {
    for (const [place, stands] of [
      ['makes cobalt', 'cobalt sulphate'],
      ['sulphate', 'cobalt |sulphate'],
      ['batteries', 'cobalt sulphate'],
    ] as const) {
      const [one, other] = two(TEXT)
      const passage = one.passage('cobalt sulphate')
      other.split(other.find(place))
      one.hear(other)
      expect([place, one.read(passage), other.read(passage)]).toEqual([place, stands, stands])
    }
  })

  it('when its paragraph is joined to the one before', () => {
    const [one, other] = two(TEXT)
    const passage = one.passage('opens in 2031')
    other.editor.view.dispatch(other.editor.state.tr.join(other.editor.state.doc.child(0).nodeSize))
    one.hear(other)
    expect(one.read(passage)).toBe('opens in 2031')
  })

  it('when it becomes bold, a heading or a list', () => {
    const [one, other] = two(TEXT)
    const passage = one.passage('cobalt sulphate')
    const from = other.find('cobalt')
    other.editor
      .chain()
      .setTextSelection({ from, to: from + 6 })
      .toggleBold()
      .run()
    other.editor.chain().setTextSelection(from).toggleHeading({ level: 2 }).run()
    other.editor.chain().setTextSelection(from).setParagraph().toggleBulletList().run()
    one.hear(other)
    expect(one.read(passage)).toBe('cobalt sulphate')
  })

  it('when its deletion is undone', () => {
    const [one] = two(TEXT)
    const passage = one.passage('cobalt sulphate')
    const from = one.find('cobalt')
    yUndoPluginKey.getState(one.editor.state)?.undoManager.stopCapturing()
    one.remove(from, from + 'cobalt sulphate'.length)
    expect(one.read(passage)).toBeNull()
    one.editor.commands.undo()
    expect(one.read(passage)).toBe('cobalt sulphate')
  })
})

describe('a passage that was deleted', () => {
  it('is gone, and not taken for the same words elsewhere', () => {
    const [one, other] = two(`${TEXT}<p>Others make cobalt sulphate too.</p>`)
    const passage = one.passage('cobalt sulphate')
    const from = other.find('cobalt')
    other.remove(from, from + 'cobalt sulphate'.length)
    one.hear(other)
    expect([one.read(passage), other.read(passage)]).toEqual([null, null])
  })

  it('is gone with its section', () => {
    const [one, other] = two(TEXT)
    const passage = one.passage('cobalt')
    other.editor.commands.setContent('<p>All anew.</p>')
    one.hear(other)
    expect(one.read(passage)).toBeNull()
  })
})

it('ids that no document holds lead nowhere', () => {
  const [one] = two(TEXT)
  const nowhere = { item: { client: 9, clock: 9 }, assoc: 0 } as const
  const passage = { fragment: NAME, ranges: [{ from: nowhere, to: { ...nowhere, assoc: -1 as const } }] }
  expect(one.read({ ...passage, quote: 'x', before: '', after: '' })).toBeNull()
})

/** Marks the letters of the passage, so that what is left of them can be followed without Yjs. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
type Edit = { who: 0 | 1; at: number; length: number; words: string; does: 'type' | 'remove' | 'hear' }
const edit: fc.Arbitrary<Edit> = fc.record({
  who: fc.constantFrom(0, 1),
  at: fc.nat(),
  length: fc.integer({ min: 1, max: 9 }),
  words: fc.stringMatching(/^[a-z]{1,6}$/),
  does: fc.constantFrom('type', 'type', 'remove', 'hear'),
})

it('holds all of its letters that are left, and none that stood beside it, whatever two people do', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 6 }),
      fc.array(edit, { maxLength: 25 }),
      (start, length, edits) => {
        const writers = two(`<p>${LETTERS}</p><p>elsewhere</p>`)
        const mine = LETTERS.slice(start, start + length)
        const passage = writers[0].passage(mine)
        for (const { who, at, words, does, ...given } of edits) {
          const writer = writers[who]
          const end = writer.editor.state.doc.child(0).nodeSize - 1
          const from = 1 + (at % end)
          if (does === 'type') writer.type(words, from)
          else if (does === 'remove') writer.remove(from, Math.min(from + given.length, end))
          else writer.hear(writers[1 - who] as Writer)
        }
        writers[0].hear(writers[1])
        writers[1].hear(writers[0])
        const text = writers[0].editor.getText()
        const left = [...mine].filter((letter) => text.includes(letter)).join('')
        const reads = writers.map((writer) => writer.read(passage))
        expect(reads[1]).toBe(reads[0])
        const kept = (reads[0] ?? '').replace(/[a-z]/g, '')
        expect(kept).toBe(left)
        for (const { editor } of writers) editor.destroy()
      },
    ),
    { numRuns: Number(process.env.PASSAGE_RUNS ?? 40) },
  )
})
