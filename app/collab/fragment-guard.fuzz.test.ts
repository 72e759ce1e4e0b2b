// @vitest-environment jsdom
/**
 * Three people restructure the same few lines at once, as no people would: no section may be taken for strange by it,
 * no editor may stay behind its document, and all end with the same. `GUARD_SEEDS` sets how many seeds are tried.
 */
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seededRandom } from '../../test/harness/seeded-random'
import { guarded } from '../components/editor/guarded'
import { FragmentGuard } from './fragment-guard'
import { documentExtensions, documentSchema } from './schema/extensions'

const SEEDS = Number(process.env.GUARD_SEEDS ?? 6)
const ROUNDS = 20

class Person {
  readonly doc = new Y.Doc()
  #isBehind = false
  readonly guard = new FragmentGuard(this.doc, 'summary', documentSchema())
  editor = this.#open()

  constructor() {
    this.guard.bindings.subscribe(() => {
      this.#isBehind = true
    })
  }

  get fragment(): string {
    return this.doc.getXmlFragment('summary').toJSON()
  }

  /** Without lines that hold none: an editor may show empty ones that the document does not have. */
  get words(): string {
    return this.editor.getText().replace(/\s+/g, '')
  }

  hear(other: Person): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)))
    // As a page does, when it renders next.
    if (this.#isBehind) this.editor = this.#open()
    this.#isBehind = false
  }

  end(): void {
    this.editor.destroy()
    this.guard.end()
  }

  #open(): Editor {
    const binding = Collaboration.configure({ document: this.doc, field: 'summary' })
    return new Editor({
      injectCSS: false,
      extensions: [...documentExtensions(), guarded(binding, this.guard)],
    })
  }
}

function act({ editor }: Person, random: () => number): void {
  const { size } = editor.state.doc.content
  const from = Math.floor(random() * size)
  const to = Math.min(size, from + Math.floor(random() * 12))
  const chain = editor.chain().setTextSelection({ from, to })
  const acts = [
    () => chain.insertContent('word '.slice(0, 1 + Math.floor(random() * 5))),
    () => chain.deleteSelection(),
    () => chain.toggleBulletList(),
    () => chain.toggleOrderedList(),
    () => chain.toggleBlockquote(),
    () => chain.toggleHeading({ level: 2 }),
    () => chain.splitBlock(),
    () => chain.splitListItem('listItem'),
    () => chain.sinkListItem('listItem'),
    () => chain.liftListItem('listItem'),
    () => chain.joinBackward(),
    () => chain.selectParentNode().deleteSelection(),
    () => chain.insertTable({ rows: 2, cols: 2, withHeaderRow: true }),
    () => chain.addRowAfter(),
    () => chain.deleteRow(),
    () => chain.deleteColumn(),
    () => chain.mergeCells(),
    () => chain.toggleBold(),
    () => chain.setHorizontalRule(),
    () => chain.setHardBreak(),
  ]
  try {
    acts[Math.floor(random() * acts.length)]?.().run()
  } catch {
    // Some commands do not like some selections; they changed nothing then.
  }
}

test.each(Array.from({ length: SEEDS }, (_, i) => i + 1))('seed %i', (seed) => {
  const random = seededRandom(seed)
  const people = [new Person(), new Person(), new Person()]
  const hearAll = () => {
    for (const one of people) for (const other of people) if (one !== other) one.hear(other)
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of people) for (let i = 0; i < 3; i++) act(one, random)
    // Tidying up is a change too, and is heard of.
    for (let i = 0; i < 3; i++) hearAll()
    for (const one of people) {
      expect(one.guard.strange.get(), one.fragment).toBe(false)
      expect(one.editor.isDestroyed).toBe(false)
      expect(one.fragment).toBe(people[0]?.fragment)
      expect(one.words).toBe(people[0]?.words)
    }
  }
  for (const one of people) one.end()
})
