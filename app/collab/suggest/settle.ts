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
  const goes = verdict === 'accept' ? 'delete' : 'insert'
  // From the end: what stands before keeps its place.
  for (const { id, kind, mark, from, to } of piecesIn(tr.doc).reverse()) {
    if (!isMeant(id)) continue
    // A run that is both put in by one and taken out by another may be gone already.
    const [start, end] = [tr.mapping.map(from, 1), tr.mapping.map(to, -1)]
    if (start >= end) continue
    if (kind === goes) tr.delete(start, end)
    else tr.removeMark(start, end, mark)
  }
  return tr.setMeta(SETTLES, true)
}
