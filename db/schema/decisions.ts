import { date, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { BREAK_KINDS, OUTCOMES, SILENCE_STATES } from '../../app/domain/silence'
import { organization, user } from './auth'
import { proposalVersions } from './cases'
import { workingGroups } from './groups'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** What a silence procedure or a decision is about. */
export const SUBJECT_KINDS = ['proposal', 'motion'] as const

export const silenceProcedures = pgTable(
  'silence_procedures',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique(),
    groupId: text('group_id')
      .notNull()
      .references(() => workingGroups.id),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: text('subject_id').notNull(),
    title: text('title').notNull(),
    /** Frozen at opening. */
    text: text('text').notNull(),
    textSha256: text('text_sha256').notNull(),
    outcome: text('outcome', { enum: OUTCOMES }).notNull(),
    /** The version of a proposal that it decides over. */
    versionId: text('version_id').references(() => proposalVersions.id),
    openedAt: instant('opened_at').notNull().defaultNow(),
    deadline: instant('deadline').notNull(),
    /** The zone that the deadline was set in. */
    zone: text('zone').notNull(),
    state: text('state', { enum: SILENCE_STATES }).notNull().default('open'),
    openedBy: text('opened_by')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    closedAt: instant('closed_at'),
  },
  (t) => [
    index('silence_open').on(t.state, t.deadline),
    index('silence_subject').on(t.subjectKind, t.subjectId),
  ],
)

/** The delegations that may break it: frozen at opening. */
export const silenceEntitled = pgTable(
  'silence_entitled',
  {
    procedureId: text('procedure_id')
      .notNull()
      .references(() => silenceProcedures.id),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
  },
  (t) => [
    primaryKey({ columns: [t.procedureId, t.delegationId] }),
    index('silence_entitled_of').on(t.delegationId),
  ],
)

/** A delegation's break, by the instant of its receipt. Never changed. */
export const silenceBreaks = pgTable(
  'silence_breaks',
  {
    id: text('id').primaryKey(),
    key: text('key').notNull().unique(),
    procedureId: text('procedure_id')
      .notNull()
      .references(() => silenceProcedures.id),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    kind: text('kind', { enum: BREAK_KINDS }).notNull(),
    reason: text('reason').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('silence_breaks_of').on(t.procedureId)],
)

/** The last number given, by group and year: decisions are numbered without gaps. */
export const decisionCounters = pgTable(
  'decision_counters',
  {
    groupId: text('group_id')
      .notNull()
      .references(() => workingGroups.id),
    year: integer('year').notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.year] })],
)

/** What a group decided. Never changed. */
export const decisions = pgTable(
  'decisions',
  {
    id: text('id').primaryKey(),
    /** `FORGE-PG-2026-014` */
    number: text('number').notNull().unique(),
    groupId: text('group_id')
      .notNull()
      .references(() => workingGroups.id),
    year: integer('year').notNull(),
    nth: integer('nth').notNull(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: text('subject_id').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    textSha256: text('text_sha256').notNull(),
    outcome: text('outcome', { enum: OUTCOMES }).notNull(),
    versionId: text('version_id').references(() => proposalVersions.id),
    how: text('how', { enum: ['silence', 'consensus', 'vote'] }).notNull(),
    procedureId: text('procedure_id').references(() => silenceProcedures.id),
    adoptedAt: instant('adopted_at').notNull(),
    reviewOn: date('review_on', { mode: 'string' }),
  },
  (t) => [
    uniqueIndex('decisions_nth').on(t.groupId, t.year, t.nth),
    // A procedure adopts once.
    uniqueIndex('decisions_procedure').on(t.procedureId),
    index('decisions_subject').on(t.subjectKind, t.subjectId),
  ],
)
