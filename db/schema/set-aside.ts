import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { organization, user } from './auth'
import { bytea } from './channels'
import { documents } from './projects'

/**
 * What somebody wrote while they could, and sent when they could not any more: outside of the document until a head of
 * the delegation that leads it decides. A row is gone when that is decided; the audit says how.
 */
export const setAside = pgTable(
  'set_aside',
  {
    id: text('id').primaryKey(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    /** The organization for which the person acted. */
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
    /** What the person could still do then; `none`: not even read. */
    reason: text('reason', { enum: ['read', 'comment', 'none'] }).notNull(),
    /** One Yjs update, checked as every entry of a log. */
    updates: bytea('updates').notNull(),
    sha256: text('sha256').notNull(),
  },
  (t) => [
    check('set_aside_size', sql`octet_length(${t.updates}) between 1 and 2097152`),
    // Sent twice, as after a lost answer, it is kept once.
    uniqueIndex('set_aside_once').on(t.documentId, t.userId, t.sha256),
    index('set_aside_user').on(t.userId),
  ],
)
