/** Parts of a text that have readers of their own: each a document beside the whole, named for delegations by its grants. */
import { bigint, index, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { PART_AUDIENCES, PART_KINDS } from '../../app/domain/part-rights'
import { bytea } from './channels'
import { documents } from './projects'

export const documentParts = pgTable(
  'document_parts',
  {
    documentId: text('document_id')
      .primaryKey()
      .references(() => documents.id),
    wholeId: text('whole_id')
      .notNull()
      .references(() => documents.id),
    kind: text('kind', { enum: PART_KINDS }).notNull(),
    /** Who reads it besides delegations. */
    audiences: text('audiences', { enum: PART_AUDIENCES }).array().notNull().default([]),
  },
  (t) => [uniqueIndex('document_parts_one_of_a_kind').on(t.wholeId, t.kind)],
)

/** A part as it was when a version of the whole was frozen. Never changed. */
export const documentPartVersions = pgTable(
  'document_part_versions',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documentParts.documentId),
    /** The whole's frozen version: of a proposal, its row in `proposal_versions`. */
    frozenWith: text('frozen_with').notNull(),
    /** The part's `seq` up to which `data` reads. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** One Yjs update: the whole part. */
    data: bytea('data').notNull(),
    /** Of `data`, in hexadecimal. */
    sha256: text('sha256').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date' }).notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.frozenWith] }),
    index('document_part_versions_whole').on(t.frozenWith),
  ],
)
