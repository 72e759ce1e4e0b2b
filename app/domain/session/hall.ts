/** What the hall's screen and a phone show first: pure, so that every screen shows the same. */
import { type Hand, METHOD_LABEL, type Motion, type SessionState } from './model'
import { beingDecided, motionOf, nameOf, openItem } from './present'

export type Focus =
  /** Asked for consensus, or voted on, at this moment. */
  | { is: 'deciding'; motion: Motion }
  /** Decided last. `next`: the motion that goes on after it, with its text as it is now. */
  | { is: 'result'; motion: Motion; next: Motion | null }
  /** Before the group, or waiting for a second. */
  | { is: 'motion'; motion: Motion }
  | { is: 'nothing' }

const LIVE: readonly Motion['state'][] = ['proposed', 'seconded']

/**
 * What the group has before it: what is being decided; else what was decided last on the open item, until another motion
 * comes; else the motion that waits. Between two items, what was decided last.
 */
export function focusOf(state: SessionState): Focus {
  const deciding = beingDecided(state)
  if (deciding) return { is: 'deciding', motion: deciding }
  const item = openItem(state)
  const here = item ? state.motions.filter(({ itemId }) => itemId === item.id) : state.motions
  const decided = latest(here)
  const waiting = here.findLast(({ amends, state: is }) => amends === null && LIVE.includes(is)) ?? null
  if (decided && (!item || !waiting || (decided.decidedAt ?? 0) >= waiting.at)) {
    const next = item && waiting && waiting.id !== decided.id ? waiting : null
    return { is: 'result', motion: decided, next }
  }
  return item && waiting ? { is: 'motion', motion: waiting } : { is: 'nothing' }
}

const latest = (motions: readonly Motion[]): Motion | null =>
  motions.reduce<Motion | null>(
    (last, one) => (one.decidedAt && one.decidedAt >= (last?.decidedAt ?? 0) ? one : last),
    null,
  )

/** What a motion is called on a screen; an amendment, which has no title of its own, by whose it is and to what. */
export const motionTitle = (state: SessionState, motion: Motion): string =>
  motion.amends === null
    ? motion.title
    : `Amendment of ${nameOf(state, motion.by.delegationId)} to “${motionOf(state, motion.amends)?.title ?? ''}”`

/** How a motion that is being decided is decided. */
export const decidedBy = ({ state, vote }: Motion): string =>
  state === 'consensus' || !vote ? 'Consensus' : METHOD_LABEL[vote.method]

export type OwnHand =
  | { is: 'speaking' }
  /** `place` 1: speaks next. */
  | { is: 'raised'; hand: Hand; place: number }
  | { is: 'down'; open: boolean }

/** How a delegation's hand stands: has the floor, waits in which place, or is down, and whether the list is open. */
export function ownHand(state: SessionState, delegationId: string | null): OwnHand {
  if (delegationId !== null && state.floor?.delegationId === delegationId) return { is: 'speaking' }
  const at = state.hands.findIndex((hand) => hand.delegationId === delegationId)
  const hand = state.hands[at]
  return hand ? { is: 'raised', hand, place: at + 1 } : { is: 'down', open: state.queueOpen }
}

/** The document that the chair shows, where it still hangs on the agenda. */
export const shownByChair = (state: SessionState): { id: string; title: string } | null =>
  agendaTexts(state).find(({ id }) => id === state.pointer?.documentId) ?? null

/** The documents of the agenda, each once, those of the open item first. */
export function agendaTexts(state: SessionState): { id: string; title: string }[] {
  const open = openItem(state)
  const all = [...(open?.documents ?? []), ...state.items.flatMap(({ documents }) => documents)]
  return all.filter((one, at) => all.findIndex(({ id }) => id === one.id) === at)
}
