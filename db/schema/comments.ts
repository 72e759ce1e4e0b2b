/** Comments in threads on passages of documents. They stand beside the text: an adviser comments and does not write. */
import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { type Mention, type Passage, THREAD_STATES } from '../../app/domain/comment'
import { organization, user } from './auth'
import { documents } from './projects'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const commentThreads = pgTable(
  'comment_threads',
  {
    id: text('id').primaryKey(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    passage: jsonb('passage').$type<Passage>().notNull(),
    state: text('state', { enum: THREAD_STATES }).notNull().default('open'),
    resolvedBy: text('resolved_by').references(() => user.id),
    resolvedOf: text('resolved_of').references(() => organization.id),
    resolvedAt: instant('resolved_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('comment_threads_document').on(t.documentId),
    check('comment_threads_resolved', sql`(${t.state} = 'resolved') = (${t.resolvedAt} is not null)`),
    check('comment_threads_resolved_by', sql`(${t.resolvedAt} is null) = (${t.resolvedBy} is null)`),
  ],
)

export const comments = pgTable(
  'comments',
  {
    id: text('id').primaryKey(),
    threadId: text('thread_id')
      .notNull()
      .references(() => commentThreads.id),
    /** The author's browser made it: what was sent twice is stored once. */
    key: text('key').notNull(),
    text: text('text').notNull(),
    mentions: jsonb('mentions').$type<Mention[]>().notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    /** The organization for which the person spoke. */
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    index('comments_thread').on(t.threadId),
    uniqueIndex('comments_key').on(t.userId, t.key),
    // What was taken back is gone.
    check('comments_deleted', sql`${t.deletedAt} is null or ${t.text} = ''`),
  ],
)
