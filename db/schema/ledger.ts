/** The money: a ledger that is only ever added to, facilities, tranches and conditions precedent. */
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { CONDITION_ACTS, CONDITION_GATES, CONDITION_STATES } from '../../app/domain/money-conditions'
import { LEDGER_KINDS } from '../../app/domain/money-ledger'
import { TRANCHE_METHODS, TRANCHE_STATES } from '../../app/domain/money-tranches'
import { organization, user } from './auth'
import { financingAsks, financingFiles, institutions } from './financing'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })
const money = (name: string) => numeric(name, { precision: 19, scale: 4 })

/** An institution's envelope. Commitments that draw on it never pass the ceiling: see the migration `financing_guard`. */
export const facilities = pgTable(
  'facilities',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique(),
    name: text('name').notNull(),
    institutionId: text('institution_id')
      .notNull()
      .references(() => institutions.organizationId),
    ceiling: money('ceiling').notNull(),
    currency: text('currency').notNull(),
    note: text('note').notNull().default(''),
    source: text('source'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    unique('facilities_currency').on(t.id, t.currency),
    check('facilities_ceiling', sql`${t.ceiling} > 0`),
  ],
)

/** Parts of a commitment that are paid one by one. */
export const tranches = pgTable(
  'tranches',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique(),
    askId: text('ask_id')
      .notNull()
      .references(() => financingAsks.id),
    number: integer('number').notNull(),
    amount: money('amount').notNull(),
    plannedOn: day('planned_on').notNull(),
    method: text('method', { enum: TRANCHE_METHODS }).notNull(),
    state: text('state', { enum: TRANCHE_STATES }).notNull().default('planned'),
    requestedBy: text('requested_by').references(() => user.id),
    approvedBy: text('approved_by').references(() => user.id),
    paidOn: day('paid_on'),
    /** Why it failed or was cancelled. */
    reason: text('reason'),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('tranches_number').on(t.askId, t.number),
    check('tranches_amount', sql`${t.amount} > 0`),
    check(
      'tranches_two_persons',
      sql`${t.approvedBy} is null or ${t.approvedBy} is distinct from ${t.requestedBy}`,
    ),
    check(
      'tranches_paid',
      sql`${t.state} <> 'paid' or (${t.approvedBy} is not null and ${t.paidOn} is not null)`,
    ),
  ],
)

/** One line: of a kind, at a date, for an ask. A wrong one is reversed by another with the negative amount. Never changed. */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: text('id').primaryKey(),
    /** Made by the page that asked: the same key again is the same line. */
    key: text('key').notNull().unique(),
    askId: text('ask_id').notNull(),
    kind: text('kind', { enum: LEDGER_KINDS }).notNull(),
    amount: money('amount').notNull(),
    currency: text('currency').notNull(),
    /** The day it holds from; null where a source gives none. */
    onDate: day('on_date'),
    /** The source said "up to". */
    upTo: boolean('up_to').notNull().default(false),
    facilityId: text('facility_id'),
    trancheId: text('tranche_id').references(() => tranches.id),
    reversesId: text('reverses_id')
      .unique()
      .references((): AnyPgColumn => ledgerEntries.id),
    note: text('note').notNull().default(''),
    source: text('source'),
    fileId: text('file_id').references(() => financingFiles.id),
    /** Null for what was announced. */
    userId: text('user_id').references(() => user.id),
    organizationId: text('organization_id').references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    index('ledger_entries_ask').on(t.askId, t.kind),
    index('ledger_entries_facility').on(t.facilityId),
    index('ledger_entries_tranche').on(t.trancheId),
    foreignKey({
      name: 'ledger_entries_ask_currency',
      columns: [t.askId, t.currency],
      foreignColumns: [financingAsks.id, financingAsks.currency],
    }),
    foreignKey({
      name: 'ledger_entries_facility_currency',
      columns: [t.facilityId, t.currency],
      foreignColumns: [facilities.id, facilities.currency],
    }),
    check(
      'ledger_entries_amount',
      sql`case when ${t.reversesId} is null then ${t.amount} > 0 else ${t.amount} < 0 end`,
    ),
    check('ledger_entries_tranche_paid', sql`(${t.kind} = 'disbursed') = (${t.trancheId} is not null)`),
    check('ledger_entries_drawn_on', sql`${t.facilityId} is null or ${t.kind} in ('committed', 'cancelled')`),
  ],
)

export const conditions = pgTable(
  'conditions',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique(),
    askId: text('ask_id')
      .notNull()
      .references(() => financingAsks.id),
    gate: text('gate', { enum: CONDITION_GATES }).notNull(),
    trancheId: text('tranche_id').references(() => tranches.id),
    text: text('text').notNull(),
    responsibleId: text('responsible_id')
      .notNull()
      .references(() => organization.id),
    dueOn: day('due_on'),
    state: text('state', { enum: CONDITION_STATES }).notNull().default('open'),
    waiverBy: text('waiver_by').references(() => user.id),
    waiverReason: text('waiver_reason'),
    waivedBy: text('waived_by').references(() => user.id),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('conditions_ask').on(t.askId),
    index('conditions_responsible').on(t.responsibleId, t.state),
    check('conditions_tranche', sql`(${t.gate} = 'tranche') = (${t.trancheId} is not null)`),
    check(
      'conditions_waiver',
      sql`${t.state} <> 'waived' or (${t.waiverBy} is not null and ${t.waiverReason} is not null and ${t.waivedBy} is not null and ${t.waivedBy} <> ${t.waiverBy})`,
    ),
  ],
)

/** What was done about a condition, with its evidence. Never changed. */
export const conditionEvents = pgTable(
  'condition_events',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique(),
    conditionId: text('condition_id')
      .notNull()
      .references(() => conditions.id),
    act: text('act', { enum: CONDITION_ACTS }).notNull(),
    text: text('text').notNull().default(''),
    fileId: text('file_id').references(() => financingFiles.id),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('condition_events_of').on(t.conditionId, t.at)],
)
