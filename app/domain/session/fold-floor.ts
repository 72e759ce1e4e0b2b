/** Who has the floor, who waits for it, and the time that they used. */
import type { SessionEvent } from './events'
import type { Hand, HandKind, SessionState, Speech, Used } from './model'
import { moved } from './order'
import { rankOf } from './speakers'

const NOTHING: Used = { ms: 0, point_of_order: 0, right_of_reply: 0, statement: 0 }

/** Null: not its concern. */
export function foldFloor(state: SessionState, { at, by, body }: SessionEvent): SessionState | null {
  switch (body.is) {
    case 'queue_opened':
      return { ...state, queueOpen: true }
    case 'queue_closed':
      return { ...state, queueOpen: false }
    case 'hand_raised': {
      const { handId, delegationId, kind, side } = body
      const hand: Hand = { ...by, id: handId, delegationId, kind, side, at, placed: false }
      const rank = rankOf(state, hand)
      const place = state.hands.findIndex((one) => rankOf(state, one) > rank)
      const hands =
        place < 0
          ? [...state.hands, hand]
          : [...state.hands.slice(0, place), hand, ...state.hands.slice(place)]
      return { ...state, hands }
    }
    case 'hand_lowered':
      return { ...state, hands: state.hands.filter(({ id }) => id !== body.handId) }
    case 'hand_moved':
      return {
        ...state,
        hands: moved(state.hands, body.handId, body.before).map((hand) =>
          hand.id === body.handId ? { ...hand, placed: true } : hand,
        ),
      }
    case 'floor_given':
      return give(state, body.handId, body.limit, at)
    case 'clock_stopped':
      return { ...state, floor: state.floor && stopped(state.floor, at) }
    case 'clock_started':
      return { ...state, floor: state.floor && { ...state.floor, since: state.floor.since ?? at } }
    case 'clock_set':
      return { ...state, floor: state.floor && { ...state.floor, limit: body.limit } }
    case 'speech_ended':
      return end(state, at)
    default:
      return null
  }
}

/** The speech with its clock standing. */
function stopped(speech: Speech, at: number): Speech {
  if (speech.since === null) return speech
  return { ...speech, since: null, usedMs: speech.usedMs + Math.max(0, at - speech.since) }
}

/** Time that somebody has had the floor so far, in ms. `now`: the server's instant. */
export const speechMs = (speech: Speech, now: number): number => stopped(speech, now).usedMs

function give(state: SessionState, handId: string, limit: number | null, at: number): SessionState {
  const hand = state.hands.find(({ id }) => id === handId)
  if (!hand) return state
  const { at: _raised, placed: _placed, ...rest } = hand
  const speech: Speech = { ...rest, startedAt: at, since: at, usedMs: 0, limit }
  const interrupts =
    hand.kind === 'point_of_order' && state.floor !== null && state.floor.kind !== 'point_of_order'
  const before: SessionState = interrupts
    ? { ...state, interrupted: state.floor && stopped(state.floor, at), floor: null }
    : state.floor
      ? { ...account(state, state.floor, at), floor: null }
      : state
  // Somebody who was interrupted and not given the floor back has spoken, too.
  const closed =
    before.interrupted && hand.kind !== 'point_of_order'
      ? { ...account(before, before.interrupted, at), interrupted: null }
      : before
  return {
    ...closed,
    floor: speech,
    hands: closed.hands.filter(({ id }) => id !== handId),
    spoken: hand.kind === 'statement' ? [...new Set([...closed.spoken, hand.delegationId])] : closed.spoken,
  }
}

/** Ends what is on the floor; whoever was interrupted has it again. */
function end(state: SessionState, at: number): SessionState {
  if (!state.floor) return state
  const { interrupted } = state
  return {
    ...account(state, state.floor, at),
    floor: interrupted && { ...interrupted, since: at },
    interrupted: null,
  }
}

/** Adds a speech to what its delegation used. */
function account(state: SessionState, speech: Speech, at: number): SessionState {
  const { delegationId, kind } = speech
  const used = state.used[delegationId] ?? NOTHING
  const kinds: Record<HandKind, number> = { ...used, [kind]: used[kind] + 1 }
  return {
    ...state,
    used: { ...state.used, [delegationId]: { ...kinds, ms: used.ms + stopped(speech, at).usedMs } },
  }
}
