/** The engine's tables: see server/channels/RULES.md. Nothing here is updated in place but heads and snapshots. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const CHANNEL_KINDS = ['document', 'session', 'inbox'] as const

export const channels = pgTable(
  'channels',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: CHANNEL_KINDS }).notNull(),
    /** The highest `seq` committed: entries are 1 … head, without gaps. */
    head: bigint('head', { mode: 'number' }).notNull().default(0),
    /** The `seq` up to which the projection to SQL has read. */
    projected: bigint('projected', { mode: 'number' }).notNull().default(0),
    /** Entries 1 … compacted were merged by author and minute into `channel_chunks`. The head never is among them. */
    compacted: bigint('compacted', { mode: 'number' }).notNull().default(0),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('channels_head', sql`${t.head} >= 0`),
    check('channels_compacted', sql`${t.compacted} >= 0 and ${t.compacted} <= ${t.head}`),
    index('channels_unprojected').on(t.id).where(sql`${t.projected} < ${t.head}`),
  ],
)

/**
 * Without a foreign key: it would look each entry's channel up again, which took as long as storing it. Who stores holds
 * the channel's row, and the database lets no channel go (`0029_log_without_key.sql`).
 */
export const channelEntries = pgTable(
  'channel_entries',
  {
    channelId: text('channel_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** One browser tab's life on one channel; with `ref`, the key that makes an append idempotent. */
    writer: text('writer').notNull(),
    ref: bigint('ref', { mode: 'number' }).notNull(),
    userId: text('user_id').notNull(),
    /** The organization for which the person acted. */
    organizationId: text('organization_id').notNull(),
    at: instant('at').notNull().defaultNow(),
    data: bytea('data').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.seq] }),
    uniqueIndex('channel_entries_writer_ref').on(t.channelId, t.writer, t.ref),
  ],
)

/** Whose a Yjs client id is: bound to the account that first used it in that channel, for ever. */
export const channelClients = pgTable(
  'channel_clients',
  {
    channelId: text('channel_id')
      .notNull()
      .references(() => channels.id),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    userId: text('user_id').notNull(),
    organizationId: text('organization_id').notNull(),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.clientId] })],
)

/** The state of a channel at `seq`, for those who come new. Replaced by later ones. */
export const channelSnapshots = pgTable('channel_snapshots', {
  channelId: text('channel_id')
    .primaryKey()
    .references(() => channels.id),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** The fold of entries 1 … seq: for a document, one Yjs update. */
  data: bytea('data').notNull(),
  /** `data` is gzip of that update, as it is sent to those who fetch it. */
  packed: boolean('packed').notNull().default(false),
  /** The Yjs state vector at `seq`, encoded. */
  stateVector: bytea('state_vector').notNull(),
  entries: integer('entries').notNull(),
  at: instant('at').notNull().defaultNow(),
})

const multirange = customType<{ data: string }>({ dataType: () => 'int8multirange' })

/** Entries of the log that were merged by author and minute: `server/documents/history/chunk.ts` reads and writes them. */
export const channelChunks = pgTable(
  'channel_chunks',
  {
    channelId: text('channel_id')
      .notNull()
      .references(() => channels.id),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
    data: bytea('data').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.firstSeq] }),
    check('channel_chunks_order', sql`${t.firstSeq} >= 1 and ${t.firstSeq} <= ${t.lastSeq}`),
  ],
)

/** The keys of merged entries, so that none is ever stored again. */
export const channelWriters = pgTable(
  'channel_writers',
  {
    channelId: text('channel_id')
      .notNull()
      .references(() => channels.id),
    writer: text('writer').notNull(),
    userId: text('user_id').notNull(),
    refs: multirange('refs').notNull(),
    /** Which seq each of them has: `server/channels/core/places.ts`. */
    places: bytea('places').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.writer] })],
)
