/** Pictures of documents, kept once by their content however many documents show them. */
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { PICTURE_TYPES } from '../../app/domain/picture'
import { user } from './auth'
import { bytea } from './channels'
import { documents } from './projects'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const pictures = pgTable(
  'pictures',
  {
    /** Of its bytes, in hexadecimal. */
    sha256: text('sha256').primaryKey(),
    type: text('type', { enum: PICTURE_TYPES }).notNull(),
    size: integer('size').notNull(),
    /** Null: kept in the object storage. */
    data: bytea('data'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('pictures_sha256', sql`${t.sha256} ~ '^[0-9a-f]{64}$'`),
    check('pictures_size', sql`${t.size} between 1 and 10485760`),
  ],
)

/** Which document a picture belongs to: whoever reads the document sees it. */
export const documentPictures = pgTable(
  'document_pictures',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    sha256: text('sha256')
      .notNull()
      .references(() => pictures.sha256),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    at: instant('at').notNull().defaultNow(),
    /** The document's log names it: it stays, as the history may always be read. */
    placed: boolean('placed').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.sha256] }),
    index('document_pictures_sha256').on(t.sha256),
    index('document_pictures_unplaced').on(t.at).where(sql`not ${t.placed}`),
  ],
)
