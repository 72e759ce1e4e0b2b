/**
 * A passage of a section that a comment hangs on: Yjs relative positions, a range for each block, so that it stays with
 * its letters while others write. A paragraph that is parted or joined is written anew by the editor's binding, with
 * other letters for Yjs: then the passage is found by its words and what stood around them. Where neither leads to it,
 * it was deleted.
 */
import type { Node } from '@tiptap/pm/model'
import { absolutePositionToRelativePosition } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { COMMENT_LIMITS, type Passage, type PassagePosition } from '../domain/comment'

/** Which node of the editor shows which type of the fragment. */
export type ProsemirrorMapping = Parameters<typeof absolutePositionToRelativePosition>[2]

/** In ProseMirror's positions. */
export type Span = { from: number; to: number }

/** A section's fragment, what its editor shows of it, and the binding between the two. */
export type Shown = { fragment: Y.XmlFragment; mapping: ProsemirrorMapping; doc: Node }

/** So many letters around a passage have to be the same for it to be found by its words. */
const LEAST_CONTEXT = 6

/** The passage between two positions; null where there is no text between them. */
export function passageBetween(
  { fragment, mapping, doc }: Shown,
  name: string,
  { from, to }: Span,
): Passage | null {
  const spans = blocksBetween(doc, { from, to })
  const [first, last] = [spans[0], spans.at(-1)]
  if (!first || !last) return null
  const quote = doc.textBetween(first.from, last.to, '\n', ' ')
  const words = new Words(doc)
  const [start, end] = [words.offsetOf(first.from), words.offsetOf(last.to)]
  return {
    fragment: name,
    ranges: spans.slice(0, COMMENT_LIMITS.ranges).map((span) => ({
      from: letterAt(fragment, mapping, span.from + 1, 0),
      to: letterAt(fragment, mapping, span.to, -1),
    })),
    quote: quote.slice(0, COMMENT_LIMITS.quote),
    before: words.all.slice(Math.max(0, start - COMMENT_LIMITS.context), start),
    after: words.all.slice(end, end + COMMENT_LIMITS.context),
  }
}

/** The position before (0) or after (−1) the letter that ends at `pos`. */
function letterAt(
  fragment: Y.XmlFragment,
  mapping: ProsemirrorMapping,
  pos: number,
  assoc: PassagePosition['assoc'],
): PassagePosition {
  const { type, tname, item } = absolutePositionToRelativePosition(pos, fragment, mapping)
  const id = (of: { client: number; clock: number } | null) => of && { client: of.client, clock: of.clock }
  // A position of an item needs no type, and holds when its block moved.
  return item ? { item: id(item), assoc } : { type: id(type), tname, item: null, assoc }
}

/** The text of each block that a selection touches. */
function blocksBetween(doc: Node, { from, to }: Span): Span[] {
  const spans: Span[] = []
  let block: Node | null = null
  doc.nodesBetween(from, to, (node, pos, parent) => {
    if (!node.isText) return
    const span = { from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize) }
    const last = spans.at(-1)
    if (span.to <= span.from) return
    if (last && parent === block) last.to = span.to
    else spans.push(span)
    block = parent
  })
  return spans
}

/**
 * Where a passage stands now, from its first letter to its last; null when it was deleted.
 * @param words the section's text, when several passages are looked for in it
 */
export function placeOf(
  { fragment, mapping, doc }: Shown,
  passage: Passage,
  words = new Words(doc),
): Span | null {
  const at = (position: PassagePosition) => positionOf(fragment, mapping, position)
  const spans = passage.ranges.flatMap(({ from, to }): Span[] => {
    const span = { from: at(from), to: at(to) }
    if (span.from === null || span.to === null || span.from >= span.to) return []
    return span.to <= doc.content.size ? [{ from: span.from, to: span.to }] : []
  })
  const found = spans.length > 0 ? { from: spans[0]?.from ?? 0, to: spans.at(-1)?.to ?? 0 } : null
  if (found && plain(doc.textBetween(found.from, found.to, '\n', ' ')) === plain(passage.quote)) return found
  return words.find(passage, found?.from ?? null) ?? found ?? endsOf(passage, words)
}

