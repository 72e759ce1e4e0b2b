/**
 * Votes. One delegation, one vote, cast by its head or alternate, or by whoever holds its proxy; who may vote is frozen
 * at opening. Nothing of how anybody voted is in an event before the vote closes.
 *
 * A secret ballot has two parts, as in a hall: papers are given out, by name; then the box is opened, and papers go
 * into it without a name (`blind.ts`). No paper is given out any more once the box is open, so that the order of the one
 * says nothing of the order of the other.
 */
import type { SessionAct } from './acts'
import { adoption, fallWith, notReady, withMotion } from './decide-motion'
import type { Decide, Who, World } from './decide-types'
import { type Decision, happen, refuse } from './decision'
import type { Choice, Motion, SessionState } from './model'
import { decidingIds, representedIds } from './present'
import { verdictOf } from './verdict'

export const decideVote: Decide = (state, act, who, world) => {
  switch (act.act) {
    case 'open_vote':
      return withMotion(state, act.motionId, (motion) => openVote(state, motion, act))
    case 'take_paper':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.state !== 'papers' || !motion.vote) return refuse('No ballot papers are given out now.')
        const voter = voterOf(motion, who, act.of)
        if (typeof voter !== 'string') return voter
        return happen({ is: 'paper_taken', motionId: motion.id, delegationId: voter })
      })
    case 'open_box':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.state !== 'papers' || !motion.vote) return refuse('No ballot papers are given out now.')
        return motion.vote.voters.length === 0
          ? refuse('No delegation has taken a ballot paper yet.')
          : happen({ is: 'box_opened', motionId: motion.id })
      })
    case 'vote':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.state !== 'voting' || motion.vote?.method !== 'roll_call')
          return refuse('No roll-call vote is open on it.')
        const voter = voterOf(motion, who, act.of)
        if (typeof voter !== 'string') return voter
        const proxy = voter === who.delegationId ? null : who.delegationId
        return happen({ is: 'voted', motionId: motion.id, delegationId: voter, proxy })
      })
    case 'close_vote':
      return withMotion(state, act.motionId, (motion) => closeVote(state, motion, world))
    case 'cancel_vote':
      return withMotion(state, act.motionId, (motion) =>
        motion.state === 'papers' || motion.state === 'voting'
          ? happen({ is: 'vote_cancelled', motionId: motion.id, reason: act.reason })
          : refuse('No vote is open on it.'),
      )
    default:
      return null
  }
}

function openVote(
  state: SessionState,
  motion: Motion,
  { method, majority, base }: Extract<SessionAct, { act: 'open_vote' }>,
): Decision {
  const why = notReady(state, motion)
  if (why) return refuse(why)
  const entitled = decidingIds(state)
  return happen({
    ...{ is: 'vote_opened', motionId: motion.id, method, majority, base },
    ...{ entitled, present: representedIds(state), proxies: state.proxies },
  })
}

/** For which delegation somebody votes: their own, or one that gave them its vote. A refusal when they may not. */
function voterOf({ vote }: Motion, who: Who, of: string | null): string | Decision {
  const voter = of ?? who.delegationId
  if (!vote || !voter || !vote.entitled.includes(voter))
    return refuse('That delegation does not vote: who does was settled when the vote opened.')
  const holder = vote.proxies[voter]
  if (voter !== who.delegationId && holder !== who.delegationId)
    return refuse('That delegation has not given you its vote.')
  if (voter === who.delegationId && holder)
    return refuse('Your delegation’s vote is held by another: it was so when the vote opened.')
  if (vote.voters.includes(voter))
    return refuse(
      vote.method === 'secret'
        ? 'Your delegation has taken its ballot paper.'
        : 'Your delegation has voted. A vote is cast once.',
    )
  return voter
}

function closeVote(state: SessionState, motion: Motion, world: World): Decision {
  const { vote } = motion
  if (motion.state !== 'voting' || !vote) return refuse('No vote is open on it.')
  const secret = vote.method === 'secret'
  const roll: Record<string, Choice> = {}
  for (const voter of vote.voters) {
    const choice = secret ? undefined : world.roll?.[voter]
    if (choice) roll[voter] = choice
  }
  const ballots = [...(world.ballots ?? [])].sort((a, b) => (a.receipt < b.receipt ? -1 : 1))
  const choices = secret ? ballots.map(({ choice }) => choice) : Object.values(roll)
  const verdict = verdictOf(vote, choices)
  const closed = {
    ...{ is: 'vote_closed' as const, motionId: motion.id, ...verdict },
    roll: secret ? null : roll,
    ballots: secret && verdict.void === null ? ballots : null,
  }
  if (verdict.void !== null) return happen(closed)
  return verdict.adopted
    ? happen(closed, ...adoption(state, motion, 'vote'))
    : happen(closed, ...(motion.amends ? [] : fallWith(state, motion.id, 'The motion was not adopted.')))
}
