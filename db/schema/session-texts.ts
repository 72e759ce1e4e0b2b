/**
 * Documents of a session: its notes and its minutes, whose readers and writers follow from the session; and what is attached
 * to items of its agenda, whose readers do not change by it.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { SESSION_TEXTS } from '../../app/domain/session-text-rights'
import { bytea } from './channels'
import { documents } from './projects'
import { sessions } from './sessions'

export const sessionTexts = pgTable(
  'session_texts',
  {
    documentId: text('document_id')
      .primaryKey()
      .references(() => documents.id),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    kind: text('kind', { enum: SESSION_TEXTS }).notNull(),
  },
  (t) => [uniqueIndex('session_texts_one_of_a_kind').on(t.sessionId, t.kind)],
)

/** What stands on an agenda, as the session's log tells it: for the page of the group. */
export const agendaDocuments = pgTable(
  'agenda_documents',
  {
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    itemId: text('item_id').notNull(),
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.itemId, t.documentId] })],
)

/** Minutes as they were approved: frozen, read and printed from here. A correction is another version. Never changed. */
export const minutesVersions = pgTable(
  'minutes_versions',
  {
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
    /** 1, 2, 3 … */
    number: integer('number').notNull(),
    /** The document's `seq` up to which `data` reads. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** One Yjs update: the whole text. */
    data: bytea('data').notNull(),
    /** Of `data`, in hexadecimal. */
    sha256: text('sha256').notNull(),
    /** Number of the decision that approved it. */
    decision: text('decision').notNull(),
    approvedAt: timestamp('approved_at', { withTimezone: true, mode: 'date' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.number] }),
    check('minutes_versions_number', sql`${t.number} >= 1`),
  ],
)
