/** Which suggestions a text holds, and where. Pure over ProseMirror's document. */
import type { Mark, Node } from '@tiptap/pm/model'
import { SUGGESTED_DELETE, SUGGESTED_INSERT, suggestionIdOf } from '../../domain/suggestion'

/** One suggestion: the words that it puts in and takes out, and from where to where it lies in the section's document. */
export type Suggestion = { id: string; inserted: string; deleted: string; from: number; to: number }

export type Kind = 'insert' | 'delete'

type Piece = { id: string; kind: Kind; mark: Mark; text: string; from: number; to: number }

const NAMES: Record<Kind, string> = { insert: SUGGESTED_INSERT, delete: SUGGESTED_DELETE }

/** What a text proposes, of one kind: one id, more where several people proposed in the same place at once. */
export const proposed = ({ marks }: { marks: readonly Mark[] }, kind: Kind): string[] =>
  marks.filter(({ type }) => type.name === NAMES[kind]).map(({ attrs }) => suggestionIdOf(attrs))

/** Blocks that did not change are the same objects: each is read once. */
const known = new WeakMap<Node, readonly Piece[]>()

/** Every marked run, in the order of the text. */
export function piecesIn(document: Node): Piece[] {
  const all: Piece[] = []
  document.descendants((node, pos) => {
    if (!node.isTextblock) return true
    for (const { from, to, ...piece } of ofBlock(node))
      all.push({ ...piece, from: pos + 1 + from, to: pos + 1 + to })
    return false
  })
  return all
}

const kindOf = ({ type: { name } }: Mark): Kind | null =>
  name === SUGGESTED_INSERT ? 'insert' : name === SUGGESTED_DELETE ? 'delete' : null

function ofBlock(block: Node): readonly Piece[] {
  const before = known.get(block)
  if (before) return before
  const pieces: Piece[] = []
  block.forEach((node, offset) => {
    for (const mark of node.marks) {
      const kind = kindOf(mark)
      const place = { from: offset, to: offset + node.nodeSize }
      if (kind) pieces.push({ id: suggestionIdOf(mark.attrs), kind, mark, text: node.text ?? '', ...place })
    }
  })
  known.set(block, pieces)
  return pieces
}

/** What is proposed, each once, in the order of the text. */
export function suggestionsIn(document: Node): Suggestion[] {
  const all = new Map<string, Suggestion>()
  for (const { id, kind, text, from, to } of piecesIn(document)) {
    const found = all.get(id) ?? { id, inserted: '', deleted: '', from, to }
    all.set(id, found)
    if (kind === 'insert') found.inserted += text
    else found.deleted += text
    found.to = Math.max(found.to, to)
  }
  return [...all.values()]
}

/** The suggestion that a place in the text lies in, or at the edge of. */
export const suggestionAt = (document: Node, pos: number): string | null =>
  piecesIn(document).find(({ from, to }) => from <= pos && pos <= to)?.id ?? null
