/**
 * The sections of a proposal, in order. `fragment` is the name of the section's `Y.XmlFragment` in the
 * proposal's document: it is stored for ever, so it never changes; the title may.
 */
export const PROPOSAL_SECTIONS = [
  {
    fragment: 'summary',
    title: 'Summary',
    hint: 'What is proposed, where, by whom, and what is asked of FORGE, in half a page.',
  },
  {
    fragment: 'resource',
    title: 'Resource and technology',
    hint: 'Deposit or feed, reserves with their code and date, process, recovery, readiness.',
  },
  {
    fragment: 'market',
    title: 'Market and offtake',
    hint: 'Products, buyers, contracts signed and sought, prices assumed.',
  },
  {
    fragment: 'economics',
    title: 'Economics',
    hint: 'Capital and operating cost, price year, returns, sensitivities.',
  },
  {
    fragment: 'esg',
    title: 'Environment, social and governance',
    hint: 'Permits, water, tailings, communities, labour, transparency: claimed, evidenced or verified.',
  },
  {
    fragment: 'local_value',
    title: 'Local value',
    hint: 'Processing at home, jobs, skills, procurement, revenue.',
  },
  {
    fragment: 'partners',
    title: 'Partners and roles',
    hint: 'Who owns, operates, finances, buys; ownership shares.',
  },
  {
    fragment: 'financing',
    title: 'Financing plan',
    hint: 'Sources against capital cost, instruments sought, conditions.',
  },
  { fragment: 'risks', title: 'Risks', hint: 'What could stop it, how likely, what is done about it.' },
  {
    fragment: 'timetable',
    title: 'Timetable',
    hint: 'Studies, permits, decision to invest, construction, first production.',
  },
] as const

/** The one fragment of an imported or plain document. */
export const BODY_FRAGMENT = 'body'

/** The `Y.Map` that holds the structured answers of a document. */
export const FIELDS_MAP = 'fields'
