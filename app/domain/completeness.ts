/** What a proposal lacks before it can be submitted, by section. */
import type { FieldProblem } from './document-fields'
import { PROPOSAL_SECTIONS } from './proposal-template'

/** What a proposal's document says, as the projection reads it. */
export type Written = {
  minerals: readonly string[] | null
  stages: readonly string[] | null
  capacityTonnes: string | null
  capitalCost: string | null
  currency: string | null
  place: string | null
  countryIso2: string | null
  lat: number | null
  problems: readonly FieldProblem[]
  /** By section's fragment. */
  words: Readonly<Record<string, number>>
  /** Open suggestions, by section's fragment. */
  suggestions: Readonly<Record<string, number>>
}

/** Where the key facts stand on the page. */
export const FACTS_PART = 'facts'

/** `section` is a section's fragment, or `FACTS_PART`; `at`: the place on the page that leads there, where it is another. */
export type Missing = { section: string; title: string; what: string; at?: string }

const FACTS: readonly (readonly [lacks: (written: Written) => boolean, what: string])[] = [
  [({ minerals }) => !minerals?.length, 'at least one mineral'],
  [({ stages }) => !stages?.length, 'at least one stage of production'],
  [({ capacityTonnes }) => capacityTonnes === null, 'the capacity, in tonnes contained a year'],
  [({ capitalCost }) => capitalCost === null, 'the capital cost'],
  [
    ({ capitalCost, currency }) => capitalCost !== null && currency === null,
    'the currency of the capital cost',
  ],
  [({ countryIso2 }) => countryIso2 === null, 'the country of the site'],
  [({ place, lat }) => !place && lat === null, 'the place of the site, in words or on the map'],
]

/** Everything that is missing, section by section, the key facts last. Empty: it may be submitted. */
export function missingIn(written: Written): Missing[] {
  const facts = (what: string): Missing => ({ section: FACTS_PART, title: 'Key facts', what })
  return [
    ...PROPOSAL_SECTIONS.filter(({ fragment }) => !written.words[fragment]).map(({ fragment, title }) => ({
      section: fragment,
      title,
      what: 'nothing is written yet',
    })),
    ...PROPOSAL_SECTIONS.flatMap(({ fragment, title }) => {
      const open = written.suggestions[fragment] ?? 0
      if (open === 0) return []
      const what = `${open} ${open === 1 ? 'suggestion is' : 'suggestions are'} open: accept or reject ${open === 1 ? 'it' : 'them'}`
      return [{ section: fragment, title, what, at: `suggestions-${fragment}` }]
    }),
    ...FACTS.filter(([lacks]) => lacks(written)).map(([, what]) => facts(what)),
    ...written.problems.map(({ field, problem }) => facts(field ? `${field}: ${problem}` : problem)),
  ]
}
