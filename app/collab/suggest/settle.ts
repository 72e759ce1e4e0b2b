/** Accepting and rejecting what is proposed. */
import type { Transaction } from '@tiptap/pm/state'
import { piecesIn } from './in-text'

export type Verdict = 'accept' | 'reject'

/** Marks a transaction that settles: it is never itself turned into a proposal. */
export const SETTLES = 'settles suggestions'

/**
 * Adds to `tr` what settles the suggestions. Accepted words stay and accepted deletions go; rejected ones the other way
 * round.
 *
 * @param isMeant which suggestions, by id
 */
export function settle(tr: Transaction, verdict: Verdict, isMeant: (id: string) => boolean): Transaction {
  return settleSome(tr, verdict, isMeant, () => true)
}

/**
 * The same, in pieces: of each paragraph, words go in one place only. To be applied, and begun again, until it changes
 * nothing. The binding to Yjs writes anew what lies between two places of a paragraph that change at once; of two people
 * who settle at the same moment each would write it, and it would stand there twice.
 */
export function settleNext(tr: Transaction, verdict: Verdict, isMeant: (id: string) => boolean): Transaction {
  const { doc } = tr
  /** By paragraph: from where on words go already. */
  const gone = new Map<number, number>()
  return settleSome(tr, verdict, isMeant, (from, to) => {
    const block = doc.resolve(from).start()
    const next = gone.get(block)
    if (next !== undefined && to < next) return false
    gone.set(block, Math.min(from, next ?? from))
    return true
  })
}

function settleSome(
  tr: Transaction,
  verdict: Verdict,
  isMeant: (id: string) => boolean,
  mayGo: (from: number, to: number) => boolean,
): Transaction {
  const goes = verdict === 'accept' ? 'delete' : 'insert'
  // From the end: what stands before keeps its place.
  for (const { id, kind, mark, from, to } of piecesIn(tr.doc).reverse()) {
    if (!isMeant(id)) continue
    // A run that is both put in by one and taken out by another may be gone already.
    const [start, end] = [tr.mapping.map(from, 1), tr.mapping.map(to, -1)]
    if (start >= end) continue
    if (kind !== goes) tr.removeMark(start, end, mark)
    else if (mayGo(from, to)) tr.delete(start, end)
  }
  return tr.setMeta(SETTLES, true)
}
