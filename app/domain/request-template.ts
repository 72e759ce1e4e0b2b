/**
 * The sections of a financing request's text, in order. `fragment` is stored for ever, as a proposal's is. What is
 * sought in all are its key facts (`request-fields.ts`); what an institution offers stands in the ledger and in commercial
 * terms with readers of their own, and does not belong in this text.
 */
export const REQUEST_SECTIONS = [
  {
    fragment: 'request_summary',
    title: 'Summary',
    hint: 'What is asked, for which project, and what it makes possible, in half a page.',
  },
  {
    fragment: 'request_proceeds',
    title: 'Use of proceeds',
    hint: 'What the money pays for, by part of the works, and when it is needed.',
  },
  {
    fragment: 'request_sources',
    title: 'Sources and co-financiers',
    hint: 'Own money, other lenders and buyers, and how firm each of them is.',
  },
  {
    fragment: 'request_repayment',
    title: 'Market and repayment',
    hint: 'Who buys at which price basis, cash flow, what happens when prices fall.',
  },
  {
    fragment: 'request_security',
    title: 'Security and guarantees',
    hint: 'What can be pledged, who stands behind it, insurance.',
  },
  {
    fragment: 'request_esg',
    title: 'Environment and social',
    hint: 'Category, permits, action plan, consultation: what lenders will ask first.',
  },
  {
    fragment: 'request_timetable',
    title: 'Timetable',
    hint: 'Decision to invest, signing, first disbursement, completion.',
  },
] as const
