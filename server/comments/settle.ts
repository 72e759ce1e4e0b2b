import { and, eq } from 'drizzle-orm'
import { conflict, forbidden } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { lockThread } from '../../db/queries/comments'
import { commentThreads } from '../../db/schema/comments'
import { recordAct } from '../audit/record'
import type { CommentParts } from './parts'

/**
 * Resolves a thread, or opens it again: whoever may comment. Throws `notFound`, `forbidden`, and `conflict` when somebody
 * did so meanwhile.
 */
export async function settleThread(
  { db, channels }: CommentParts,
  actor: Actor,
  documentId: string,
  { act, thread: id }: { act: 'resolve' | 'reopen'; thread: string },
  from: string | null,
): Promise<void> {
  const channelId = await db.transaction(async (tx) => {
    const { document, thread } = await lockThread(tx, actor, documentId, id)
    if (!can(actor, 'comment', document.scope))
      throw forbidden('You may read this text, but not comment on it.')
    const scope = { text: document.scope, authorId: '', deleted: false, thread: thread.state }
    if (!can(actor, act, { kind: 'comment', ...scope }))
      throw conflict(`Somebody ${act === 'resolve' ? 'resolved' : 'reopened'} it meanwhile.`)
    const state = act === 'resolve' ? 'resolved' : 'open'
    const by = act === 'resolve'
    await tx
      .update(commentThreads)
      .set({
        state,
        resolvedBy: by ? actor.userId : null,
        resolvedOf: by ? actor.organization.id : null,
        resolvedAt: by ? new Date() : null,
      })
      .where(and(eq(commentThreads.id, thread.id), eq(commentThreads.state, thread.state)))
    await recordAct(tx, {
      ...{ actor, from, act: `comment.${act}`, objectKind: 'document', objectId: document.id },
      before: { thread: thread.id, state: thread.state },
      after: { thread: thread.id, state },
    })
    return document.channelId
  })
  await channels.tellChanged(channelId)
}
