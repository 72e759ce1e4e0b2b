import { MOTION_STATE_LABEL, type Motion, type MotionState } from '../../domain/session/model'
import { Badge, type Tone } from '../ui/badge'
import { ActButton } from './act-button'
import { OpenVote } from './open-vote'

const TONE: Record<MotionState, Tone> = {
  proposed: 'neutral',
  seconded: 'accent',
  consensus: 'ochre',
  papers: 'ochre',
  voting: 'ochre',
  adopted: 'green',
  rejected: 'red',
  fell: 'neutral',
  withdrawn: 'neutral',
  silence: 'accent',
}

export const MotionBadge = ({ state }: { state: MotionState }) => (
  <Badge tone={TONE[state]}>{MOTION_STATE_LABEL[state]}</Badge>
)

/** Seconding, withdrawing, and putting to a decision: of a motion or an amendment. */
export function MotionActs({ motion }: { motion: Motion }) {
  return (
    <>
      <ActButton act={{ act: 'second', motionId: motion.id }} variant="primary">
        Second
      </ActButton>
      <ActButton act={{ act: 'ask_consensus', motionId: motion.id }}>Ask for consensus</ActButton>
      <OpenVote motion={motion} />
      <ActButton act={{ act: 'withdraw', motionId: motion.id }} variant="quiet">
        Withdraw
      </ActButton>
    </>
  )
}
