/** Accepting and rejecting what is proposed. */
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { piecesIn } from './in-text'

export type Verdict = 'accept' | 'reject'

/** Marks a transaction that settles: it is never itself turned into a proposal. */
export const SETTLES = 'settles suggestions'

/**
 * Settles suggestions. Accepted words stay and accepted deletions go; rejected ones the other way round. In as many pieces
 * as it takes: of each paragraph, words go in one place at a time. The binding to Yjs writes anew what lies between two
 * places of a paragraph that change at once; of two people who settle at the same moment each would write it, and it would
 * stand there twice.
 *
 * @param now the text as it is; null when it is not there any more
 * @param isMeant which suggestions, by id
 */
export function settle(
  now: () => EditorState | null,
  dispatch: (tr: Transaction) => void,
  verdict: Verdict,
  isMeant: (id: string) => boolean,
): void {
  for (let state = now(); state; state = now()) {
    const tr = piece(state.tr, verdict, isMeant)
    if (!tr.docChanged) return
    dispatch(tr)
  }
}

function piece(tr: Transaction, verdict: Verdict, isMeant: (id: string) => boolean): Transaction {
  const goes = verdict === 'accept' ? 'delete' : 'insert'
  const { doc } = tr
  /** By paragraph: from where on words go already. */
  const gone = new Map<number, number>()
  // From the end: what stands before keeps its place.
  for (const { id, kind, mark, from, to } of piecesIn(doc).reverse()) {
    if (!isMeant(id)) continue
    // A run that is both put in by one and taken out by another may be gone already.
    const [start, end] = [tr.mapping.map(from, 1), tr.mapping.map(to, -1)]
    if (start >= end) continue
    if (kind !== goes) {
      tr.removeMark(start, end, mark)
      continue
    }
    const block = doc.resolve(from).start()
    const next = gone.get(block)
    if (next !== undefined && to < next) continue
    gone.set(block, Math.min(from, next ?? from))
    tr.delete(start, end)
  }
  return tr.setMeta(SETTLES, true)
}
