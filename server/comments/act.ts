import type { CommentInput } from '../../app/domain/comment'
import type { Actor } from '../../app/domain/people'
import { deleteComment, editComment } from './change'
import type { CommentParts } from './parts'
import { replyInThread } from './reply'
import { settleThread } from './settle'
import { startThread } from './start'

/** Does what the page of a text sent about its comments. Out: the thread that was begun, where one was. */
export async function actOnComments(
  parts: CommentParts,
  actor: Actor,
  documentId: string,
  input: CommentInput,
  from: string | null,
): Promise<{ thread: string | null }> {
  switch (input.act) {
    case 'start':
      return { thread: await startThread(parts, actor, documentId, input) }
    case 'reply':
      await replyInThread(parts, actor, documentId, input)
      break
    case 'edit':
      await editComment(parts, actor, documentId, input)
      break
    case 'delete':
      await deleteComment(parts, actor, documentId, input.comment, from)
      break
    case 'resolve':
    case 'reopen':
      await settleThread(parts, actor, documentId, input, from)
  }
  return { thread: null }
}
