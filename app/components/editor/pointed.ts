/**
 * Shows in a section's text the block to which the chair points. While one writes it moves along with the editor's own
 * steps; what comes from others is looked up anew in the shared document.
 */
import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { Editor } from '@tiptap/react'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { BlockId } from '../../domain/session/place'
import { shownIn } from '../comments/highlight'

type State = { block: BlockId | null; marks: DecorationSet }

const pointedKey = new PluginKey<State>('pointed')

export const PointedBlock = Extension.create({
  name: 'pointedBlock',
  addProseMirrorPlugins: () => [
    new Plugin<State>({
      key: pointedKey,
      state: {
        init: () => ({ block: null, marks: DecorationSet.empty }),
        apply: (transaction, before, _old, state) => {
          const given: { block: BlockId | null } | undefined = transaction.getMeta(pointedKey)
          if (given) return { ...given, marks: markOf(state, given.block) }
          if (!transaction.docChanged || !before.block) return before
          const isFromOthers = ySyncPluginKey.getState(state)?.isChangeOrigin === true
          const marks = isFromOthers
            ? markOf(state, before.block)
            : before.marks.map(transaction.mapping, transaction.doc)
          return { ...before, marks }
        },
      },
      props: { decorations: (state) => pointedKey.getState(state)?.marks },
    }),
  ],
})

function markOf(state: EditorState, block: BlockId | null): DecorationSet {
  const from = block && positionOf(state, block)
  const node = from === null ? null : state.doc.nodeAt(from)
  if (from === null || !node) return DecorationSet.empty
  return DecorationSet.create(state.doc, [
    Decoration.node(from, from + node.nodeSize, { class: 'pointed-block' }),
  ])
}

/** Where a block begins; null when it was deleted. */
function positionOf(state: EditorState, { client, clock }: BlockId): number | null {
  const shown = shownIn(state)
  const at = shown ? shown.fragment.toArray().findIndex((one) => isBlock(one, client, clock)) : -1
  if (at < 0 || at >= state.doc.childCount) return null
  let from = 0
  for (let nth = 0; nth < at; nth++) from += state.doc.child(nth).nodeSize
  return from
}

const isBlock = ({ _item: item }: { _item: Y.Item | null }, client: number, clock: number) =>
  item !== null && Y.compareIDs(item.id, Y.createID(client, clock))

/** Marks a block of an editor's text, or none. Out: its element and its words; null when it is not there. */
export function markPointed(
  editor: Editor,
  block: BlockId | null,
): { element: Element; words: string } | null {
  if (editor.isDestroyed || !pointedKey.getState(editor.state)) return null
  editor.view.dispatch(editor.state.tr.setMeta(pointedKey, { block }).setMeta('addToHistory', false))
  const from = block && positionOf(editor.state, block)
  if (from === null) return null
  const element = editor.view.nodeDOM(from)
  const words = editor.state.doc.nodeAt(from)?.textContent ?? ''
  return element instanceof Element ? { element, words } : null
}

/**
 * The block that somebody reads: in which the caret, or a selection, begins, where that is in sight; else the first one in
 * sight, as for whoever reads by keyboard and has no caret. Null where nothing of the text is in sight.
 * @param sight what is seen of the page, in its pixels
 */
export function blockRead(editor: Editor, sight: { top: number; bottom: number }): BlockId | null {
  if (editor.isDestroyed) return null
  const { state, view } = editor
  const seen: { nth: number; top: number }[] = []
  state.doc.forEach((_node, from, nth) => {
    const shown = view.nodeDOM(from)
    if (!(shown instanceof Element)) return
    const { top, bottom } = shown.getBoundingClientRect()
    if (bottom > sight.top && top < sight.bottom) seen.push({ nth, top })
  })
  const caret = state.selection.$from.index(0)
  const read = seen.find(({ nth }) => nth === caret) ?? seen.find(({ top }) => top >= sight.top) ?? seen[0]
  const item = read ? shownIn(state)?.fragment.get(read.nth)?._item : null
  return item ? { client: item.id.client, clock: item.id.clock } : null
}
