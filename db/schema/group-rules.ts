/** How a group's rules of procedure came about. */
import { index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { GroupRules } from '../../app/domain/group-rules'
import { organization, user } from './auth'
import { workingGroups } from './groups'

/** A change of a group's rules, whole, before and after. Rows are added and never changed. */
export const groupRuleChanges = pgTable(
  'group_rule_changes',
  {
    id: text('id').primaryKey(),
    groupId: text('group_id')
      .notNull()
      .references(() => workingGroups.id),
    before: jsonb('before').$type<GroupRules>().notNull(),
    after: jsonb('after').$type<GroupRules>().notNull(),
    setBy: text('set_by')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [index('group_rule_changes_group').on(t.groupId, t.at)],
)
