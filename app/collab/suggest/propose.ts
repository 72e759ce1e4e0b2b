/**
 * Turns what somebody writes into a proposal: words that come are marked as proposed, words that go stay and are marked
 * as proposed to go. Text only: what would change anything else is refused in words, never made as a plain change.
 */
import { Fragment, type Mark, type Node, type Slice } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { AddMarkStep, Mapping, RemoveMarkStep, ReplaceStep, type Step } from '@tiptap/pm/transform'
import { SUGGESTED_DELETE, SUGGESTED_INSERT } from '../../domain/suggestion'
import { proposed } from './in-text'

/** Whose a suggestion is: one's own insertions are taken back by deleting them, and go on where one goes on writing. */
export type Proposer = { newId: () => string; isMine: (id: string) => boolean }

/** `partly`: made, and something of it was left out; in words. */
export type Proposal = { tr: Transaction; partly: string | null } | { refused: string }

const NOT_BLOCKS =
  'Only words can be suggested. To part or join paragraphs, or change lists and tables, turn suggesting off.'
const NOT_LOOKS =
  'How words look cannot be suggested. Turn suggesting off to change it, or say it in a comment.'
const NOT_OBJECTS =
  'Pictures, footnotes, links to the portal and line breaks cannot be suggested, nor their deletion. Turn suggesting off, or say it in a comment.'
const ONE_PARAGRAPH = 'Only words can be suggested: paste one paragraph at a time, or turn suggesting off.'
const PARTLY = 'The words are suggested to go; the paragraphs stay.'

class Refusal extends Error {}

/** @param tr begun from `state`, and not applied */
export function propose(tr: Transaction, state: EditorState, proposer: Proposer): Proposal {
  const next = state.tr
  let caret: number | null = null
  let partly: string | null = null
  try {
    tr.steps.forEach((step, index) => {
      const place = placing(tr, index, next)
      if (step instanceof ReplaceStep) {
        const range = place(step.from, step.to)
        const isOver = replaceWords(next, range, step.slice, proposer)
        if (isOver.spans && step.slice.size === 0) partly = PARTLY
        const forwards = index === 0 && state.selection.empty && state.selection.from === step.from
        caret = step.slice.size > 0 ? isOver.end : forwards ? isOver.end : isOver.start
      } else if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
        const { from, to } = place(step.from, step.to)
        changeLooks(next, step, from, to, proposer)
      } else throw new Refusal(NOT_BLOCKS)
    })
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message }
    throw error
  }
  if (caret !== null) next.setSelection(TextSelection.near(next.doc.resolve(caret), -1))
  if (tr.scrolledIntoView) next.scrollIntoView()
  for (const name of KEPT_META) {
    const value: unknown = tr.getMeta(name)
    if (value !== undefined) next.setMeta(name, value)
  }
  return { tr: next, partly }
}

const KEPT_META = ['composition', 'paste', 'uiEvent', 'focus', 'blur', 'addToHistory']

/** Places of a step, which come after the steps before it, in the text with the proposals. */
function placing(tr: Transaction, index: number, next: Transaction) {
  const back = new Mapping(tr.mapping.maps.slice(0, index)).invert()
  const made = next.mapping
  return (from: number, to: number) => {
    const [start, end] = [back.mapResult(from, -1), back.mapResult(to, 1)]
    // It changes what an earlier step of the same act brought.
    if (start.deletedAcross || end.deletedAcross) throw new Refusal(NOT_BLOCKS)
    return { from: made.map(start.pos, -1), to: made.map(end.pos, 1) }
  }
}

function replaceWords(
  next: Transaction,
  { from, to }: { from: number; to: number },
  slice: Slice,
  proposer: Proposer,
): { start: number; end: number; spans: boolean } {
  const words = wordsOf(slice)
  const [$from, $to] = [next.doc.resolve(from), next.doc.resolve(to)]
  if (!$from.parent.isTextblock || !$to.parent.isTextblock) throw new Refusal(NOT_BLOCKS)
  const spans = !$from.sameParent($to)
  // Joining paragraphs takes away no words.
  if (spans && next.doc.textBetween(from, to) === '') throw new Refusal(NOT_BLOCKS)
  const id = idFor(next.doc, from, to, words, proposer)
  const before = next.mapping.maps.length
  const place = strike(next, from, to, id, proposer)
  const since = next.mapping.slice(before)
  const at = spans ? from : (place ?? since.map(to, 1))
  if (words.childCount > 0) {
    const type = next.doc.type.schema.marks[SUGGESTED_INSERT]
    if (!type) throw new Error('the schema has no suggestions')
    const marked = childrenOf(words).map((word) => word.mark(type.create({ id }).addToSet(plain(word.marks))))
    next.insert(at, Fragment.from(marked))
  }
  return { start: since.map(from, -1), end: at + words.size, spans }
}

function childrenOf(fragment: Fragment): Node[] {
  const all: Node[] = []
  fragment.forEach((child) => {
    all.push(child)
  })
  return all
}

