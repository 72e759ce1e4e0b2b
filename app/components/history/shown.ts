import type { FieldProblems } from '../../domain/fault'
import type { FactChange, HistorySection, Sitting } from '../../domain/history'
import type { Marking } from '../../domain/marking'

/** A sitting with the names that a page shows. */
export type NamedSitting = Sitting & { name: string; organization: string; iso2: string | null }

export type NamedVersion = { seq: number; name: string; at: string; by: string; organization: string }

export const SHOWS = { changes: 'What changed', authors: 'Who wrote it', text: 'The text' } as const
export type Show = keyof typeof SHOWS

/** Colours that tell authors apart (`history.css`). */
const COLOURS = 8

/** The colour of each account, by the order in which they came to the document. */
export function colourOf(sittings: readonly NamedSitting[]): (sitting: number) => number {
  const accounts = [...new Set(sittings.map(({ userId, organizationId }) => `${userId} ${organizationId}`))]
  return (sitting) => {
    const of = sittings[sitting]
    return of ? accounts.indexOf(`${of.userId} ${of.organizationId}`) % COLOURS : 0
  }
}

/** The address of a moment, beside what else the page shows. */
export function momentQuery({ at, from, show }: { at: number; from: number | null; show: Show }): string {
  const query = new URLSearchParams({ at: String(at) })
  if (from !== null) query.set('from', String(from))
  if (show !== 'changes') query.set('show', show)
  return `?${query}`
}

/** A document's history as the portal answers it. */
export type HistoryPage = {
  sittings: NamedSitting[]
  versions: NamedVersion[]
  sections: HistorySection[]
  facts: FactChange[]
  at: number
  from: number
  chosenFrom: number | null
  show: Show
  mayWrite: boolean
  title: string
  marking: Marking
  /** The text has key facts. */
  hasFacts: boolean
}

/**
 * What became of an act on a version. `seq`, where it was done: the moment to show then, null for now; where it was refused:
 * the version it was about.
 */
export type HistoryAnswer =
  | { done: true; seq: number | null }
  | { done: false; seq: number; message: string | null; fields: FieldProblems; name: string }
