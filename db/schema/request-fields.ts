/** What a financing request seeks in all, as its document has it: written by the projection only. */
import { integer, jsonb, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { FieldProblem } from '../../app/domain/document-fields'
import { INSTRUMENTS } from '../../app/domain/money-instruments'
import { user } from './auth'
import { financingRequests } from './financing'

/** A request's structured fields at `seq` of its document. Lists show them to those who may read its text. */
export const requestFields = pgTable('request_fields', {
  requestId: text('request_id')
    .primaryKey()
    .references(() => financingRequests.id, { onDelete: 'cascade' }),
  seq: integer('seq').notNull(),
  instruments: text('instruments', { enum: INSTRUMENTS }).array(),
  amount: numeric('amount', { precision: 19, scale: 4 }),
  /** ISO 4217. */
  currency: text('currency'),
  purpose: text('purpose'),
  tenorYears: integer('tenor_years'),
  graceYears: integer('grace_years'),
  security: text('security'),
  coFinanciers: text('co_financiers'),
  /** Year and month. */
  neededBy: text('needed_by'),
  /** What the projection could not read, by field. */
  problems: jsonb('problems').$type<FieldProblem[]>().notNull(),
  /** Words by section's fragment. */
  words: jsonb('words').$type<Record<string, number>>().notNull(),
  lastWrittenAt: timestamp('last_written_at', { withTimezone: true, mode: 'date' }),
  lastWrittenBy: text('last_written_by').references(() => user.id),
})
