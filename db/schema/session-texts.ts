/** Documents that belong to a session: its notes and its minutes. Who may read and write them follows from the session. */
import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { SESSION_TEXTS } from '../../app/domain/session-text-rights'
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
