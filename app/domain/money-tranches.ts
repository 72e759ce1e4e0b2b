/** Tranches of a commitment: `planned → requested → approved → paid | failed`, and `cancelled` before it is paid. */
export const TRANCHE_STATES = ['planned', 'requested', 'approved', 'paid', 'failed', 'cancelled'] as const
export type TrancheState = (typeof TRANCHE_STATES)[number]
export const TRANCHE_STATE_LABEL: Record<TrancheState, string> = {
  planned: 'Planned',
  requested: 'Requested',
  approved: 'Approved',
  paid: 'Paid',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const TRANCHE_METHODS = ['reimbursement', 'advance', 'direct'] as const
export const TRANCHE_METHOD_LABEL: Record<(typeof TRANCHE_METHODS)[number], string> = {
  reimbursement: 'Reimbursement of what was spent',
  advance: 'Advance',
  direct: 'Paid directly to the supplier',
}

export const TRANCHE_ACTS = ['request', 'approve', 'pay', 'fail', 'drop'] as const
export type TrancheAct = (typeof TRANCHE_ACTS)[number]

type TrancheRule = {
  from: readonly TrancheState[]
  to: TrancheState
  /** Who requests does not approve: they are of two organizations, and the database checks the persons. */
  who: 'lead' | 'institution' | 'either'
  needsReason: boolean
}

export const TRANCHE_RULES: Record<TrancheAct, TrancheRule> = {
  request: { from: ['planned'], to: 'requested', who: 'lead', needsReason: false },
  approve: { from: ['requested'], to: 'approved', who: 'institution', needsReason: false },
  pay: { from: ['approved'], to: 'paid', who: 'institution', needsReason: false },
  fail: { from: ['approved'], to: 'failed', who: 'institution', needsReason: true },
  drop: { from: ['planned', 'requested', 'approved'], to: 'cancelled', who: 'either', needsReason: true },
}

export const TRANCHE_ACT_LABEL: Record<TrancheAct, { act: string; done: string }> = {
  request: { act: 'Request', done: 'requested' },
  approve: { act: 'Approve', done: 'approved' },
  pay: { act: 'Record the payment', done: 'paid' },
  fail: { act: 'The payment failed', done: 'recorded a failed payment of' },
  drop: { act: 'Cancel', done: 'cancelled' },
}

export const isOpenTranche = (state: TrancheState): boolean =>
  state === 'planned' || state === 'requested' || state === 'approved'
