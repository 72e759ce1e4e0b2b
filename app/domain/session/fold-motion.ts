/** Motions, amendments, and how they are decided. */
import { amended } from './amendment'
import type { SessionEvent } from './events'
import type { Motion, SessionState } from './model'

const change = (state: SessionState, id: string, how: (motion: Motion) => Motion): SessionState => ({
  ...state,
  motions: state.motions.map((motion) => (motion.id === id ? how(motion) : motion)),
})

/** Null: not its concern. */
export function foldMotion(state: SessionState, { at, by, body }: SessionEvent): SessionState | null {
  switch (body.is) {
    case 'motion_proposed': {
      const { motionId, itemId, amends, title, text, passage, distance, proposalId, outcome, approves } = body
      const motion: Motion = {
        ...{
          id: motionId,
          itemId,
          amends,
          title,
          text,
          passage,
          distance,
          proposalId,
          outcome,
          approves,
          by,
          at,
        },
        ...{ seconder: null, state: 'proposed', objections: [], reservations: [], vote: null, result: null },
        ...{ how: null, number: null, why: null, silence: null, decidedAt: null },
      }
      return { ...state, motions: [...state.motions, motion] }
    }
    case 'motion_seconded':
      return change(state, body.motionId, (motion) => ({
        ...motion,
        state: 'seconded',
        seconder: body.delegationId === motion.by.delegationId ? null : body.delegationId,
      }))
    case 'motion_withdrawn':
      return change(state, body.motionId, (motion) => ({ ...motion, state: 'withdrawn' }))
    case 'motion_fell':
      return change(state, body.motionId, (motion) => ({ ...motion, state: 'fell', why: body.why }))
    case 'consensus_asked':
      return change(state, body.motionId, (motion) => ({ ...motion, state: 'consensus', objections: [] }))
    case 'objected': {
      const { delegationId, text } = body
      return change(state, body.motionId, (motion) => ({
        ...motion,
        objections: [
          ...motion.objections.filter((one) => one.delegationId !== delegationId),
          { delegationId, text, at },
        ],
      }))
    }
    case 'objection_withdrawn':
      return change(state, body.motionId, (motion) => ({
        ...motion,
        objections: motion.objections.filter((one) => one.delegationId !== body.delegationId),
      }))
    case 'reserved': {
      const { delegationId, text } = body
      return change(state, body.motionId, (motion) => ({
        ...motion,
        reservations: [...motion.reservations, { delegationId, text, at }],
      }))
    }
    case 'consensus_failed':
      return change(state, body.motionId, (motion) => ({ ...motion, state: 'seconded' }))
    case 'vote_opened': {
      const { is: _is, motionId, ...vote } = body
      return change(state, motionId, (motion) => ({
        ...motion,
        state: vote.method === 'secret' ? 'papers' : 'voting',
        vote: { ...vote, openedAt: at, voters: [] },
      }))
    }
    case 'box_opened':
      return change(state, body.motionId, (motion) => ({ ...motion, state: 'voting' }))
    case 'paper_taken':
    case 'voted':
      return change(state, body.motionId, (motion) => ({
        ...motion,
        vote: motion.vote && {
          ...motion.vote,
          voters: [...motion.vote.voters.filter((one) => one !== body.delegationId), body.delegationId],
        },
      }))
    case 'vote_closed': {
      const { is: _is, motionId, ...result } = body
      return change(state, motionId, (motion) => ({
        ...motion,
        // Adopting is an event of its own.
        state: result.adopted || result.void !== null ? 'seconded' : 'rejected',
        how: 'vote',
        decidedAt: at,
        result: { ...result, method: motion.vote?.method ?? 'roll_call', closedAt: at },
      }))
    }
    case 'vote_cancelled':
      return change(state, body.motionId, (motion) => ({
        ...motion,
        state: 'seconded',
        vote: null,
        why: body.reason,
      }))
    case 'adopted':
      return adopt(state, body.motionId, { how: body.how, number: body.number, decidedAt: at })
    case 'silence_opened':
      return change(state, body.motionId, (motion) => ({
        ...motion,
        state: 'silence',
        silence: { procedureId: body.procedureId, deadline: body.deadline },
      }))
    default:
      return null
  }
}

function adopt(
  state: SessionState,
  id: string,
  adoption: Pick<Motion, 'how' | 'number' | 'decidedAt'>,
): SessionState {
  const after = change(state, id, (motion) => ({ ...motion, state: 'adopted', ...adoption }))
  const amendment = after.motions.find((motion) => motion.id === id && motion.amends !== null)
  if (!amendment) return after
  return change(after, amendment.amends ?? '', (motion) => ({
    ...motion,
    text: amended(motion.text, amendment.passage ?? '', amendment.text) ?? motion.text,
  }))
}
