/** Finding and replacing over all sections of a document. */
import type { Editor } from '@tiptap/core'
import { type SearchQuery, setSearchState } from 'prosemirror-search'

export type Sections = readonly { fragment: string; editor: Editor }[]
export type Match = { fragment: string; editor: Editor; from: number; to: number }

/** More are not counted. */
export const MOST_MATCHES = 5000

/** Every match, in the order of the document. */
export function matchesIn(sections: Sections, query: SearchQuery): Match[] {
  const matches: Match[] = []
  if (!query.valid) return matches
  for (const { fragment, editor } of sections) {
    if (editor.isDestroyed) continue
    for (let from = 0; matches.length < MOST_MATCHES; ) {
      const found = query.findNext(editor.state, from)
      if (!found) break
      matches.push({ fragment, editor, from: found.from, to: found.to })
      from = found.to > found.from ? found.to : found.to + 1
    }
  }
  return matches
}

/** Marks what is found in every section. */
export function mark(sections: Sections, query: SearchQuery): void {
  for (const { editor } of sections)
    if (!editor.isDestroyed) editor.view.dispatch(setSearchState(editor.state.tr, query))
}

/** Selects a match and brings it into sight; the focus stays where it is. */
export function show({ editor, from, to }: Match): void {
  editor.commands.setTextSelection({ from, to })
  const { node } = editor.view.domAtPos(from)
  const element = node instanceof Element ? node : node.parentElement
  element?.scrollIntoView({ block: 'center' })
}

/** Replaces matches of one section or several, as one change each. Out: how many. */
export function replace(matches: readonly Match[], query: SearchQuery): number {
  let replaced = 0
  for (const editor of new Set(matches.map((match) => match.editor))) {
    if (editor.isDestroyed || !editor.isEditable) continue
    const { state } = editor
    const { tr } = state
    // From the end: what stands before keeps its place.
    for (const { from, to } of matches.filter((match) => match.editor === editor).reverse()) {
      const found = query.findNext(state, from, to)
      if (found?.from !== from || found.to !== to) continue
      const pieces = query.getReplacements(state, found)
      for (const piece of [...pieces].reverse()) tr.replace(piece.from, piece.to, piece.insert)
      replaced += 1
    }
    if (tr.docChanged) editor.view.dispatch(tr)
  }
  return replaced
}
