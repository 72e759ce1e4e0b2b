/** The search over everything that somebody may see. */

export const SEARCH_KINDS = ['project', 'proposal', 'decision', 'partner', 'mineral'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]
export const SEARCH_KIND_LABEL: Record<SearchKind, string> = {
  project: 'Projects',
  proposal: 'Proposals',
  decision: 'Decisions',
  partner: 'Partners',
  mineral: 'Minerals',
}

export const SEARCH_LENGTH = 200
const MOST_WORDS = 12

export type SearchWish = { text: string; kind: SearchKind | null }

/** What the address asks for; values that mean nothing are as if they were not there. */
export function searchWish(query: URLSearchParams): SearchWish {
  return {
    text: query.get('q')?.replaceAll('\0', '').trim().slice(0, SEARCH_LENGTH) ?? '',
    kind: SEARCH_KINDS.find((kind) => kind === query.get('kind')) ?? null,
  }
}

/** The words of a search: letters and digits only, so that none of them is an operator. */
export const searchWords = (text: string): string[] =>
  text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, MOST_WORDS)

/** Around a match in what the database gives: characters that no text of ours holds. */
export const MATCH = { start: '\uE000', end: '\uE001' } as const

/** `nth`: which of its headline's. */
export type Piece = { nth: number; text: string; match: boolean }

/** A headline in pieces, so that a page draws it as text and never as markup. */
export function piecesOf(headline: string): Piece[] {
  const pieces: Piece[] = []
  let match = false
  let text = ''
  const close = () => {
    if (text) pieces.push({ nth: pieces.length, text, match })
    text = ''
  }
  for (const letter of headline) {
    if (letter === MATCH.start || letter === MATCH.end) {
      close()
      match = letter === MATCH.start
    } else text += letter
  }
  close()
  return pieces
}
