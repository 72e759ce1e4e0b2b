import { FINANCING_STAGE_LABEL, type FinancingStage, isOver } from '../../domain/money-stages'
import { Badge, type Tone } from '../ui/badge'

const toneOf = (stage: FinancingStage): Tone => {
  if (stage === 'declined' || stage === 'cancelled') return 'red'
  if (stage === 'on_hold' || stage === 'letter_of_interest') return 'ochre'
  if (stage === 'completed' || stage === 'committed' || stage === 'effective' || stage === 'disbursing')
    return 'green'
  return isOver(stage) ? 'neutral' : 'accent'
}

/** A stage; a letter of interest says that it is not money. */
export const StageBadge = ({ stage }: { stage: FinancingStage }) => (
  <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
    <Badge tone={toneOf(stage)}>{FINANCING_STAGE_LABEL[stage]}</Badge>
    {stage === 'letter_of_interest' ? (
      <span className="whitespace-nowrap text-xs text-muted">not money</span>
    ) : null}
  </span>
)
