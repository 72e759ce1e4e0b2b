import { pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { user } from './auth'

/** A list as somebody wants to see it again: filters and shape, as they stand in its address. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    /** The list: its page's path. */
    place: text('place').notNull(),
    name: text('name').notNull(),
    /** The query of its address, without the question mark. */
    query: text('query').notNull(),
    madeAt: timestamp('made_at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex('saved_views_name').on(t.userId, t.place, t.name)],
)
