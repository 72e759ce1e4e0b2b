/** One's own comment: written anew, or taken back. */
import { eq } from 'drizzle-orm'
import type { CommentWords } from '../../app/domain/comment'
import { forbidden, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Transaction } from '../../db/connection'
import { lockThread, threadOfComment } from '../../db/queries/comments'
import { documentFor } from '../../db/queries/documents'
import { comments } from '../../db/schema/comments'
import { recordAct } from '../audit/record'
import { checkMentions } from './mentions'
import type { CommentParts } from './parts'
import { tellOfComment } from './tell'

type Edit = CommentWords & { comment: string }

/** Writes it anew; that it was edited shows. Throws `notFound`, `forbidden` (another's, or taken back), `invalid`. */
export async function editComment(
  parts: CommentParts,
  actor: Actor,
  documentId: string,
  { comment: id, text, mentions: named }: Edit,
): Promise<void> {
  const channelId = await parts.db.transaction(async (tx) => {
    const { document, thread, comment } = await ownComment(tx, actor, documentId, id, 'edit')
    const mentions = await checkMentions(tx, document, named)
    const fresh = mentions.filter(
      ({ kind, id: of }) => !comment.mentions.some((one) => one.kind === kind && one.id === of),
    )
    if (text === comment.text && fresh.length === 0 && mentions.length === comment.mentions.length)
      return null
    await tx.update(comments).set({ text, mentions, editedAt: new Date() }).where(eq(comments.id, id))
    await tellOfComment(tx, actor, document, {
      ...{ threadId: thread.id, commentId: id, mentions: fresh, voices: [] },
    })
    return document.channelId
  })
  if (channelId) await parts.channels.tellChanged(channelId)
}

/** Takes it back: its words are gone, that it was there stays where others answered. Throws as `editComment`. */
export async function deleteComment(
  { db, channels }: CommentParts,
  actor: Actor,
  documentId: string,
  id: string,
  from: string | null,
): Promise<void> {
  const channelId = await db.transaction(async (tx) => {
    const { document, thread } = await ownComment(tx, actor, documentId, id, 'delete')
    await tx
      .update(comments)
      .set({ text: '', mentions: [], deletedAt: new Date() })
      .where(eq(comments.id, id))
    await recordAct(tx, {
      ...{ actor, from, act: 'comment.delete', objectKind: 'document', objectId: document.id },
      before: { thread: thread.id, comment: id },
    })
    return document.channelId
  })
  await channels.tellChanged(channelId)
}

async function ownComment(
  tx: Transaction,
  actor: Actor,
  documentId: string,
  id: string,
  act: 'edit' | 'delete',
) {
  const { id: known } = await documentFor(tx, actor, documentId, 'read')
  const { document, thread } = await lockThread(tx, actor, known, await threadOfComment(tx, known, id))
  const [comment] = await tx.select().from(comments).where(eq(comments.id, id)).for('update')
  if (!comment) throw notFound()
  const scope = {
    kind: 'comment',
    ...{ text: document.scope, authorId: comment.userId, deleted: comment.deletedAt !== null },
    thread: thread.state,
  } as const
  if (!can(actor, act, scope)) throw forbidden('Only who wrote a comment changes it, while they may comment.')
  return { document, thread, comment }
}
