/** Partners' bodies that finance: what they are, in words. */
export const INSTITUTION_KINDS = [
  'export_credit_agency',
  'development_finance',
  'public_bank',
  'government',
] as const
export const INSTITUTION_KIND_LABEL: Record<(typeof INSTITUTION_KINDS)[number], string> = {
  export_credit_agency: 'Export credit agency',
  development_finance: 'Development finance institution',
  public_bank: 'Public bank',
  government: 'Government department',
}

export const REQUEST_STATES = ['draft', 'asked', 'announced', 'withdrawn'] as const
export type RequestState = (typeof REQUEST_STATES)[number]
export const REQUEST_STATE_LABEL: Record<RequestState, string> = {
  draft: 'Draft',
  asked: 'With institutions',
  announced: 'As announced',
  withdrawn: 'Withdrawn',
}
