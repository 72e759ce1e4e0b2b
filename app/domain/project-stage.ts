export const STAGES = [
  'exploration',
  'extraction',
  'concentration',
  'refining',
  'metal_alloy',
  'component',
  'recycling',
  'infrastructure',
  'stockpile',
] as const
export type Stage = (typeof STAGES)[number]

export const STAGE_LABEL: Record<Stage, string> = {
  exploration: 'Exploration',
  extraction: 'Extraction',
  concentration: 'Concentration',
  refining: 'Refining',
  metal_alloy: 'Metal and alloy',
  component: 'Component',
  recycling: 'Recycling',
  infrastructure: 'Infrastructure',
  stockpile: 'Stockpile',
}

export const PROJECT_STATES = [
  'idea',
  'proposed',
  'endorsed',
  'financing',
  'construction',
  'operating',
  'paused',
  'withdrawn',
  'closed',
] as const
export type ProjectState = (typeof PROJECT_STATES)[number]

export const PROJECT_STATE_LABEL: Record<ProjectState, string> = {
  idea: 'Idea',
  proposed: 'Proposed',
  endorsed: 'Endorsed',
  financing: 'Financing',
  construction: 'Construction',
  operating: 'Operating',
  paused: 'Paused',
  withdrawn: 'Withdrawn',
  closed: 'Closed',
}

export const PROPOSAL_STATES = [
  'draft',
  'submitted',
  'screening',
  'in_review',
  'in_decision',
  'changes_requested',
  'endorsed',
  'declined',
  'withdrawn',
] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

export const PROPOSAL_STATE_LABEL: Record<ProposalState, string> = {
  draft: 'Draft',
  submitted: 'Submitted',
  screening: 'Screening',
  in_review: 'In review',
  in_decision: 'In decision',
  changes_requested: 'Changes requested',
  endorsed: 'Endorsed',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
}

/** A proposal that ended: nothing of it changes any more, and its delegation may start another of the project. */
const ENDED: readonly ProposalState[] = ['endorsed', 'declined', 'withdrawn']
export const OPEN_PROPOSAL_STATES = PROPOSAL_STATES.filter((state) => !ENDED.includes(state))
