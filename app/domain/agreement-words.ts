/** The words on the screen for the codes that the directory of agreements uses. */
const KIND: Record<string, string> = {
  framework: 'Framework',
  mou: 'Memorandum of understanding',
  mou_and_action_plan: 'Memorandum and action plan',
  agreement: 'Agreement',
  action_plan: 'Action plan',
  trade_agreement: 'Trade agreement',
  joint_statement: 'Joint statement',
  initiative: 'Initiative',
  proclamation: 'Proclamation',
  notice: 'Notice',
  unknown: 'Kind not known',
}

const BATCH: Record<string, string> = {
  eleven_2026_02_04: 'One of the eleven of the ministerial, 4 February 2026',
  eleven_2026_02_04_inferred: 'Counted as the eleventh of the ministerial, 4 February 2026 (inferred)',
  pre_ministerial_2025: 'Before the ministerial, October to December 2025',
  post_ministerial_2026: 'After the ministerial, 2026',
  action_plan: 'Action plans and joint statements',
  us_measure: 'Measure of the United States',
  other: 'Other instruments',
}

const OBLIGATION: Record<string, string> = {
  deadline: 'Deadline',
  standing: 'Standing',
  body: 'Joint body',
  recurring_quarterly: 'Every quarter',
}

/** A code that has no words yet is shown as words: `joint_plan` → "Joint plan". */
const spelt = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ')

export const agreementKind = (code: string) => KIND[code] ?? spelt(code)
export const agreementBatch = (code: string) => BATCH[code] ?? spelt(code)
export const obligationKind = (code: string) => OBLIGATION[code] ?? spelt(code)

/** Null where nobody has found out. */
export const bindingWords = (binding: boolean | null) =>
  binding === null ? 'Not known' : binding ? 'Binding' : 'Not binding'
