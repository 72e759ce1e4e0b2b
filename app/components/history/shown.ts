import type { Sitting } from '../../domain/history'

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
