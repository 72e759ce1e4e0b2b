/** Hands and the floor. */
import type { SessionAct } from './acts'
import type { Decide, Who, World } from './decide-types'
import { type Decision, happen, refuse } from './decision'
import { HAND_LABEL, type SessionState } from './model'
import { hasSpoken, waitsFor } from './speakers'

export const decideFloor: Decide = (state, act, who, world) => {
  switch (act.act) {
    case 'open_queue':
      return happen(...(state.queueOpen ? [] : [{ is: 'queue_opened' as const }]))
    case 'close_queue':
      return happen(...(state.queueOpen ? [{ is: 'queue_closed' as const }] : []))
    case 'raise_hand':
      return raise(state, act, who, world)
    case 'lower_hand': {
      const hand = state.hands.find(({ id }) => id === act.handId)
      if (!hand) return happen()
      if (hand.delegationId !== who.delegationId && !who.may.run)
        return refuse('That hand is not your delegation’s.')
      return happen({ is: 'hand_lowered', handId: hand.id })
    }
    case 'move_hand':
      return state.hands.some(({ id }) => id === act.handId)
        ? happen({ is: 'hand_moved', handId: act.handId, before: act.before })
        : refuse('That hand is not raised any more.')
    case 'give_floor':
      return give(state, act)
    case 'stop_clock':
      return state.floor?.since
        ? happen({ is: 'clock_stopped' })
        : refuse(state.floor ? 'The clock stands still already.' : 'Nobody has the floor.')
    case 'start_clock':
      return state.floor && state.floor.since === null
        ? happen({ is: 'clock_started' })
        : refuse(state.floor ? 'The clock runs already.' : 'Nobody has the floor.')
    case 'set_clock':
      return state.floor ? happen({ is: 'clock_set', limit: act.seconds }) : refuse('Nobody has the floor.')
    case 'end_speech':
      if (!state.floor) return refuse('Nobody has the floor.')
      if (state.floor.delegationId !== who.delegationId && !who.may.run)
        return refuse('Another delegation has the floor.')
      return happen({ is: 'speech_ended' })
    default:
      return null
  }
}

type Raise = Extract<SessionAct, { act: 'raise_hand' }>

function raise(state: SessionState, { kind, side, reason }: Raise, who: Who, world: World): Decision {
  const { delegationId } = who
  if (!delegationId) return refuse('Only delegations take the floor.')
  const raised = state.hands.some((hand) => hand.delegationId === delegationId && hand.kind === kind)
  if (raised) return happen()
  if (kind === 'point_of_order') {
    if (reason.length < 3) return refuse('Say to the chair what the point of order is.')
  } else if (!state.queueOpen)
    return refuse('The list of speakers is closed. A point of order still gets through.')
  return happen({
    ...{ is: 'hand_raised', handId: world.newId(), delegationId, kind },
    side: kind === 'statement' ? side : null,
  })
}

/** Nobody speaks twice before a first-time speaker, or before whoever goes first, unless the chair says so. */
function give(state: SessionState, { handId, anyway }: Extract<SessionAct, { act: 'give_floor' }>): Decision {
  const hand = state.hands.find(({ id }) => id === handId)
  if (!hand) return refuse('That hand is not raised any more.')
  const first = waitsFor(state, hand)
  if (first && !anyway) {
    const name = state.delegations[first.delegationId]?.name ?? 'Another delegation'
    return refuse(
      first.kind === hand.kind && hasSpoken(state, hand.delegationId)
        ? `${name} has not spoken on this item yet and waits. Give the floor out of turn if you mean to.`
        : `${name} waits with: ${HAND_LABEL[first.kind].toLowerCase()}. Give the floor out of turn if you mean to.`,
    )
  }
  const limit = hand.kind === 'statement' ? state.rules.speechSeconds : null
  return happen({ is: 'floor_given', handId, limit, anyway: first !== null })
}
