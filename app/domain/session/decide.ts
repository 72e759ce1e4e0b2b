/**
 * What an act does: events, or a refusal with its reason. Pure and total: anybody may ask for anything at any time.
 * The server asks it under a lock on the session; a browser may ask it to know which buttons make sense.
 */
import { ACT_NEEDS, type ActName, type SessionAct, type SessionRight } from './acts'
import { decideAgenda } from './decide-agenda'
import { decideConsensus } from './decide-consensus'
import { decideFloor } from './decide-floor'
import { decideMeeting } from './decide-meeting'
import { decideMotion } from './decide-motion'
import type { Decide, Who, World } from './decide-types'
import { decideVote } from './decide-vote'
import { type Decision, refuse } from './decision'
import type { SessionState } from './model'

const NEED_WORDS: Record<SessionRight, string> = {
  attend: 'Only delegations of the group and the secretariat’s secretaries are in the room.',
  speak: 'An observer listens: only members of the group take the floor.',
  propose: 'Only the head or a delegate of a member does this.',
  vote: 'The head of the delegation votes, or an alternate whose credential is on record.',
  preside: 'Only the chair’s and the vice-chairs’ delegations preside.',
  run: 'Only whoever presides and the secretaries do this.',
}

/** Acts that need no session under way. */
const ANY_TIME: readonly ActName[] = [
  ...([
    'announce',
    'open',
    'draft_minutes',
    'correct_minutes',
    'enter',
    'leave',
    'resume',
    'close',
    'note_gone',
  ] as const),
  ...(['add_item', 'change_item', 'attach_document', 'remove_item', 'move_item', 'message'] as const),
  'say_attendance',
  ...(['follow_up', 'preside', 'give_proxy', 'end_proxy'] as const),
]

/** Why somebody may not ask for an act at all, whatever the session's state; null when they may. */
export function lackOf(act: SessionAct, who: Who): string | null {
  const needs = [ACT_NEEDS[act.act]].flat()
  return needs.some((right) => who.may[right]) ? null : NEED_WORDS[needs[0] ?? 'run']
}

/** Decides an act. */
export function decide(state: SessionState, act: SessionAct, who: Who, world: World): Decision {
  const lacks = lackOf(act, who)
  if (lacks) return refuse(lacks)
  if (state.status !== 'open' && !ANY_TIME.includes(act.act)) return refuse('The session is not open now.')
  for (const part of PARTS) {
    const decision = part(state, act, who, world)
    if (decision) return decision
  }
  return refuse('Nothing is known of this act.')
}

const PARTS: readonly Decide[] = [
  decideMeeting,
  decideAgenda,
  decideFloor,
  decideMotion,
  decideConsensus,
  decideVote,
]