/**
 * Where a letter stands in the editor; null when its text is gone. (y-tiptap's own way takes every position at the very
 * beginning for a mistake.)
 */
function positionOf(
  fragment: Y.XmlFragment,
  mapping: ProsemirrorMapping,
  position: PassagePosition,
): number | null {
  const y = fragment.doc
  const found =
    y && Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(position), y)
  if (!found || !(found.type instanceof Y.XmlText)) return null
  let pos = found.index
  for (let at: Y.XmlText | Y.XmlElement = found.type; ; ) {
    const item: Y.Item | null = at._item
    const parent: unknown = at.parent
    if (!item || item.deleted || !(parent instanceof Y.XmlFragment)) return null
    for (let before = item.left; before; before = before.left) pos += sizeOf(before, mapping)
    if (parent === fragment) return pos
    // The beginning of the block that holds it.
    pos += 1
    if (!(parent instanceof Y.XmlElement)) return null
    at = parent
  }
}

function sizeOf({ deleted, content }: Y.Item, mapping: ProsemirrorMapping): number {
  const type: unknown = !deleted && content instanceof Y.ContentType ? content.type : null
  if (type instanceof Y.XmlText) return type.length
  const shown = type instanceof Y.XmlElement ? mapping.get(type) : undefined
  return shown && !Array.isArray(shown) ? shown.nodeSize : 0
}

/** Of a passage over several blocks of which some are gone: its first or its last one, by what stood beside it. */
function endsOf(passage: Passage, words: Words): Span | null {
  const lines = passage.quote.split('\n')
  if (lines.length < 2) return null
  const first = words.find({ ...passage, quote: lines[0] ?? '', after: '' }, null)
  const last = words.find({ ...passage, quote: lines.at(-1) ?? '', before: '' }, null)
  return first ?? last
}

const plain = (text: string) => text.replaceAll('\n', '')

/** A section's text without the ends of its blocks, and where its letters stand. */
export class Words {
  readonly all: string
  readonly #runs: { offset: number; pos: number; length: number }[] = []

  constructor(doc: Node) {
    let all = ''
    doc.descendants((node, pos) => {
      if (!node.isText) return
      const text = node.text ?? ''
      this.#runs.push({ offset: all.length, pos, length: text.length })
      all += text
    })
    this.all = all
  }

  offsetOf(pos: number): number {
    const run = this.#runs.findLast((one) => one.pos <= pos)
    return run ? run.offset + Math.min(pos - run.pos, run.length) : 0
  }

  /** Where the words of a passage stand between the letters that stood around them: the nearest to `near`. */
  find({ quote, before, after }: Passage, near: number | null): Span | null {
    const wanted = plain(quote)
    if (wanted === '' || quote.length >= COMMENT_LIMITS.quote) return null
    let best: Span | null = null
    for (let at = this.all.indexOf(wanted); at >= 0; at = this.all.indexOf(wanted, at + 1)) {
      const end = at + wanted.length
      const isThere =
        shared(this.all.slice(0, at), before, 'end') || shared(this.all.slice(end), after, 'start')
      const span = isThere && this.#span(at, end)
      if (span && (!best || distance(span, near) < distance(best, near))) best = span
    }
    return best
  }

  #span(start: number, end: number): Span | null {
    const first = this.#runs.find(({ offset, length }) => start < offset + length)
    const last = this.#runs.find(({ offset, length }) => end <= offset + length)
    return first && last ? { from: first.pos + start - first.offset, to: last.pos + end - last.offset } : null
  }
}

const distance = (span: Span, near: number | null) => (near === null ? 0 : Math.abs(span.from - near))

/** Whether enough of what stood at a side stands there still. Nothing stood there: nothing does. */
function shared(text: string, stood: string, side: 'start' | 'end'): boolean {
  const length = Math.min(stood.length, LEAST_CONTEXT)
  if (length === 0) return text === ''
  if (stood.length < LEAST_CONTEXT) return text === stood
  return side === 'end' ? text.endsWith(stood.slice(-length)) : text.startsWith(stood.slice(0, length))
}
