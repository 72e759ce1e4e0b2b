/** Rights in a thread of comments; `rights.ts` asks here. Whoever reads the text sees them, and nobody else. */
import type { ThreadState } from './comment'
import type { Actor } from './people'

/** A comment in its thread, and the text that it is about. */
export type CommentScope<Text> = {
  kind: 'comment'
  text: Text
  authorId: string
  deleted: boolean
  thread: ThreadState
}

export type CommentAct = 'see' | 'reply' | 'resolve' | 'reopen' | 'edit' | 'delete'

/** What one needs in the text, and whether it must be one's own comment, and in which state its thread must be. */
const RULES: Record<CommentAct, { needs: 'read' | 'comment'; own: boolean; thread: ThreadState | null }> = {
  see: { needs: 'read', own: false, thread: null },
  reply: { needs: 'comment', own: false, thread: 'open' },
  resolve: { needs: 'comment', own: false, thread: 'open' },
  reopen: { needs: 'comment', own: false, thread: 'resolved' },
  edit: { needs: 'comment', own: true, thread: null },
  // Whoever may not comment any more still takes back what they said.
  delete: { needs: 'read', own: true, thread: null },
}

export function canWithComment<Text>(
  actor: Actor,
  act: CommentAct,
  { authorId, deleted, thread, text }: CommentScope<Text>,
  inText: (act: 'read' | 'comment', text: Text) => boolean,
): boolean {
  const rule = RULES[act]
  if (!inText(rule.needs, text)) return false
  if (rule.thread !== null && rule.thread !== thread) return false
  return !rule.own || (authorId === actor.userId && !deleted)
}
