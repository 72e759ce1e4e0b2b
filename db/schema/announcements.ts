/** Decisions by silence are announced at the group's next session. */
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { decisions } from './decisions'
import { sessions } from './sessions'

/** At which session a decision was announced: once. Rows are added and never changed. */
export const decisionAnnouncements = pgTable(
  'decision_announcements',
  {
    decisionId: text('decision_id')
      .primaryKey()
      .references(() => decisions.id),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id),
  },
  (t) => [index('decision_announcements_session').on(t.sessionId)],
)
