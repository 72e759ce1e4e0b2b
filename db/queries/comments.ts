/** Threads of comments, for those who may read the text that they are about. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type {
  CommentPerson,
  CommentThread,
  Mention,
  NamedMention,
  ThreadComment,
} from '../../app/domain/comment'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { can, seesComments } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { comments, commentThreads } from '../schema/comments'
import { type ScopedDocument, scopedDocument } from './documents'

const resolver = alias(user, 'resolver')
const resolverOf = alias(organization, 'resolver_of')

const person = (who: typeof user | typeof resolver, of: typeof organization | typeof resolverOf) => ({
  userId: who.id,
  name: who.name,
  organization: of.name,
  iso2: of.partnerIso2,
})

/** All threads of a document that have something left in them, the oldest first. */
export async function threadsOf(
  db: Queryable,
  actor: Actor,
  document: ScopedDocument,
): Promise<CommentThread[]> {
  if (!can(actor, 'read', document.scope)) throw notFound()
  if (!seesComments(actor, document.scope)) return []
  const rows = await db
    .select({
      thread: commentThreads,
      resolver: person(resolver, resolverOf),
      comment: comments,
      by: person(user, organization),
    })
    .from(commentThreads)
    .innerJoin(comments, eq(comments.threadId, commentThreads.id))
    .innerJoin(user, eq(user.id, comments.userId))
    .innerJoin(organization, eq(organization.id, comments.organizationId))
    .leftJoin(resolver, eq(resolver.id, commentThreads.resolvedBy))
    .leftJoin(resolverOf, eq(resolverOf.id, commentThreads.resolvedOf))
    .where(eq(commentThreads.documentId, document.id))
    .orderBy(asc(commentThreads.createdAt), asc(commentThreads.id), asc(comments.at), asc(comments.id))
  const names = await namesOf(
    db,
    rows.flatMap(({ comment }) => comment.mentions),
  )
  const threads = new Map<string, CommentThread & { comments: ThreadComment[] }>()
  for (const { thread, comment, ...row } of rows) {
    const known = threads.get(thread.id) ?? {
      id: thread.id,
      passage: thread.passage,
      state: thread.state,
      resolved:
        thread.resolvedAt && row.resolver.userId !== null
          ? { by: whole(row.resolver), at: thread.resolvedAt.toISOString() }
          : null,
      comments: [],
    }
    threads.set(thread.id, known)
    const scope = {
      kind: 'comment',
      text: document.scope,
      authorId: comment.userId,
      deleted: comment.deletedAt !== null,
      thread: thread.state,
    } as const
    known.comments.push({
      id: comment.id,
      by: whole(row.by),
      at: comment.at.toISOString(),
      text: comment.text,
      mentions: comment.mentions.flatMap((one) => names.get(`${one.kind} ${one.id}`) ?? []),
      editedAt: comment.editedAt?.toISOString() ?? null,
      deleted: scope.deleted,
      mayEdit: can(actor, 'edit', scope),
      mayDelete: can(actor, 'delete', scope),
    })
  }
  return [...threads.values()].filter((thread) => thread.comments.some((comment) => !comment.deleted))
}

type Joined = { [K in keyof CommentPerson]: CommentPerson[K] | null }
const whole = ({ userId, name, organization: of, iso2 }: Joined): CommentPerson => ({
  ...{ userId: userId ?? '', name: name ?? '', organization: of ?? '', iso2 },
})

/** The names of those mentioned, by kind and id. */
async function namesOf(db: Queryable, mentions: readonly Mention[]): Promise<Map<string, NamedMention>> {
  const ids = (kind: Mention['kind']) => [
    ...new Set(mentions.filter((one) => one.kind === kind).map(({ id }) => id)),
  ]
  const [people, delegations] = [ids('person'), ids('delegation')]
  const found: NamedMention[] = []
  if (people.length > 0) {
    const rows = await db.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, people))
    found.push(...rows.map((row) => ({ kind: 'person' as const, ...row })))
  }
  if (delegations.length > 0) {
    const rows = await db
      .select({ id: organization.id, name: organization.name })
      .from(organization)
      .where(inArray(organization.id, delegations))
    found.push(...rows.map((row) => ({ kind: 'delegation' as const, ...row })))
  }
  return new Map(found.map((one) => [`${one.kind} ${one.id}`, one]))
}

/** A thread with its document, locked until the caller's transaction ends. Throws `notFound` for who may not read it. */
export async function lockThread(tx: Queryable, actor: Actor, documentId: string, threadId: string) {
  const document = isId(documentId) ? await scopedDocument(tx, documentId) : null
  if (!document || !can(actor, 'read', document.scope) || !isId(threadId)) throw notFound()
  const [thread] = await tx
    .select()
    .from(commentThreads)
    .where(and(eq(commentThreads.id, threadId), eq(commentThreads.documentId, document.id)))
    .for('update')
  if (!thread) throw notFound()
  return { document, thread }
}

/** A comment of a document, and the thread it stands in. */
export async function threadOfComment(db: Queryable, documentId: string, commentId: string): Promise<string> {
  const [found] = await db
    .select({ threadId: comments.threadId })
    .from(comments)
    .innerJoin(commentThreads, eq(commentThreads.id, comments.threadId))
    .where(and(eq(comments.id, commentId), eq(commentThreads.documentId, documentId)))
  if (!found) throw notFound()
  return found.threadId
}

/** Who wrote in a thread and did not take it back. */
export const voicesIn = (db: Queryable, threadId: string) =>
  db
    .selectDistinct({ userId: comments.userId })
    .from(comments)
    .where(and(eq(comments.threadId, threadId), isNull(comments.deletedAt)))
