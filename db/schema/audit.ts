import { bigint, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Every change of state, right, money or membership; linked by SHA-256; never updated. */
export const auditEntries = pgTable('audit_entries', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull(),
  userId: text('user_id').notNull(),
  organizationId: text('organization_id').notNull(),
  /** Address the request came from; null for acts of the portal itself. */
  from: text('from_address'),
  act: text('act').notNull(),
  objectKind: text('object_kind').notNull(),
  objectId: text('object_id').notNull(),
  before: jsonb('before'),
  after: jsonb('after'),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull().unique(),
})
