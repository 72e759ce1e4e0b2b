import { bigint, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { documents } from './projects'

/** Objects of the portal that a document's text links to, written by the projection only. */
export const documentLinks = pgTable(
  'document_links',
  {
    documentId: text('document_id')
      .primaryKey()
      .references(() => documents.id, { onDelete: 'cascade' }),
    /** The document's `seq` that it reads up to. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** Keys as `refKey` makes them, `project:0199…`: each once. */
    refs: text('refs').array().notNull(),
    /** When the document was last written; null where that is not known. */
    writtenAt: timestamp('written_at', { withTimezone: true, mode: 'date' }),
  },
  (t) => [index('document_links_refs').using('gin', t.refs)],
)
