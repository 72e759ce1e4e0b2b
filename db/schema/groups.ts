import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { GROUP_ROLES } from '../../app/domain/groups'
import { organization, user } from './auth'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const workingGroups = pgTable('working_groups', {
  id: text('id').primaryKey(),
  /** Stands in the numbers of its decisions: `PG`. */
  code: text('code').notNull().unique(),
  name: text('name').notNull(),
  mandate: text('mandate').notNull(),
  /** Ids of minerals; none: all. */
  minerals: text('minerals').array().notNull().default(sql`'{}'`),
  source: text('source'),
  /** A silence procedure of the group runs at least this long. */
  silenceHours: integer('silence_hours').notNull().default(72),
  /** Whether who breaks silence has to say why. */
  breakNeedsReason: boolean('break_needs_reason').notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
})

/** A delegation's seat in a group for a time. Never overwritten: a change ends the row and begins another. */
export const groupMembers = pgTable(
  'group_members',
  {
    id: text('id').primaryKey(),
    groupId: text('group_id')
      .notNull()
      .references(() => workingGroups.id),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
    role: text('role', { enum: GROUP_ROLES }).notNull(),
    /** Calendar dates, UTC; `to` is the first day on which it does not hold any more. */
    from: date('from_on', { mode: 'string' }).notNull(),
    to: date('to_on', { mode: 'string' }),
    setBy: text('set_by').references(() => user.id),
    setAt: instant('set_at').notNull().defaultNow(),
  },
  (t) => [
    check('group_members_dates', sql`${t.to} is null or ${t.to} >= ${t.from}`),
    uniqueIndex('group_members_one_seat').on(t.groupId, t.delegationId).where(sql`${t.to} is null`),
    uniqueIndex('group_members_one_chair').on(t.groupId).where(sql`${t.to} is null and ${t.role} = 'chair'`),
    index('group_members_delegation').on(t.delegationId),
  ],
)
