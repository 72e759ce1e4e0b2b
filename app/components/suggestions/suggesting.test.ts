// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentExtensions } from '../../collab/schema/extensions'
import { type Suggestion, suggestionsIn } from '../../collab/suggest/in-text'
import { settle } from '../../collab/suggest/settle'
import { DocumentUndo } from '../../collab/undo'
import { Suggesting } from './suggesting'

const open: Editor[] = []
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy()
})

function editorOf(doc: Y.Doc, name: string) {
  const undo = new DocumentUndo(doc)
  let count = 0
  const told: (readonly Suggestion[])[] = []
  const page = { isOn: false }
  const editor = new Editor({
    injectCSS: false,
    extensions: [
      ...documentExtensions(),
      Collaboration.configure({ document: doc, field: 's', yUndoOptions: { undoManager: undo } }),
      Suggesting.configure({
        fragment: 's',
        now: {
          isOn: () => page.isOn,
          newId: () => `${name}.${String(++count).padStart(8, '0')}`,
          isMine: (id) => id.startsWith(`${name}.`),
          colorOf: () => '#123456',
        },
        onPick: () => {},
        onSuggestions: (_, all) => told.push(all),
      }),
    ],
  })
  open.push(editor)
  return { editor, undo, told, page }
}

test('what is written in an open text while suggesting is proposed to everybody, and undone as written', () => {
  const doc = new Y.Doc()
  const here = editorOf(doc, 'a')
  here.editor.commands.insertContent('The mine opens in spring.')
  here.undo.stopCapturing()
  here.page.isOn = true
  here.editor.view.dispatch(here.editor.state.tr.insertText('autumn', 19, 25))
  const there = new Y.Doc()
  Y.applyUpdate(there, Y.encodeStateAsUpdate(doc))
  const other = editorOf(there, 'b')
  expect(suggestionsIn(other.editor.state.doc)).toMatchObject([{ inserted: 'autumn', deleted: 'spring' }])
  expect(other.told.at(-1)).toHaveLength(1)
  expect(other.editor.view.dom.querySelector('ins')?.textContent).toBe('autumn')
  expect(other.editor.view.dom.querySelector('del')?.textContent).toBe('spring')
  here.undo.undo()
  expect(here.editor.getText()).toBe('The mine opens in spring.')
  expect(suggestionsIn(here.editor.state.doc)).toEqual([])
  here.undo.redo()
  expect(suggestionsIn(here.editor.state.doc)).toHaveLength(1)
  settle(
    () => here.editor.state,
    (tr) => here.editor.view.dispatch(tr),
    'accept',
    () => true,
  )
  expect(here.editor.getText()).toBe('The mine opens in autumn.')
  Y.applyUpdate(there, Y.encodeStateAsUpdate(doc))
  expect(other.editor.getText()).toBe('The mine opens in autumn.')
})

test('what cannot be suggested leaves the text as it is', () => {
  const here = editorOf(new Y.Doc(), 'a')
  here.editor.commands.insertContent('One two.')
  here.page.isOn = true
  const before = here.editor.getJSON()
  here.editor.commands.splitBlock()
  here.editor.chain().selectAll().toggleBold().run()
  here.editor.commands.insertTable({ rows: 2, cols: 2 })
  here.editor.commands.toggleBulletList()
  expect(here.editor.getJSON()).toEqual(before)
  expect(here.told.at(-1)).toEqual([])
})

test('“- ” typed while suggesting is proposed as it was typed', () => {
  const here = editorOf(new Y.Doc(), 'a')
  here.page.isOn = true
  const { view } = here.editor
  for (const letter of ['-', ' ']) {
    const { from, to } = view.state.selection
    const isDone = view.someProp('handleTextInput', (handle) =>
      handle(view, from, to, letter, () => view.state.tr.insertText(letter, from, to)),
    )
    if (!isDone) view.dispatch(view.state.tr.insertText(letter, from, to))
  }
  expect(suggestionsIn(here.editor.state.doc)).toMatchObject([{ inserted: '- ', deleted: '' }])
})
