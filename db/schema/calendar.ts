import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { user } from './auth'

/** A person's calendar address: whoever holds the secret in it reads their deadlines. Only its hash is kept. */
export const calendarFeeds = pgTable('calendar_feeds', {
  userId: text('user_id')
    .primaryKey()
    .references(() => user.id),
  /** SHA-256 of the secret, in hexadecimal. */
  tokenSha256: text('token_sha256').notNull().unique(),
  madeAt: timestamp('made_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
})
