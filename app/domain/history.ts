/** A document's history as pages show it: who wrote when, the text of a moment, and what differs between two. */
import { z } from 'zod'

/** Somebody's work on a document without a longer pause: what the time line lists. */
export type Sitting = {
  userId: string
  organizationId: string
  /** The entries of the log that it began and ended with. `to` names the moment at its end. */
  from: number
  to: number
  /** ISO instants of the two. */
  began: string
  ended: string
  /** Words that came, and words that went: one that was only moved is neither. */
  came: number
  went: number
  /** Every client id in it belongs to its account, by what the portal bound when it was first used. */
  verified: boolean
  /** The version that it brought back, where it is that. */
  restored: number | null
}

export type Change = 'ins' | 'del'

/** A node of the text as it is shown; `by` and `movedBy` count in the list of sittings. */
export type HistoryNode = {
  type: string
  attrs?: Record<string, unknown>
  content?: HistoryNode[]
  text?: string
  marks?: HistoryMark[]
  /** Of a run of text: who wrote it. */
  by?: number
  /** Of a run that somebody else put where it stands, as by parting a paragraph. */
  movedBy?: number
  /** Between two moments: it came, or went, with everything in it. */
  change?: Change
}
export type HistoryMark = { type: string; attrs?: Record<string, unknown> }

export type HistorySection = { fragment: string; title: string | null; blocks: HistoryNode[] }

/** A key fact at two moments, in words with its unit; null: not given. */
export type FactChange = { label: string; before: string | null; after: string | null }

export const MAX_VERSIONS = 200
const MAX_NAME = 80

/** A name for a version. */
export const versionName = z
  .string()
  .trim()
  .refine((name) => [...name].length >= 3, 'The name has at least 3 characters.')
  .refine((name) => [...name].length <= MAX_NAME, `The name has at most ${MAX_NAME} characters.`)
  .refine((name) => !name.includes('\0'), 'The name holds a character that no text can hold.')
