import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { proposals } from './projects'

/**
 * A proposal's text as it is searched, written by the projection only. Its vector `tsv` is a generated column: see the
 * migration `search`.
 */
export const proposalTexts = pgTable('proposal_texts', {
  proposalId: text('proposal_id')
    .primaryKey()
    .references(() => proposals.id, { onDelete: 'cascade' }),
  /** The document's `seq` that it reads up to. */
  seq: integer('seq').notNull(),
  text: text('text').notNull(),
})
