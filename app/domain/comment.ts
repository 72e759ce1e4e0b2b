/** Comments in threads on a passage: what they are made of, without I/O. */
import { z } from 'zod'
import { isId } from './id'

export const COMMENT_LIMITS = { text: 4000, quote: 2000, context: 32, ranges: 60, mentions: 20 } as const

const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const yjsId = z.object({ client: whole, clock: whole })

/** A Yjs relative position as JSON. Strict: it is handed to every reader's browser. */
const position = z.object({
  type: yjsId.nullish(),
  tname: z.string().max(64).nullish(),
  item: yjsId.nullish(),
  assoc: z.union([z.literal(0), z.literal(-1)]),
})
export type PassagePosition = z.infer<typeof position>

/**
 * Where a thread hangs: a range for each block that it touches, what stood there, and the letters before and after, by
 * which it is found again when the text was written anew elsewhere. Without ranges it is about the whole section.
 */
const passageShape = {
  fragment: z.string().min(1).max(64),
  ranges: z.array(z.object({ from: position, to: position })).max(COMMENT_LIMITS.ranges),
  quote: z.string().max(COMMENT_LIMITS.quote),
  before: z.string().max(COMMENT_LIMITS.context),
  after: z.string().max(COMMENT_LIMITS.context),
}
export const passage = z.object(passageShape)
export type Passage = z.infer<typeof passage>

export const MENTION_KINDS = ['person', 'delegation'] as const
export const mention = z.object({ kind: z.enum(MENTION_KINDS), id: z.string().refine(isId) })
export type Mention = z.infer<typeof mention>
/** One that can be shown. */
export type NamedMention = Mention & { name: string }

const text = z
  .string()
  .trim()
  .min(1, 'Write something first.')
  .max(COMMENT_LIMITS.text, `At most ${COMMENT_LIMITS.text.toLocaleString('en')} characters.`)
const words = { text, mentions: z.array(mention).max(COMMENT_LIMITS.mentions) }
/** Made by the browser for each thing that is written: sent twice, it is stored once. */
const key = z.uuid()
const id = z.string().refine(isId)

/** What the page sends. */
export const commentForm = z.discriminatedUnion('act', [
  z.object({ act: z.literal('start'), key, ...words, passage }),
  z.object({ act: z.literal('reply'), key, ...words, thread: id }),
  z.object({ act: z.literal('edit'), ...words, comment: id }),
  z.object({ act: z.literal('delete'), comment: id }),
  z.object({ act: z.literal('resolve'), thread: id }),
  z.object({ act: z.literal('reopen'), thread: id }),
])
export type CommentInput = z.infer<typeof commentForm>
export type CommentWords = { text: string; mentions: readonly Mention[] }

export const THREAD_STATES = ['open', 'resolved'] as const
export type ThreadState = (typeof THREAD_STATES)[number]

/** Somebody as a thread shows them. */
export type CommentPerson = { userId: string; name: string; organization: string; iso2: string | null }

export type ThreadComment = {
  id: string
  by: CommentPerson
  at: string
  /** Empty where it was deleted. */
  text: string
  mentions: readonly NamedMention[]
  editedAt: string | null
  deleted: boolean
  /** Whether the reader may change it, and take it away. */
  mayEdit: boolean
  mayDelete: boolean
}

export type CommentThread = {
  id: string
  passage: Passage
  state: ThreadState
  /** Who resolved it last, and when; null while it is open. */
  resolved: { by: CommentPerson; at: string } | null
  /** The first one began it. */
  comments: readonly ThreadComment[]
}

/** What a page shows of a document's comments. */
export type Commenting = {
  /** Who asks. */
  reader: { userId: string; organizationId: string }
  threads: readonly CommentThread[]
  mayComment: boolean
  /** Who reads what is written here, in words. */
  readers: string
}

/** Threads that a filter leaves. `mine`: the reader wrote in it or is named in it. */
export const THREAD_FILTERS = ['open', 'mine', 'resolved'] as const
export type ThreadFilter = (typeof THREAD_FILTERS)[number]

/**
 * In: the reader, with their delegation, so that what names it counts as theirs. Out: the threads that the filter leaves,
 * in the order given.
 */
export function filterThreads(
  threads: readonly CommentThread[],
  filter: ThreadFilter,
  reader: Commenting['reader'],
): CommentThread[] {
  const isMine = ({ comments }: CommentThread) =>
    comments.some(
      ({ by, deleted, mentions }) =>
        !deleted &&
        (by.userId === reader.userId ||
          mentions.some(
            ({ kind, id }) => id === (kind === 'person' ? reader.userId : reader.organizationId),
          )),
    )
  return threads.filter((thread) => (filter === 'mine' ? isMine(thread) : thread.state === filter))
}

/** `at`: where in the text it begins. */
type Piece = { at: number; text: string; mention: NamedMention | null }

/** A comment's text in pieces: what names somebody who is mentioned, as `@Hiroshi Onda`, is one of its own. */
export function piecesOf(text: string, mentions: readonly NamedMention[]): Piece[] {
  // The longest name first, so that "Democratic Republic of the Congo" is not taken for a shorter one.
  const byLength = [...mentions].sort((a, b) => b.name.length - a.name.length)
  const pieces: Piece[] = []
  let plain = ''
  const settle = (end: number) => {
    if (plain) pieces.push({ at: end - plain.length, text: plain, mention: null })
    plain = ''
  }
  for (let at = 0; at < text.length; ) {
    const found = byLength.find(({ name }) => text.startsWith(`@${name}`, at))
    if (found) {
      settle(at)
      pieces.push({ at, text: `@${found.name}`, mention: found })
      at += found.name.length + 1
    } else plain += text[at++]
  }
  settle(text.length)
  return pieces
}

/** The name that is being typed after an `@` at the caret, for the list of whom to mention; null when there is none. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | null {
  const start = text.lastIndexOf('@', caret - 1)
  if (start < 0 || (start > 0 && !/[\s(["'‘“«]/u.test(text[start - 1] ?? ''))) return null
  const query = text.slice(start + 1, caret)
  return /^[\p{L}\p{M}\p{N}.'’ -]{0,40}$/u.test(query) && !/\s{2}|^\s/u.test(query) ? { start, query } : null
}
