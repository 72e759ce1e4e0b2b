/** Motions and amendments until they are put to a decision. */
import { amended, distanceOf, placeOf } from './amendment'
import type { Decide, Who } from './decide-types'
import { type Decision, happen, refuse } from './decision'
import type { EventBody } from './events'
import type { Motion, SessionState } from './model'
import { amendmentsOf, beingDecided, hasQuorum, motionOf, openItem, presentIds } from './present'

const MOST_MOTIONS = 200

export const decideMotion: Decide = (state, act, who, world) => {
  switch (act.act) {
    case 'propose': {
      const item = openItem(state)
      if (!item) return refuse('No item of the agenda is open.')
      if (!who.delegationId) return refuse('Motions are proposed by delegations.')
      if (state.motions.length >= MOST_MOTIONS) return refuse('A session holds at most 200 motions.')
      if (
        (act.proposalId === null) !== (act.outcome === null) ||
        (act.proposalId && act.proposalId !== item.proposalId)
      )
        return refuse('A motion over a proposal says what it does with it, while its item is open.')
      const motionId = world.newId()
      return happen(
        {
          ...{
            is: 'motion_proposed',
            motionId,
            itemId: item.id,
            amends: null,
            title: act.title,
            text: act.text,
          },
          ...{
            passage: null,
            distance: 0,
            proposalId: act.proposalId,
            outcome: act.outcome,
            approves: act.approves,
          },
        },
        ...secondedAtOnce(state, who, motionId),
      )
    }
    case 'amend':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.amends) return refuse('An amendment is not amended: propose another.')
        if (motion.state !== 'proposed' && motion.state !== 'seconded')
          return refuse('The motion is being decided, or was.')
        if (motion.itemId !== openItem(state)?.id) return refuse('The item of the motion is not open.')
        if (state.motions.length >= MOST_MOTIONS) return refuse('A session holds at most 200 motions.')
        if (placeOf(motion.text, act.passage) === null)
          return refuse('The passage does not stand in the motion’s text exactly once: take more of it.')
        if (act.text === act.passage) return refuse('That changes nothing.')
        const motionId = world.newId()
        return happen(
          {
            ...{ is: 'motion_proposed', motionId, itemId: motion.itemId, amends: motion.id },
            ...{ title: `Amendment to: ${motion.title}`.slice(0, 240), text: act.text, passage: act.passage },
            ...{
              distance: distanceOf(act.passage, act.text),
              proposalId: null,
              outcome: null,
              approves: null,
            },
          },
          ...secondedAtOnce(state, who, motionId),
        )
      })
    case 'second':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.state !== 'proposed') return refuse('It waits for no second.')
        if (!who.delegationId || motion.by.delegationId === who.delegationId)
          return refuse('Another delegation than the one that proposed it seconds it.')
        return happen({ is: 'motion_seconded', motionId: motion.id, delegationId: who.delegationId })
      })
    case 'withdraw':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.by.delegationId !== who.delegationId) return refuse('Only its proposer withdraws it.')
        if (motion.state !== 'proposed' && motion.state !== 'seconded')
          return refuse('It is being decided, or was.')
        return happen(
          { is: 'motion_withdrawn', motionId: motion.id },
          ...fallWith(state, motion.id, 'The motion was withdrawn.'),
        )
      })
    default:
      return null
  }
}

/** Where the rules ask for no second. */
const secondedAtOnce = ({ rules }: SessionState, who: Who, motionId: string): EventBody[] =>
  rules.seconder || !who.delegationId
    ? []
    : [{ is: 'motion_seconded', motionId, delegationId: who.delegationId }]

export function withMotion(
  state: SessionState,
  id: string,
  decision: (motion: Motion) => Decision,
): Decision {
  const motion = motionOf(state, id)
  return motion ? decision(motion) : refuse('There is no such motion.')
}

/** Amendments that were not decided fall with their motion. */
export function fallWith(state: SessionState, motionId: string, why: string): EventBody[] {
  return state.motions
    .filter((one) => one.amends === motionId && (one.state === 'proposed' || one.state === 'seconded'))
    .map((one) => ({ is: 'motion_fell', motionId: one.id, why }))
}

/** Why a motion or amendment cannot be put to a decision now; null when it can. */
export function notReady(state: SessionState, motion: Motion): string | null {
  if (motion.state === 'proposed') return 'It waits for a second.'
  if (motion.state !== 'seconded') return 'It is being decided, or was.'
  if (motion.itemId !== openItem(state)?.id) return 'Its item of the agenda is not open.'
  const other = beingDecided(state)
  if (other) return `“${other.title}” is being decided.`
  if (!hasQuorum(state))
    return `No quorum: ${presentIds(state).length} delegations are in the room, ${state.rules.quorum} are needed.`
  const first = amendmentsOf(state, motion.amends ?? motion.id)[0]
  if (motion.amends === null && first)
    return 'Its amendments are decided first, the furthest from the text first.'
  if (motion.amends !== null && first && first.id !== motion.id && first.distance > motion.distance)
    return 'Another amendment is further from the text: it is decided first.'
  return null
}

/**
 * What follows from an adoption. An amendment changes the text: others whose passage is gone fall. A motion becomes a
 * decision; the server gives the number.
 */
export function adoption(state: SessionState, motion: Motion, how: 'consensus' | 'vote'): EventBody[] {
  if (motion.amends === null)
    return [
      ...fallWith(state, motion.id, 'The motion was adopted without it.'),
      { is: 'adopted', motionId: motion.id, how, number: null },
    ]
  const target = motionOf(state, motion.amends)
  const text = target && amended(target.text, motion.passage ?? '', motion.text)
  const fallen = state.motions.filter(
    (one) =>
      one.amends === motion.amends &&
      one.id !== motion.id &&
      (one.state === 'proposed' || one.state === 'seconded') &&
      text !== null &&
      placeOf(text, one.passage ?? '') === null,
  )
  return [
    { is: 'adopted', motionId: motion.id, how, number: null },
    ...fallen.map(
      (one): EventBody => ({
        is: 'motion_fell',
        motionId: one.id,
        why: 'The passage that it would change is not in the text any more.',
      }),
    ),
  ]
}
