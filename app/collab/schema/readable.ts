/**
 * Whether an editor of this version can show a fragment as it is. The binding between Yjs and the editor deletes from
 * the document what the schema does not know or allow there, for everybody: a fragment that holds such a thing must
 * not be bound.
 *
 * What holds no words and no picture may go: two people who empty the same list leave an empty item behind, and the
 * binding tidies it up.
 */
import type { ContentMatch, NodeType, Schema } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { markName } from './names'
import { noteText } from './nodes'

/** `strange`: would be lost in an editor. `hollow`: would be lost, and holds nothing. */
export type Found = 'known' | 'hollow' | 'strange'

/** Nodes that hold something without holding words. */
const FULL: readonly string[] = ['image', 'footnote', 'portalLink']

/** Deeper ones would overflow the stack of whoever renders them. */
const MAX_DEPTH = 100
/** A cell that claims to span a billion columns would hang every browser. */
const MAX_SPAN = 100

/** Reads the blocks of one fragment, each again only after it changed. */
export class FragmentReader {
  readonly #fragment: Y.XmlFragment
  readonly #schema: Schema
  #blocks = new WeakMap<object, Found>()

  constructor(fragment: Y.XmlFragment, schema: Schema) {
    this.#fragment = fragment
    this.#schema = schema
  }

  get isStrange(): boolean {
    let match: ContentMatch | null = this.#schema.topNodeType.contentMatch
    for (const block of this.#fragment.toArray() as unknown[]) {
      if (!(block instanceof Y.XmlElement)) return true
      const found = this.#block(block)
      if (found === 'strange') return true
      const type = this.#schema.nodes[block.nodeName]
      if (found === 'known' && type) match = match.matchType(type)
      if (!match) return true
    }
    return false
  }

  /** Gives whether the transaction changed the fragment; if so, what it changed will be read again. */
  changed({ changed }: Y.Transaction): boolean {
    let isOurs = false
    for (const type of changed.keys()) {
      let at: Y.AbstractType<unknown> | null = type as unknown as Y.AbstractType<unknown>
      for (; at && at !== (this.#fragment as unknown); at = at.parent) this.#blocks.delete(at)
      isOurs ||= at !== null
    }
    return isOurs
  }

  #block(block: Y.XmlElement): Found {
    const known = this.#blocks.get(block)
    if (known) return known
    const { found } = readElement(block, this.#schema, 1)
    this.#blocks.set(block, found)
    return found
  }
}

type Element = { found: Found; isFull: boolean }
const STRANGE: Element = { found: 'strange', isFull: true }

function readElement(element: Y.XmlElement, schema: Schema, depth: number): Element {
  const type = schema.nodes[element.nodeName]
  if (!type || depth > MAX_DEPTH || !areSound(type, element.getAttributes())) return STRANGE
  let match: ContentMatch | null = type.contentMatch
  let isFull = FULL.includes(type.name)
  for (const child of element.toArray() as unknown[]) {
    if (child instanceof Y.XmlText) {
      const pieces = child.toDelta() as Piece[]
      if (!pieces.every((piece) => isText(piece, type, schema))) return STRANGE
      if (pieces.length === 0) continue
      isFull = true
      match = match && matchText(match, schema)
    } else if (child instanceof Y.XmlElement) {
      const inner = readElement(child, schema, depth + 1)
      if (inner.found === 'strange') return STRANGE
      const innerType = schema.nodes[child.nodeName]
      if (inner.found === 'hollow' || !innerType) continue
      isFull ||= inner.isFull
      match = match?.matchType(innerType) ?? null
    } else return STRANGE
  }
  if (match?.validEnd) return { found: 'known', isFull }
  return isFull ? STRANGE : { found: 'hollow', isFull }
}

const matchText = (match: ContentMatch, schema: Schema) =>
  schema.nodes.text ? match.matchType(schema.nodes.text) : null

type Piece = { insert: unknown; attributes?: Record<string, unknown> }

const isText = ({ insert, attributes }: Piece, within: NodeType, schema: Schema): boolean =>
  typeof insert === 'string' &&
  Object.keys(attributes ?? {}).every((name) => {
    const mark = schema.marks[markName(name)]
    return mark !== undefined && within.allowsMarkType(mark)
  })

function areSound(type: NodeType, given: Record<string, unknown>): boolean {
  const allowed = type.spec.attrs ?? {}
  const isComplete = Object.entries(allowed).every(
    ([name, { default: otherwise }]) => otherwise !== undefined || name in given,
  )
  return (
    isComplete &&
    Object.entries(given).every(
      ([name, value]) => value == null || (Object.hasOwn(allowed, name) && isSound(name, value)),
    )
  )
}

function isSound(name: string, value: unknown): boolean {
  switch (name) {
    case 'colspan':
    case 'rowspan':
      return isWhole(value) && value >= 1 && value <= MAX_SPAN
    case 'level':
    case 'start':
      return isWhole(value)
    case 'colwidth':
      return (
        Array.isArray(value) &&
        value.length <= MAX_SPAN &&
        value.every((width) => width === 0 || isWhole(width))
      )
    default:
      return typeof value !== 'object'
  }
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

/** All words of a fragment, whatever holds them, a line for each text: to be shown where no editor can. */
export function textOf(fragment: Y.XmlFragment): string[] {
  const lines: string[] = []
  const waiting: unknown[] = [fragment]
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    if (at instanceof Y.Text) {
      const line = (at.toDelta() as Piece[])
        .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
        .join('')
      if (line) lines.push(line)
    } else if (at instanceof Y.XmlElement && at.nodeName === 'footnote') {
      const note = noteText(at.getAttribute('text'))
      if (note) lines.push(note)
    } else if (at instanceof Y.XmlFragment) waiting.push(...(at.toArray() as unknown[]).reverse())
    else if (typeof at === 'string') lines.push(at)
  }
  return lines
}
