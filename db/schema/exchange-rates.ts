/** Exchange rates by day. A row is never changed: a wrong one is withdrawn with its reason, and another takes its place. */
import { sql } from 'drizzle-orm'
import { check, date, index, numeric, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { user } from './auth'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const exchangeRates = pgTable(
  'exchange_rates',
  {
    id: text('id').primaryKey(),
    /** One unit of `base` is `rate` units of `quote` on `day`. ISO 4217. */
    base: text('base').notNull(),
    quote: text('quote').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    rate: numeric('rate', { precision: 24, scale: 12 }).notNull(),
    source: text('source').notNull(),
    enteredBy: text('entered_by')
      .notNull()
      .references(() => user.id),
    enteredAt: instant('entered_at').notNull().defaultNow(),
    withdrawnBy: text('withdrawn_by').references(() => user.id),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnWhy: text('withdrawn_why'),
  },
  (t) => [
    // One rate of two currencies a day, whichever of the two stands first.
    uniqueIndex('exchange_rates_current')
      .on(sql`least(${t.base}, ${t.quote})`, sql`greatest(${t.base}, ${t.quote})`, t.day)
      .where(sql`${t.withdrawnAt} is null`),
    index('exchange_rates_day').on(t.day),
    check('exchange_rates_two', sql`${t.base} <> ${t.quote}`),
    check('exchange_rates_codes', sql`${t.base} ~ '^[A-Z]{3}$' and ${t.quote} ~ '^[A-Z]{3}$'`),
    check('exchange_rates_positive', sql`${t.rate} > 0`),
    check('exchange_rates_source', sql`char_length(${t.source}) between 3 and 300`),
    check(
      'exchange_rates_withdrawn',
      sql`(${t.withdrawnAt} is null) = (${t.withdrawnBy} is null) and (${t.withdrawnAt} is null) = (${t.withdrawnWhy} is null)`,
    ),
  ],
)
