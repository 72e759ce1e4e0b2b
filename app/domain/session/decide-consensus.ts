/** Consensus: nobody objects when asked. A named objection blocks; reservations attach. Silence takes it elsewhere. */

import { adoption, fallWith, notReady, withMotion } from './decide-motion'
import type { Decide } from './decide-types'
import { type Decision, happen, refuse } from './decision'
import type { SessionState } from './model'
import { decidingIds } from './present'

export const decideConsensus: Decide = (state, act, who, world) => {
  switch (act.act) {
    case 'ask_consensus':
      return withMotion(state, act.motionId, (motion) => {
        const why = notReady(state, motion)
        return why ? refuse(why) : happen({ is: 'consensus_asked', motionId: motion.id })
      })
    case 'object':
      return asked(state, act.motionId, who.delegationId, (delegationId) =>
        happen({ is: 'objected', motionId: act.motionId, delegationId, text: act.text }),
      )
    case 'withdraw_objection':
      return asked(state, act.motionId, who.delegationId, (delegationId) =>
        happen({ is: 'objection_withdrawn', motionId: act.motionId, delegationId }),
      )
    case 'reserve':
      return withMotion(state, act.motionId, (motion) => {
        if (!who.delegationId || !decidingIds(state).includes(who.delegationId))
          return refuse('Only members make a reservation.')
        if (motion.state !== 'consensus' && motion.state !== 'adopted')
          return refuse('A reservation is made when consensus is asked for, or after the decision.')
        const { delegationId } = who
        return happen({ is: 'reserved', motionId: motion.id, delegationId, text: act.text })
      })
    case 'conclude':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.state !== 'consensus') return refuse('Consensus was not asked for.')
        return motion.objections.length > 0
          ? happen({ is: 'consensus_failed', motionId: motion.id })
          : happen(...adoption(state, motion, 'consensus'))
      })
    case 'put_to_silence':
      return withMotion(state, act.motionId, (motion) => {
        if (motion.amends) return refuse('An amendment is decided in the session.')
        if (motion.proposalId)
          return refuse(
            'A motion over a proposal is put to silence by a coordinator, from the proposal’s case.',
          )
        if (motion.approves) return refuse('Minutes are approved in the session.')
        const why = notReady(state, motion)
        if (why) return refuse(why)
        if (world.deadline === undefined) return refuse('Give the deadline.')
        return happen(...fallWith(state, motion.id, 'The motion went to a silence procedure without it.'), {
          ...{ is: 'silence_opened', motionId: motion.id },
          ...{ procedureId: world.newId(), deadline: world.deadline },
        })
      })
    default:
      return null
  }
}

function asked(
  state: SessionState,
  motionId: string,
  delegationId: string | null,
  decision: (delegationId: string) => Decision,
): Decision {
  return withMotion(state, motionId, (motion) => {
    if (motion.state !== 'consensus') return refuse('Consensus is not asked for now.')
    if (!delegationId || !decidingIds(state).includes(delegationId)) return refuse('Only members object.')
    return decision(delegationId)
  })
}
