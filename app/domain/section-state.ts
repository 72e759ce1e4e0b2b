/** A section's own state and the delegation that answers for it: kept in the document, in its map `sections`. */
import { PROPOSAL_SECTIONS } from './proposal-template'

/** The `Y.Map` of a proposal's document: `<fragment>.state` and `<fragment>.owner`. */
export const SECTIONS_MAP = 'sections'

export const SECTION_STATES = ['empty', 'draft', 'ready'] as const
export type SectionState = (typeof SECTION_STATES)[number]

export const SECTION_STATE_LABEL: Record<SectionState, string> = {
  empty: 'Empty',
  draft: 'Draft',
  ready: 'Ready',
}

export const stateKey = (fragment: string) => `${fragment}.state`
export const ownerKey = (fragment: string) => `${fragment}.owner`

/** A section without words is empty, whatever was said of it before. */
export const sectionState = (words: number, said: unknown): SectionState =>
  words === 0 ? 'empty' : said === 'ready' ? 'ready' : 'draft'

/** Fragments that their authors call ready. In: the map as plain JSON. */
export const readyIn = (raw: Record<string, unknown>): string[] =>
  PROPOSAL_SECTIONS.filter(({ fragment }) => raw[stateKey(fragment)] === 'ready').map(
    ({ fragment }) => fragment,
  )

/** Titles of sections that hold text and are not called ready: a hint before a submission, no hindrance. */
export const notReady = (words: Readonly<Record<string, number>>, ready: readonly string[]): string[] =>
  PROPOSAL_SECTIONS.filter(({ fragment }) => words[fragment] && !ready.includes(fragment)).map(
    ({ title }) => title,
  )
