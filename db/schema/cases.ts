import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { PROPOSAL_STATES } from '../../app/domain/project-stage'
import { PROPOSAL_MOVES } from '../../app/domain/proposal-machine'
import { organization, user } from './auth'
import { bytea } from './channels'
import { proposals } from './projects'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A version that was submitted: frozen, and what reviewers and decisions point at. Never changed. */
export const proposalVersions = pgTable(
  'proposal_versions',
  {
    id: text('id').primaryKey(),
    proposalId: text('proposal_id')
      .notNull()
      .references(() => proposals.id),
    /** 1, 2, 3 … */
    number: integer('number').notNull(),
    /** The document's `seq` up to which `data` reads. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** One Yjs update: the whole document. */
    data: bytea('data').notNull(),
    /** Of `data`, in hexadecimal. */
    sha256: text('sha256').notNull(),
    /** Words by section's fragment. */
    words: jsonb('words').$type<Record<string, number>>().notNull(),
    submittedBy: text('submitted_by')
      .notNull()
      .references(() => user.id),
    submittedAt: instant('submitted_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('proposal_versions_number').on(t.proposalId, t.number)],
)

/** Each change of a proposal's state: who, when and why. Never changed. */
export const proposalMoves = pgTable(
  'proposal_moves',
  {
    id: text('id').primaryKey(),
    proposalId: text('proposal_id')
      .notNull()
      .references(() => proposals.id),
    /** Made by the page that asked: the same key again is the same move. */
    key: text('key').notNull().unique(),
    move: text('move', { enum: PROPOSAL_MOVES }).notNull(),
    before: text('before', { enum: PROPOSAL_STATES }).notNull(),
    after: text('after', { enum: PROPOSAL_STATES }).notNull(),
    reason: text('reason'),
    /** The version it concerns: the last one submitted. */
    versionId: text('version_id').references(() => proposalVersions.id),
    /** Until when the one who has it now is to answer; a calendar date, UTC. */
    dueOn: date('due_on', { mode: 'string' }),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('proposal_moves_proposal').on(t.proposalId, t.at)],
)
