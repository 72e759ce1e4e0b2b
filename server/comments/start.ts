import { and, eq } from 'drizzle-orm'
import type { CommentWords, Passage } from '../../app/domain/comment'
import { invalid } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Transaction } from '../../db/connection'
import { documentFor, lockDocument, templateOf } from '../../db/queries/documents'
import { comments, commentThreads } from '../../db/schema/comments'
import { sectionsOf } from '../documents/history/sections'
import { newId } from '../ids'
import { checkMentions } from './mentions'
import type { CommentParts } from './parts'
import { tellOfComment } from './tell'

export type NewThread = CommentWords & { key: string; passage: Passage }

/**
 * Begins a thread on a passage, by whoever may comment on the text. The same key again is the same thread. Out: its id.
 * Throws `notFound`, `forbidden`, `invalid` (a section that there is not, somebody mentioned who may not read it).
 */
export async function startThread(
  parts: CommentParts,
  actor: Actor,
  documentId: string,
  { key, passage, text, mentions: named }: NewThread,
): Promise<string> {
  const made = await parts.db.transaction(async (tx) => {
    await lockDocument(tx, documentId)
    const document = await documentFor(tx, actor, documentId, 'comment')
    const sections = sectionsOf(templateOf(document))
    if (!sections.some(({ fragment }) => fragment === passage.fragment))
      throw invalid('There is no such section.')
    const before = await writtenAlready(tx, actor, key)
    if (before) return { threadId: before, document }
    const mentions = await checkMentions(tx, document, named)
    const [threadId, commentId] = [newId(), newId()]
    await tx.insert(commentThreads).values({ id: threadId, documentId: document.id, passage })
    await tx.insert(comments).values({
      ...{ id: commentId, threadId, key, text, mentions },
      ...{ userId: actor.userId, organizationId: actor.organization.id },
    })
    await tellOfComment(tx, actor, document, { threadId, commentId, mentions, voices: [] })
    return { threadId, document }
  })
  await parts.channels.tellChanged(made.document.channelId)
  return made.threadId
}

/** The thread of what the actor's browser sent with this key before. */
export async function writtenAlready(tx: Transaction, actor: Actor, key: string): Promise<string | null> {
  const [found] = await tx
    .select({ threadId: comments.threadId })
    .from(comments)
    .where(and(eq(comments.userId, actor.userId), eq(comments.key, key)))
  return found?.threadId ?? null
}