/** The words of a slice that is put into a line. */
function wordsOf({ content, openStart, openEnd }: Slice): Fragment {
  const children = childrenOf(content)
  if (children.every(({ isText }) => isText)) return content
  if (children.some(({ isInline }) => isInline)) throw new Refusal(NOT_OBJECTS)
  // Pressing Enter leaves two open paragraphs, without a word.
  throw new Refusal(
    openStart > 0 && openEnd > 0 && !content.textBetween(0, content.size) ? NOT_BLOCKS : ONE_PARAGRAPH,
  )
}

export const isSuggestion = ({ type: { name } }: Mark): boolean =>
  name === SUGGESTED_INSERT || name === SUGGESTED_DELETE

const plain = (marks: readonly Mark[]): readonly Mark[] => marks.filter((mark) => !isSuggestion(mark))

/** One's own that it goes on from, or a new one. Never another's: each has its own. */
function idFor(
  document: Node,
  from: number,
  to: number,
  words: Fragment,
  { newId, isMine }: Proposer,
): string {
  const near = [words.firstChild, document.resolve(from).nodeBefore, document.resolve(to).nodeAfter]
  document.nodesBetween(from, to, (node) => {
    if (node.isText) near.push(node)
  })
  for (const node of near) {
    for (const kind of ['insert', 'delete'] as const) {
      const id = node && proposed(node, kind).find(isMine)
      if (id) return id
    }
  }
  return newId()
}

/**
 * Words that others wrote are marked; one's own proposed ones go. Those go in one place only, and are marked elsewhere,
 * which comes to the same: what lies between two places that change at once is written anew by the binding to Yjs, and
 * what others do with it at the same moment would be lost or stand there twice. Out: that place, where new words belong.
 */
function strike(
  next: Transaction,
  from: number,
  to: number,
  id: string,
  { isMine }: Proposer,
): number | null {
  const type = next.doc.type.schema.marks[SUGGESTED_DELETE]
  if (!type) throw new Error('the schema has no suggestions')
  const own: { from: number; to: number }[] = []
  const others: { from: number; to: number }[] = []
  next.doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isText) {
      if (node.isAtom || node.isInline) throw new Refusal(NOT_OBJECTS)
      return true
    }
    const run = { from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize) }
    const last = own.at(-1)
    if (!proposed(node, 'insert').some(isMine)) {
      if (proposed(node, 'delete').length === 0) others.push(run)
    } else if (last?.to === run.from) last.to = run.to
    else own.push(run)
    return false
  })
  const goes = own.pop()
  for (const run of [...others, ...own]) next.addMark(run.from, run.to, type.create({ id }))
  if (!goes) return null
  next.delete(goes.from, goes.to)
  return goes.from
}

/** One's own proposed words may look as one likes. */
function changeLooks(next: Transaction, step: Step, from: number, to: number, { isMine }: Proposer): void {
  if (!(step instanceof AddMarkStep || step instanceof RemoveMarkStep) || isSuggestion(step.mark))
    throw new Refusal(NOT_LOOKS)
  let isOwn = true
  next.doc.nodesBetween(from, to, (node) => {
    if (node.isInline && !proposed(node, 'insert').some(isMine)) isOwn = false
  })
  if (!isOwn) throw new Refusal(NOT_LOOKS)
  if (step instanceof AddMarkStep) next.addMark(from, to, step.mark)
  else next.removeMark(from, to, step.mark)
}

/**
 * Who writes plainly writes in their own name too: what is typed beside what somebody proposes is plain, and what is typed
 * in the midst of it is a proposal of one's own; otherwise it would stand under the other's name, or be left behind when
 * theirs is rejected. Adds to `tr`.
 */
export function keepApart(tr: Transaction, { newId, isMine }: Proposer): Transaction {
  const marks = tr.doc.type.schema.marks
  const [inserts, deletes] = [marks[SUGGESTED_INSERT], marks[SUGGESTED_DELETE]]
  if (!inserts || !deletes) return tr
  const stored = tr.storedMarks
  const steps = [...tr.steps]
  steps.forEach((step, index) => {
    if (!(step instanceof ReplaceStep) || !holdsSuggestions(step.slice)) return
    const rest = tr.mapping.slice(index + 1)
    const [from, to] = [rest.map(step.from, 1), rest.map(step.from + step.slice.size, -1)]
    const [before, after] = [tr.doc.resolve(from).nodeBefore, tr.doc.resolve(to).nodeAfter]
    const [left, right] = [before, after].map((node) => (node ? proposed(node, 'insert') : []))
    tr.removeMark(from, to, deletes)
    const isWithin = left?.some((id) => right?.includes(id)) ?? false
    if (isWithin && left?.some(isMine)) return
    tr.removeMark(from, to, inserts)
    if (isWithin) tr.addMark(from, to, inserts.create({ id: newId() }))
  })
  if (tr.steps.length > steps.length && stored) tr.setStoredMarks(stored)
  return tr
}

const holdsSuggestions = ({ content }: Slice): boolean =>
  childrenOf(content).some(({ isText, marks }) => isText && marks.some(isSuggestion))
