/**
 * What is proposed in a section's text: shown in its author's colour, and made of what one writes while suggesting is on.
 * Whatever comes from others, and an undo, passes as it is.
 */
import { Extension } from '@tiptap/core'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { Editor } from '@tiptap/react'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { piecesIn, proposed, type Suggestion, suggestionsIn } from '../../collab/suggest/in-text'
import { isSuggestion, keepApart, type Proposer, propose } from '../../collab/suggest/propose'
import { SETTLES } from '../../collab/suggest/settle'
import { SUGGESTED_INSERT } from '../../domain/suggestion'
import { toast } from '../ui/toast'

/** What an editor asks while it runs: the same object as long as the page is open. */
export type SuggestingNow = Proposer & {
  /** What one writes becomes a proposal. */
  isOn: () => boolean
  /** Of a suggestion's author; null where none is known yet. */
  colorOf: (id: string) => string | null
}

/** Somebody else is looked at, or an author became known: drawn anew. */
const REDRAW = 'suggestions are drawn anew'
type Drawn = { active: string | null; marks: DecorationSet }
const suggestionsKey = new PluginKey<Drawn>('suggestions')

type Options = {
  fragment: string
  now: SuggestingNow
  onPick: (id: string) => void
  onSuggestions: (fragment: string, all: readonly Suggestion[]) => void
}

const NOBODY: SuggestingNow = { isOn: () => false, colorOf: () => null, newId: () => '', isMine: () => false }

export const Suggesting = Extension.create<Options>({
  name: 'suggesting',
  addOptions: () => ({ fragment: '', now: NOBODY, onPick: () => {}, onSuggestions: () => {} }),
  dispatchTransaction({ transaction, next }) {
    const { now } = this.options
    const isPlain =
      !transaction.docChanged || transaction.getMeta(ySyncPluginKey) || transaction.getMeta(SETTLES)
    if (isPlain) return next(transaction)
    if (!now.isOn()) return next(keepApart(transaction, now))
    const { state, view } = this.editor
    const proposal = propose(asTyped(transaction, state), state, now)
    if ('tr' in proposal) {
      if (proposal.partly) say(proposal.partly)
      return next(proposal.tr)
    }
    say(proposal.refused)
    // What the browser has put into the page already is taken out again.
    view.updateState(view.state)
  },
  addProseMirrorPlugins() {
    const { fragment, now, onPick, onSuggestions } = this.options
    return [
      new Plugin<Drawn>({
        key: suggestionsKey,
        state: {
          init: (_, state) => ({ active: null, marks: marksIn(state.doc, now, null) }),
          apply: (transaction, before, _old, state) => {
            const given: { active: string | null } | undefined = transaction.getMeta(REDRAW)
            if (!given && !transaction.docChanged) return before
            const active = given ? given.active : before.active
            return { active, marks: marksIn(state.doc, now, active) }
          },
        },
        view: (view) => {
          onSuggestions(fragment, suggestionsIn(view.state.doc))
          return {
            update: ({ state }, old) => {
              if (state.doc !== old.doc) onSuggestions(fragment, suggestionsIn(state.doc))
            },
          }
        },
        props: {
          decorations: (state) => suggestionsKey.getState(state)?.marks,
          transformPasted: (slice) => new Slice(asAccepted(slice.content), slice.openStart, slice.openEnd),
          handleClick: (_view, _pos, { target }) => {
            const mark = target instanceof Element ? target.closest<HTMLElement>('[data-suggestion]') : null
            if (mark?.dataset.suggestion) onPick(mark.dataset.suggestion)
            return false
          },
          handleDOMEvents: {
            compositionstart: (view) => {
              if (now.isOn()) beginComposition(view, now)
              return false
            },
          },
        },
      }),
    ]
  },
})

/** The same words at every key that is refused are said once in a while. */
let lastSaid = { words: '', at: 0 }
function say(words: string): void {
  const at = Date.now()
  if (lastSaid.words !== words || at - lastSaid.at > 6000) toast(words)
  lastSaid = { words, at }
}

/** “- ” at the start of a line would make a list: while suggesting, it is the words that were typed. */
function asTyped(transaction: Transaction, state: EditorState): Transaction {
  for (const plugin of state.plugins) {
    if (!('isInputRules' in plugin.spec)) continue
    const rule: unknown = transaction.getMeta(plugin)
    if (typeof rule !== 'object' || rule === null || !('text' in rule && 'from' in rule && 'to' in rule))
      continue
    if (typeof rule.text === 'string' && typeof rule.from === 'number' && typeof rule.to === 'number')
      return state.tr.insertText(rule.text, rule.from, rule.to)
  }
  return transaction
}

/** An input method writes into a mark that is there before it begins: drawn anew in the midst of it, it would break off. */
function beginComposition(view: EditorView, now: SuggestingNow): void {
  const { selection, schema, tr, storedMarks } = view.state
  const type = schema.marks[SUGGESTED_INSERT]
  const before = selection.$from.nodeBefore
  if (!type || !selection.empty || (before && proposed(before, 'insert').some(now.isMine))) return
  const marks = (storedMarks ?? selection.$from.marks()).filter((mark) => !isSuggestion(mark))
  view.dispatch(tr.setStoredMarks([...marks, type.create({ id: now.newId() })]))
}

/** What is pasted comes as it would read when it is accepted: it is nobody's suggestion any more. */
function asAccepted(content: Fragment): Fragment {
  const kept: Node[] = []
  content.forEach((node) => {
    if (proposed(node, 'delete').length > 0) return
    kept.push(
      node.isText
        ? node.mark(node.marks.filter((mark) => !isSuggestion(mark)))
        : node.copy(asAccepted(node.content)),
    )
  })
  return Fragment.fromArray(kept)
}

function marksIn(document: Node, now: SuggestingNow, active: string | null): DecorationSet {
  const marks = piecesIn(document).map(({ id, kind, from, to }) => {
    const color = now.colorOf(id)
    return Decoration.inline(from, to, {
      class: `suggested suggested-${kind}${id === active ? ' suggested-active' : ''}`,
      'data-suggestion': id,
      ...(color ? { style: `--suggested: ${color}` } : {}),
    })
  })
  return DecorationSet.create(document, marks)
}

/** Draws the suggestions of an editor anew: another one is looked at, or an author became known. */
export function drawSuggestions(editor: Editor, active: string | null): void {
  if (editor.isDestroyed || !suggestionsKey.getState(editor.state)) return
  editor.view.dispatch(editor.state.tr.setMeta(REDRAW, { active }).setMeta('addToHistory', false))
}
