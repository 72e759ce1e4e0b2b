/**
 * The way of one institution's answer to a financing request, as a table.
 *
 *     enquiry → letter_of_interest → application → due_diligence → term_sheet → approved → committed → effective
 *       → disbursing → completed;  declined, withdrawn, cancelled;  on_hold, and back to where it was
 *
 * The institution's own head moves it, the delegation that asks applies and withdraws. A coordinator may only record
 * what the institution did, with its document. A stage never implies an amount: those are lines of the ledger.
 */
export const FINANCING_STAGES = [
  'enquiry',
  'letter_of_interest',
  'application',
  'due_diligence',
  'term_sheet',
  'approved',
  'committed',
  'effective',
  'disbursing',
  'completed',
  'on_hold',
  'declined',
  'withdrawn',
  'cancelled',
] as const
export type FinancingStage = (typeof FINANCING_STAGES)[number]

export const FINANCING_STAGE_LABEL: Record<FinancingStage, string> = {
  enquiry: 'Enquiry',
  letter_of_interest: 'Letter of interest',
  application: 'Application',
  due_diligence: 'Due diligence',
  term_sheet: 'Term sheet',
  approved: 'Approved',
  committed: 'Committed',
  effective: 'Effective',
  disbursing: 'Disbursing',
  completed: 'Completed',
  on_hold: 'On hold',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  cancelled: 'Cancelled',
}

/** Nothing of these changes any more. */
const ENDED: readonly FinancingStage[] = ['completed', 'declined', 'withdrawn', 'cancelled']
export const isOver = (stage: FinancingStage): boolean => ENDED.includes(stage)

/** Stages in which work goes on, in their order. */
export const OPEN_FINANCING_STAGES = FINANCING_STAGES.filter((stage) => stage !== 'on_hold' && !isOver(stage))

export const FINANCING_MOVES = [
  'issue_letter',
  'apply',
  'begin_due_diligence',
  'offer_terms',
  'approve',
  'commit',
  'make_effective',
  'begin_disbursing',
  'complete',
  'hold',
  'resume',
  'decline',
  'withdraw',
  'cancel',
] as const
export type FinancingMove = (typeof FINANCING_MOVES)[number]

/** What has to be so before a move. The ledger's ones look at its net sums. */
export type MoveGuard =
  | 'requested_amount'
  | 'approved_amount'
  | 'committed_amount'
  | 'signing_conditions'
  | 'effectiveness_conditions'
  | 'first_disbursement_conditions'
  | 'no_open_tranche'

type MoveRule = {
  from: readonly FinancingStage[]
  /** `held`: the stage in which it was put on hold. */
  to: FinancingStage | 'held'
  /** Whose head moves it: the institution's, the asking delegation's, or either. */
  who: 'institution' | 'lead' | 'either'
  needsReason: boolean
  /** A date that comes with it: until when a letter holds, when work resumes. */
  needsDate: 'expiry' | 'resume' | null
  guards: readonly MoveGuard[]
}

const BEFORE_COMMITMENT: readonly FinancingStage[] = [
  'enquiry',
  'letter_of_interest',
  'application',
  'due_diligence',
  'term_sheet',
  'approved',
]

const plain = { needsReason: false, needsDate: null, guards: [] } as const
const by = (who: MoveRule['who'], from: readonly FinancingStage[], to: MoveRule['to']) => ({
  ...plain,
  who,
  from,
  to,
})

export const FINANCING_RULES: Record<FinancingMove, MoveRule> = {
  issue_letter: { ...by('institution', ['enquiry'], 'letter_of_interest'), needsDate: 'expiry' },
  apply: { ...by('lead', ['enquiry', 'letter_of_interest'], 'application'), guards: ['requested_amount'] },
  begin_due_diligence: by('institution', ['application'], 'due_diligence'),
  offer_terms: by('institution', ['due_diligence'], 'term_sheet'),
  approve: { ...by('institution', ['term_sheet'], 'approved'), guards: ['approved_amount'] },
  commit: {
    ...by('institution', ['approved'], 'committed'),
    guards: ['committed_amount', 'signing_conditions'],
  },
  make_effective: {
    ...by('institution', ['committed'], 'effective'),
    guards: ['committed_amount', 'effectiveness_conditions'],
  },
  begin_disbursing: {
    ...by('institution', ['effective'], 'disbursing'),
    guards: ['committed_amount', 'first_disbursement_conditions'],
  },
  complete: { ...by('institution', ['disbursing'], 'completed'), guards: ['no_open_tranche'] },
  hold: { ...by('either', OPEN_FINANCING_STAGES, 'on_hold'), needsReason: true, needsDate: 'resume' },
  resume: by('either', ['on_hold'], 'held'),
  decline: { ...by('institution', BEFORE_COMMITMENT, 'declined'), needsReason: true },
  withdraw: { ...by('lead', [...BEFORE_COMMITMENT, 'on_hold'], 'withdrawn'), needsReason: true },
  // What was not paid out goes back: the verb writes the ledger's line.
  cancel: {
    ...by('institution', ['committed', 'effective', 'disbursing', 'on_hold'], 'cancelled'),
    needsReason: true,
    guards: ['no_open_tranche'],
  },
}

export const FINANCING_MOVE_LABEL: Record<FinancingMove, { act: string; done: string }> = {
  issue_letter: { act: 'Issue a letter of interest', done: 'issued a letter of interest' },
  apply: { act: 'Apply', done: 'applied' },
  begin_due_diligence: { act: 'Begin due diligence', done: 'began due diligence' },
  offer_terms: { act: 'Offer a term sheet', done: 'offered a term sheet' },
  approve: { act: 'Approve', done: 'approved' },
  commit: { act: 'Commit', done: 'committed' },
  make_effective: { act: 'Declare it effective', done: 'declared it effective' },
  begin_disbursing: { act: 'Begin disbursing', done: 'began disbursing' },
  complete: { act: 'Complete', done: 'completed it' },
  hold: { act: 'Put on hold', done: 'put it on hold' },
  resume: { act: 'Resume', done: 'resumed it' },
  decline: { act: 'Decline', done: 'declined' },
  withdraw: { act: 'Withdraw', done: 'withdrew it' },
  cancel: { act: 'Cancel the commitment', done: 'cancelled the commitment' },
}

export const isFinancingMove = (act: string): act is FinancingMove =>
  FINANCING_MOVES.some((one) => one === act)

/**
 * Where a move leads from a stage; null when it does not start there. `held` is the stage in which an ask on hold was.
 * A hold before the commitment is ended by withdrawing, one after it by cancelling.
 */
export function moveTo(
  move: FinancingMove,
  from: FinancingStage,
  held: FinancingStage | null,
): FinancingStage | null {
  const rule = FINANCING_RULES[move]
  if (!rule.from.includes(from)) return null
  if (from === 'on_hold' && move !== 'resume') {
    if (!held || !rule.from.includes(held)) return null
  }
  return rule.to === 'held' ? held : rule.to
}

/** Whose turn it is, in words for everybody who may see it. */
export const FINANCING_HELD_BY: Record<FinancingStage, 'institution' | 'lead' | 'both' | 'nobody'> = {
  enquiry: 'institution',
  letter_of_interest: 'lead',
  application: 'institution',
  due_diligence: 'institution',
  term_sheet: 'institution',
  approved: 'both',
  committed: 'both',
  effective: 'institution',
  disbursing: 'both',
  completed: 'nobody',
  on_hold: 'both',
  declined: 'nobody',
  withdrawn: 'nobody',
  cancelled: 'nobody',
}
