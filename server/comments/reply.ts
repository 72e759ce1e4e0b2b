import type { CommentWords } from '../../app/domain/comment'
import { conflict, forbidden } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { lockThread, voicesIn } from '../../db/queries/comments'
import { comments } from '../../db/schema/comments'
import { newId } from '../ids'
import { checkMentions } from './mentions'
import type { CommentParts } from './parts'
import { writtenAlready } from './start'
import { tellOfComment } from './tell'

export type Reply = CommentWords & { key: string; thread: string }

/**
 * Answers in a thread that is open. The same key again is the same answer. Throws `notFound`, `forbidden`, `invalid`, and
 * `conflict` when the thread was resolved meanwhile.
 */
export async function replyInThread(
  parts: CommentParts,
  actor: Actor,
  documentId: string,
  { key, thread: id, text, mentions: named }: Reply,
): Promise<void> {
  const channelId = await parts.db.transaction(async (tx) => {
    const { document, thread } = await lockThread(tx, actor, documentId, id)
    if (await writtenAlready(tx, actor, key)) return null
    if (!can(actor, 'comment', document.scope))
      throw forbidden('You may read this text, but not comment on it.')
    const scope = { text: document.scope, authorId: '', deleted: false, thread: thread.state }
    if (!can(actor, 'reply', { kind: 'comment', ...scope }))
      throw conflict('This thread was resolved meanwhile. Reopen it to answer; what you wrote is kept here.')
    const mentions = await checkMentions(tx, document, named)
    const voices = (await voicesIn(tx, thread.id)).map(({ userId }) => userId)
    const commentId = newId()
    await tx.insert(comments).values({
      ...{ id: commentId, threadId: thread.id, key, text, mentions },
      ...{ userId: actor.userId, organizationId: actor.organization.id },
    })
    await tellOfComment(tx, actor, document, { threadId: thread.id, commentId, mentions, voices })
    return document.channelId
  })
  if (channelId) await parts.channels.tellChanged(channelId)
}
