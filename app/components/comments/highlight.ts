/**
 * Shows in a section's text which passages have comments. While one writes, the passages move along with the editor's own
 * steps; what comes from others, and an undo, is read anew from the shared document.
 */
import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { Editor } from '@tiptap/react'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { type ProsemirrorMapping, placeOf, type Shown, type Span, Words } from '../../collab/passage'
import type { Passage } from '../../domain/comment'

/** `isQuiet`: not marked in the text, as a thread that is resolved. */
export type ShownThread = { id: string; passage: Passage; isQuiet: boolean }
type Given = { threads: readonly ShownThread[]; active: string | null }
export type Spans = ReadonlyMap<string, Span | null>
type State = Given & { spans: Spans; marks: DecorationSet }

const commentsKey = new PluginKey<State>('comments')

type Options = {
  fragment: string
  /** Somebody clicked on a passage. */
  onPick: (thread: string) => void
  onPlaces: (fragment: string, spans: Spans) => void
}

export const CommentHighlight = Extension.create<Options>({
  name: 'commentHighlight',
  addOptions: () => ({ fragment: '', onPick: () => {}, onPlaces: () => {} }),
  addProseMirrorPlugins() {
    const { fragment, onPick, onPlaces } = this.options
    return [
      new Plugin<State>({
        key: commentsKey,
        state: {
          init: () => ({ threads: [], active: null, spans: new Map(), marks: DecorationSet.empty }),
          apply: (transaction, before, _old, state) => {
            const given: Given | undefined = transaction.getMeta(commentsKey)
            const isFromOthers = ySyncPluginKey.getState(state)?.isChangeOrigin === true
            if (!given && !transaction.docChanged) return before
            if (given || isFromOthers) {
              const next = given ?? before
              return stateOf(next, spansIn(state, fragment, next.threads), state)
            }
            const spans = new Map(
              [...before.spans].map(([id, span]): [string, Span | null] => {
                const moved = span && {
                  from: transaction.mapping.map(span.from, 1),
                  to: transaction.mapping.map(span.to, -1),
                }
                return [id, moved && moved.from < moved.to ? moved : null]
              }),
            )
            return stateOf(before, spans, state)
          },
        },
        view: () => ({
          update: ({ state }, old) => {
            const [now, then] = [commentsKey.getState(state), commentsKey.getState(old)]
            if (now && now.spans !== then?.spans) onPlaces(fragment, now.spans)
          },
        }),
        props: {
          decorations: (state) => commentsKey.getState(state)?.marks,
          handleClick: (_view, _pos, { target }) => {
            const mark = target instanceof Element ? target.closest<HTMLElement>('[data-thread]') : null
            if (mark?.dataset.thread) onPick(mark.dataset.thread)
            return false
          },
        },
      }),
    ]
  },
})

function stateOf({ threads, active }: Given, spans: Spans, state: EditorState): State {
  const marks = threads.flatMap(({ id, isQuiet }) => {
    const span = spans.get(id)
    if (!span || isQuiet) return []
    const name = id === active ? 'comment-passage comment-active' : 'comment-passage'
    return [Decoration.inline(span.from, span.to, { nodeName: 'mark', class: name, 'data-thread': id })]
  })
  return { threads, active, spans, marks: DecorationSet.create(state.doc, marks) }
}

/** What the editor's binding shows; null when it has none, as while it is let go of. */
export function shownIn(state: EditorState): Shown | null {
  const found: { type?: Y.XmlFragment; binding?: { mapping: ProsemirrorMapping } } =
    ySyncPluginKey.getState(state) ?? {}
  const { type: fragment, binding } = found
  return fragment && binding ? { fragment, mapping: binding.mapping, doc: state.doc } : null
}

function spansIn(state: EditorState, fragment: string, threads: readonly ShownThread[]): Spans {
  const shown = shownIn(state)
  const mine = threads.filter(({ passage }) => passage.fragment === fragment && passage.ranges.length > 0)
  if (!shown || mine.length === 0) return new Map()
  const words = new Words(shown.doc)
  return new Map(mine.map(({ id, passage }) => [id, placeOf(shown, passage, words)]))
}

/** Hands the threads of a text to one of its editors. */
export function showThreads(editor: Editor, given: Given): void {
  if (editor.isDestroyed || !commentsKey.getState(editor.state)) return
  editor.view.dispatch(editor.state.tr.setMeta(commentsKey, given).setMeta('addToHistory', false))
}

/** Where a thread's passage stands in an editor; null when it is not in it. */
export const spanOf = (editor: Editor, thread: string): Span | null =>
  (editor.isDestroyed ? null : commentsKey.getState(editor.state)?.spans.get(thread)) ?? null

/** The thread whose passage the caret stands in. */
export function threadAt(editor: Editor): string | null {
  const at = editor.state.selection.from
  for (const [id, span] of commentsKey.getState(editor.state)?.spans ?? [])
    if (span && span.from <= at && at <= span.to) return id
  return null
}
