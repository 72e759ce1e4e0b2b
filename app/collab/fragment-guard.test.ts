// @vitest-environment jsdom
import { Editor, type Extensions } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { guarded } from '../components/editor/guarded'
import { FragmentGuard } from './fragment-guard'
import { documentExtensions, documentSchema } from './schema/extensions'
import { textOf } from './schema/readable'

const open: { destroy(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

/** Two replicas that hear each other; the second has an editor open. */
function setUp(bound: 'guarded' | 'bare' = 'guarded') {
  const [writer, reader] = [new Y.Doc(), new Y.Doc()]
  writer.on(
    'update',
    (update: Uint8Array, origin) => origin !== 'wire' && Y.applyUpdate(reader, update, 'wire'),
  )
  reader.on(
    'update',
    (update: Uint8Array, origin) => origin !== 'wire' && Y.applyUpdate(writer, update, 'wire'),
  )
  const fragment = writer.getXmlFragment('summary')
  fragment.insert(0, [paragraph('Kept for ever')])
  const guard = new FragmentGuard(reader, 'summary', documentSchema())
  const binding = Collaboration.configure({ document: reader, field: 'summary' })
  const editorWith = (extensions: Extensions) =>
    new Editor({ injectCSS: false, extensions: [...documentExtensions(), ...extensions] })
  const editor = editorWith(bound === 'guarded' ? [guarded(binding, guard)] : [binding])
  open.push(editor)
  return { writer, reader, fragment, guard, editor, editorWith, binding }
}

function element(name: string, children: (Y.XmlElement | Y.XmlText)[] = [], attributes = {}): Y.XmlElement {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(0, children)
  return made
}
const paragraph = (text: string) => element('paragraph', [new Y.XmlText(text)])

const firstText = (at: Y.XmlFragment) => (at.get(0) as Y.XmlElement).firstChild as unknown as Y.XmlText

const STRANGE: Record<string, (fragment: Y.XmlFragment) => void> = {
  'an unknown node': (at) => at.insert(1, [element('video', [paragraph('in a video')])]),
  'an unknown node within a paragraph': (at) => (at.get(0) as Y.XmlElement).insert(1, [element('chip')]),
  'text where blocks belong': (at) => at.insert(1, [new Y.XmlText('loose')]),
  'a list item outside of a list': (at) => at.insert(1, [element('listItem', [paragraph('lost')])]),
  'a list without an item, with text': (at) => at.insert(1, [element('bulletList', [paragraph('lost')])]),
  'an unknown mark': (at) => firstText(at).format(0, 4, { blink: {} }),
  'an embed in a text': (at) => firstText(at).insertEmbed(2, { any: 'thing' }),
  'an unknown attribute': (at) => (at.get(0) as Y.XmlElement).setAttribute('mood', 'odd'),
  'a cell that spans a billion columns': (at) =>
    at.insert(1, [
      element('table', [element('tableRow', [element('tableCell', [paragraph('wide')], { colspan: 1e9 })])]),
    ]),
  'a hundred and more levels': (at) => {
    let inner = paragraph('deep')
    for (let i = 0; i < 120; i++) inner = element('blockquote', [inner])
    at.insert(1, [inner])
  },
}

describe('[R31] what an editor does not know', () => {
  it('is deleted for everybody by a bare binding: why there is a guard', () => {
    const { fragment } = setUp('bare')
    fragment.insert(1, [element('video', [paragraph('a colleague wrote this')])])
    expect(textOf(fragment)).toEqual(['Kept for ever'])
  })

  it.each(Object.entries(STRANGE))('%s: stays as it is while the editor is open', (_, put) => {
    const { writer, reader, fragment, guard, editor } = setUp()
    put(fragment)
    expect(guard.strange.get()).toBe(true)
    expect(editor.isDestroyed).toBe(true)
    expect(Y.encodeStateAsUpdate(reader)).toEqual(Y.encodeStateAsUpdate(writer))
    // Nothing more is done to it by what comes later.
    fragment.insert(0, [paragraph('Later')])
    expect(textOf(reader.getXmlFragment('summary'))[0]).toBe('Later')
    expect(reader.getXmlFragment('summary').toJSON()).toBe(fragment.toJSON())
  })

  it.each(Object.entries(STRANGE))('%s: is not bound when it is there already', (_, put) => {
    const { fragment, editorWith, binding, guard, editor } = setUp()
    editor.destroy()
    put(fragment)
    const before = fragment.toJSON()
    const later = editorWith([guarded(binding, guard)])
    open.push(later)
    later.commands.insertContent('typed')
    expect(fragment.toJSON()).toBe(before)
  })

  it('leaves other fragments alone, and is over when it is gone', () => {
    const { writer, reader, fragment, guard } = setUp()
    const other = new FragmentGuard(reader, 'risks', documentSchema())
    writer.getXmlFragment('risks').insert(0, [paragraph('A risk')])
    fragment.insert(1, [element('video')])
    expect([guard.strange.get(), other.strange.get()]).toEqual([true, false])
    fragment.delete(1)
    expect(guard.strange.get()).toBe(false)
  })
})

describe('what an editor knows', () => {
  it('is edited as before: the editor stays, and both see it', () => {
    const { fragment, editor, guard } = setUp()
    editor.commands.insertContent('<h2>Title</h2><ul><li><p>one</p></li></ul><p><b>bold</b></p>')
    editor.commands.insertTable({ rows: 2, cols: 2, withHeaderRow: true })
    fragment.insert(0, [paragraph('From elsewhere')])
    expect(guard.strange.get()).toBe(false)
    expect(editor.isDestroyed).toBe(false)
    expect(editor.getText()).toContain('From elsewhere')
  })

  it('what two people emptied at once is tidied up, not kept', () => {
    const { fragment, editor, guard } = setUp()
    fragment.insert(1, [element('bulletList', [element('listItem')])])
    expect(guard.strange.get()).toBe(false)
    expect(editor.isDestroyed).toBe(false)
    expect(fragment.toJSON()).not.toContain('bulletlist')
    expect(textOf(fragment)).toEqual(['Kept for ever'])
  })
})
