/** The order of the queue: point of order before right of reply before statement; first-time speakers first. */
import { HAND_KINDS, type Hand, type SessionState } from './model'

/** Lower goes first. */
export function rankOf(state: SessionState, hand: Pick<Hand, 'kind' | 'delegationId'>): number {
  const again = hand.kind === 'statement' && hasSpoken(state, hand.delegationId) ? 1 : 0
  return HAND_KINDS.indexOf(hand.kind) * 2 + again
}

/** The delegation made a statement on the open item. */
export const hasSpoken = (state: SessionState, delegationId: string): boolean =>
  state.spoken.includes(delegationId)

/** Whoever has the better right to the floor than this hand, the first of them; null when nobody has. */
export function waitsFor(state: SessionState, hand: Hand): Hand | null {
  if (hand.placed) return null
  const rank = rankOf(state, hand)
  return state.hands.find((one) => one.id !== hand.id && rankOf(state, one) < rank) ?? null
}
