import { date, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import {
  CONFLICT_KINDS,
  INTEREST_HOWS,
  REVIEW_STATES,
  type Sheet,
  type SheetDraft,
} from '../../app/domain/review'
import { organization, user } from './auth'
import { proposalVersions } from './cases'
import { proposals } from './projects'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** People who may be asked to review, named by a coordinator; `endedAt` when they are not any more. */
export const reviewers = pgTable('reviewers', {
  userId: text('user_id')
    .primaryKey()
    .references(() => user.id),
  namedBy: text('named_by').references(() => user.id),
  namedAt: instant('named_at').notNull().defaultNow(),
  endedAt: instant('ended_at'),
})

/** One person's review of one frozen version. */
export const reviews = pgTable(
  'reviews',
  {
    id: text('id').primaryKey(),
    proposalId: text('proposal_id')
      .notNull()
      .references(() => proposals.id),
    versionId: text('version_id')
      .notNull()
      .references(() => proposalVersions.id),
    reviewerId: text('reviewer_id')
      .notNull()
      .references(() => user.id),
    /** Of the reviewer, when asked. */
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    state: text('state', { enum: REVIEW_STATES }).notNull().default('asked'),
    /** Until when it is to be handed in; a calendar date, UTC. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** What is on the reviewer's page and not handed in. */
    draft: jsonb('draft').$type<SheetDraft>().notNull().default({}),
    conflict: text('conflict', { enum: CONFLICT_KINDS }),
    conflictReason: text('conflict_reason'),
    askedBy: text('asked_by')
      .notNull()
      .references(() => user.id),
    askedAt: instant('asked_at').notNull().defaultNow(),
    answeredAt: instant('answered_at'),
    handedInAt: instant('handed_in_at'),
    remindedAt: instant('reminded_at'),
  },
  (t) => [
    uniqueIndex('reviews_once').on(t.versionId, t.reviewerId),
    index('reviews_proposal').on(t.proposalId),
    index('reviews_reviewer').on(t.reviewerId, t.state),
  ],
)

/** An interest of a reviewer's that is no ground to step back: declared by them, or found when they were asked. Never changed. */
export const reviewInterests = pgTable(
  'review_interests',
  {
    id: text('id').primaryKey(),
    reviewId: text('review_id')
      .notNull()
      .references(() => reviews.id),
    /** Made by the page that declared it: the same key again is the same one. */
    key: text('key').notNull().unique(),
    kind: text('kind', { enum: CONFLICT_KINDS }).notNull(),
    how: text('how', { enum: INTEREST_HOWS }).notNull(),
    text: text('text').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('review_interests_review').on(t.reviewId)],
)

/** What was handed in, each time; the last one counts. Never changed. */
export const reviewSheets = pgTable(
  'review_sheets',
  {
    id: text('id').primaryKey(),
    reviewId: text('review_id')
      .notNull()
      .references(() => reviews.id),
    /** 1, 2, 3 … */
    number: integer('number').notNull(),
    sheet: jsonb('sheet').$type<Sheet>().notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('review_sheets_number').on(t.reviewId, t.number)],
)

/** A reviewer's or coordinator's question to the authors, at a section. */
export const reviewQuestions = pgTable(
  'review_questions',
  {
    id: text('id').primaryKey(),
    proposalId: text('proposal_id')
      .notNull()
      .references(() => proposals.id),
    key: text('key').notNull().unique(),
    fragment: text('fragment').notNull(),
    text: text('text').notNull(),
    askedBy: text('asked_by')
      .notNull()
      .references(() => user.id),
    askedAt: instant('asked_at').notNull().defaultNow(),
    answer: text('answer'),
    answeredBy: text('answered_by').references(() => user.id),
    answeredAt: instant('answered_at'),
  },
  (t) => [index('review_questions_proposal').on(t.proposalId)],
)
