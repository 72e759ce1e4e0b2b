/** The life of a proposal as a table: which act leads from which states to which, by whom, and what it must say. */
import { OPEN_PROPOSAL_STATES, type ProposalState } from './project-stage'

export const PROPOSAL_MOVES = ['submit', 'take_up', 'request_changes', 'withdraw'] as const
export type ProposalMove = (typeof PROPOSAL_MOVES)[number]

type Rule = {
  from: readonly ProposalState[]
  to: ProposalState
  /** The head of the delegation that leads the proposal, or a coordinator of the secretariat. */
  who: 'lead_head' | 'coordinator'
  needsReason: boolean
}

export const MOVES: Record<ProposalMove, Rule> = {
  submit: { from: ['draft', 'changes_requested'], to: 'submitted', who: 'lead_head', needsReason: false },
  take_up: { from: ['submitted'], to: 'screening', who: 'coordinator', needsReason: false },
  request_changes: {
    from: ['screening', 'in_review'],
    to: 'changes_requested',
    who: 'coordinator',
    needsReason: true,
  },
  withdraw: { from: OPEN_PROPOSAL_STATES, to: 'withdrawn', who: 'lead_head', needsReason: false },
}

export const MOVE_LABEL: Record<ProposalMove, { act: string; done: string }> = {
  submit: { act: 'Submit', done: 'submitted it' },
  take_up: { act: 'Take up the screening', done: 'took up the screening' },
  request_changes: { act: 'Request changes', done: 'requested changes' },
  withdraw: { act: 'Withdraw', done: 'withdrew it' },
}

export const isMove = (act: string): act is ProposalMove => PROPOSAL_MOVES.some((move) => move === act)

/** Characters of a reason that a move is given. */
export const REASON_LENGTH = { min: 10, max: 4000 } as const

/** Calendar days from the submission until the answer whether the case is complete. */
export const COMPLETENESS_DAYS = 10

/** Who has it now, in words for everybody who may read it. */
export const HELD_BY: Record<ProposalState, string> = {
  draft: 'the authors',
  submitted: 'the secretariat, for screening',
  screening: 'the secretariat, in screening',
  in_review: 'the reviewers',
  in_decision: 'the working group',
  changes_requested: 'the authors, for the changes requested',
  endorsed: 'nobody: it is endorsed',
  declined: 'nobody: it was declined',
  withdrawn: 'nobody: it was withdrawn',
}
