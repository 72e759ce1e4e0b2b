import type { Marking } from '../../app/domain/marking'
import { FINANCING_MOVES, type FinancingMove, type FinancingStage } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'

type MovableAsk = {
  stage: FinancingStage
  heldFrom: FinancingStage | null
  institutionId: string | null
  leadId: string | null
  marking: Marking
  announced: boolean
}

/**
 * What the actor may do now with an ask that they may know of. Whom the lead invited and who else was asked decide over
 * seeing only, never over a move: so they are not read for every card.
 */
export function movesFor(actor: Actor, ask: MovableAsk): FinancingMove[] {
  const scope = {
    kind: 'ask' as const,
    ...{ stage: ask.stage, heldFrom: ask.heldFrom, institutionId: ask.institutionId, readerIds: [] },
    request: {
      kind: 'request' as const,
      state: ask.announced ? ('announced' as const) : ('asked' as const),
      ...{ marking: ask.marking, leadDelegationId: ask.leadId, grants: [] },
      askedIds: ask.institutionId ? [ask.institutionId] : [],
    },
  }
  return FINANCING_MOVES.filter((move) => can(actor, move, scope))
}
