/**
 * Conditions precedent: `open → submitted → satisfied`, `submitted → returned → submitted`, and from any but satisfied
 * `→ waived`, which one person proposes with a reason and a second one confirms.
 */
export const CONDITION_STATES = ['open', 'submitted', 'returned', 'satisfied', 'waived'] as const
export type ConditionState = (typeof CONDITION_STATES)[number]
export const CONDITION_STATE_LABEL: Record<ConditionState, string> = {
  open: 'Open',
  submitted: 'Evidence submitted',
  returned: 'Returned',
  satisfied: 'Satisfied',
  waived: 'Waived',
}

/** What a condition must be met before. */
export const CONDITION_GATES = [
  'signing',
  'effectiveness',
  'first_disbursement',
  'every_disbursement',
  'tranche',
] as const
export type ConditionGate = (typeof CONDITION_GATES)[number]
export const CONDITION_GATE_LABEL: Record<ConditionGate, string> = {
  signing: 'Before signing',
  effectiveness: 'Before it takes effect',
  first_disbursement: 'Before the first disbursement',
  every_disbursement: 'Before every disbursement',
  tranche: 'Before one tranche',
}

export const CONDITION_ACTS = ['submit', 'return', 'satisfy', 'propose_waiver', 'confirm_waiver'] as const
export type ConditionAct = (typeof CONDITION_ACTS)[number]

type ConditionRule = {
  from: readonly ConditionState[]
  /** null: the state stays. */
  to: ConditionState | null
  /** The delegation that has to meet it, or the institution that set it. */
  who: 'responsible' | 'institution'
  needsReason: boolean
}

const UNMET: readonly ConditionState[] = ['open', 'submitted', 'returned']

export const CONDITION_RULES: Record<ConditionAct, ConditionRule> = {
  submit: { from: ['open', 'returned'], to: 'submitted', who: 'responsible', needsReason: false },
  return: { from: ['submitted'], to: 'returned', who: 'institution', needsReason: true },
  satisfy: { from: ['submitted'], to: 'satisfied', who: 'institution', needsReason: false },
  propose_waiver: { from: UNMET, to: null, who: 'institution', needsReason: true },
  // By another person than the one who proposed it: `server/financing/conditions.ts`, and a CHECK.
  confirm_waiver: { from: UNMET, to: 'waived', who: 'institution', needsReason: false },
}

export const isMet = (state: ConditionState): boolean => state === 'satisfied' || state === 'waived'

type Held = { gate: ConditionGate; state: ConditionState; trancheId: string | null }

/** Gates that a tranche passes besides those of its own. */
const BEFORE_MONEY: readonly ConditionGate[] = [
  'signing',
  'effectiveness',
  'first_disbursement',
  'every_disbursement',
]

/** Conditions that keep a tranche from being paid. The database's trigger asks the same. */
export const inTheWay = <C extends Held>(conditions: readonly C[], trancheId: string): C[] =>
  conditions.filter(
    ({ gate, state, trancheId: of }) =>
      !isMet(state) && (gate === 'tranche' ? of === trancheId : BEFORE_MONEY.includes(gate)),
  )

/** Conditions of a gate, and of those that come before it, that are not met. */
export function unmetUpTo<C extends Held>(
  conditions: readonly C[],
  gate: 'signing' | 'effectiveness' | 'first_disbursement',
): C[] {
  const gates = BEFORE_MONEY.slice(0, BEFORE_MONEY.indexOf(gate) + 1)
  return conditions.filter((one) => !isMet(one.state) && gates.includes(one.gate))
}
