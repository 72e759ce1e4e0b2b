/** The life of a proposal as a table: which act leads from which states to which, by whom, and what it must say. */
import { OPEN_PROPOSAL_STATES, type ProposalState } from './project-stage'

export const PROPOSAL_MOVES = [
  'submit',
  'take_up',
  'send_to_review',
  'request_changes',
  'recommend',
  'back_to_review',
  'endorse',
  'decline',
  'withdraw',
] as const
export type ProposalMove = (typeof PROPOSAL_MOVES)[number]

type Rule = {
  from: readonly ProposalState[]
  to: ProposalState
  /**
   * The head of the delegation that leads the proposal, a coordinator of the secretariat, or nobody by hand: a
   * decision of the working group that it is before.
   */
  who: 'lead_head' | 'coordinator' | 'decision'
  needsReason: boolean
}

export const MOVES: Record<ProposalMove, Rule> = {
  submit: { from: ['draft', 'changes_requested'], to: 'submitted', who: 'lead_head', needsReason: false },
  take_up: { from: ['submitted'], to: 'screening', who: 'coordinator', needsReason: false },
  // With two eligible reviewers who accepted: `server/proposals/guards.ts`.
  send_to_review: { from: ['screening'], to: 'in_review', who: 'coordinator', needsReason: false },
  // With two reviews handed in. The reason is the recommendation to the group.
  recommend: { from: ['in_review'], to: 'in_decision', who: 'coordinator', needsReason: true },
  back_to_review: { from: ['in_decision'], to: 'in_review', who: 'coordinator', needsReason: true },
  endorse: { from: ['in_decision'], to: 'endorsed', who: 'decision', needsReason: false },
  decline: { from: ['in_decision'], to: 'declined', who: 'decision', needsReason: false },
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
  send_to_review: { act: 'Begin the review', done: 'began the review' },
  request_changes: { act: 'Request changes', done: 'requested changes' },
  recommend: { act: 'Recommend to the group', done: 'put it before the working group' },
  back_to_review: { act: 'Return it to the reviewers', done: 'returned it to the reviewers' },
  endorse: { act: 'Endorse', done: 'recorded the decision: endorsed' },
  decline: { act: 'Decline', done: 'recorded the decision: declined' },
  withdraw: { act: 'Withdraw', done: 'withdrew it' },
}

export const isMove = (act: string): act is ProposalMove => PROPOSAL_MOVES.some((move) => move === act)

/** Characters of a reason that a move is given. */
export const REASON_LENGTH = { min: 10, max: 4000 } as const

/** Calendar days from the submission until the answer whether the case is complete. */
export const COMPLETENESS_DAYS = 10
/** Calendar days from the recommendation until the working group's decision. */
export const DECISION_DAYS = 30

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
