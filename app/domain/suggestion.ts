/** Proposed changes to a text: what a document holds of one, and what is told of its author. */

export const SUGGESTED_INSERT = 'suggestedInsert'
export const SUGGESTED_DELETE = 'suggestedDelete'

const ID = /^[a-z0-9]{1,11}\.[a-z0-9]{8,24}$/

/** What a forged mark is called: it is shown, counted and settled as any other. */
const UNKNOWN = 'unknown'

/** The id in a mark's attributes, whatever a browser put there. */
export const suggestionIdOf = (attrs: unknown): string => {
  const id = typeof attrs === 'object' && attrs !== null && 'id' in attrs ? attrs.id : null
  return typeof id === 'string' && ID.test(id) ? id : UNKNOWN
}

export const isSuggestionId = (id: string): boolean => ID.test(id)

/**
 * An id for what a Yjs client proposes: the client's number, then chance. The number settles whose it is where merged
 * entries of a log lie over each other; nobody can have written it before its author did.
 */
export const newSuggestionId = (client: number, random: readonly number[]): string =>
  `${client.toString(36)}.${random.map((one) => (one % 36).toString(36)).join('')}`

/** The Yjs client in whose name an id was made; null for a forged one. */
export function clientOf(id: string): number | null {
  const client = ID.test(id) ? Number.parseInt(id, 36) : Number.NaN
  return Number.isSafeInteger(client) ? client : null
}

/** Ids asked for at once. */
export const MOST_SUGGESTIONS_ASKED = 60

/** Who made a suggestion: the account that first wrote its id into the log. `at`: ISO instant of that entry. */
export type SuggestionAuthor = {
  id: string
  userId: string
  name: string
  organization: string
  iso2: string | null
  at: string
}
