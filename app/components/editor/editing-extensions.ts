/** What an open page adds to a document's schema: links with labels, search marks, keys of tables and notes. */
import { type AnyExtension, Extension } from '@tiptap/core'
import { search } from 'prosemirror-search'
import { PortalLinkViews } from './portal-link-view'

const SearchMarks = Extension.create({
  name: 'searchMarks',
  addProseMirrorPlugins: () => [search()],
})

/** Shown in the keyboard's help. */
export const TABLE_KEYS = [
  ['Row below, in a table', 'Alt+Shift+ArrowDown'],
  ['Row above', 'Alt+Shift+ArrowUp'],
  ['Column after', 'Alt+Shift+ArrowRight'],
  ['Column before', 'Alt+Shift+ArrowLeft'],
  ['Delete the row', 'Alt+Shift+Backspace'],
  ['Delete the column', 'Alt+Shift+Delete'],
] as const

const TableKeys = Extension.create({
  name: 'tableKeys',
  addKeyboardShortcuts() {
    const within = (run: () => boolean) => () => this.editor.isActive('table') && run()
    return {
      'Alt-Shift-ArrowDown': within(() => this.editor.commands.addRowAfter()),
      'Alt-Shift-ArrowUp': within(() => this.editor.commands.addRowBefore()),
      'Alt-Shift-ArrowRight': within(() => this.editor.commands.addColumnAfter()),
      'Alt-Shift-ArrowLeft': within(() => this.editor.commands.addColumnBefore()),
      'Alt-Shift-Backspace': within(() => this.editor.commands.deleteRow()),
      'Alt-Shift-Delete': within(() => this.editor.commands.deleteColumn()),
    }
  },
})

export const editingExtensions = (): AnyExtension[] => [PortalLinkViews, SearchMarks, TableKeys]
