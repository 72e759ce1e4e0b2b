/** Financing requests and the institutions that are asked; the money itself stands in `ledger.ts`. */
import { sql } from 'drizzle-orm'
import { check, date, index, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core'
import { INSTITUTION_KINDS, REQUEST_STATES } from '../../app/domain/institution'
import { MARKINGS } from '../../app/domain/marking'
import { type AskDetails, INSTRUMENTS } from '../../app/domain/money-instruments'
import { FINANCING_MOVES, FINANCING_STAGES } from '../../app/domain/money-stages'
import { organization, user } from './auth'
import { bytea } from './channels'
import { partners } from './partners'
import { documents, projects } from './projects'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const day = (name: string) => date(name, { mode: 'string' })

/** What an organization of the kind `institution` is. */
export const institutions = pgTable('institutions', {
  organizationId: text('organization_id')
    .primaryKey()
    .references(() => organization.id),
  /** Its short name: EXIM, JBIC. */
  code: text('code').notNull().unique(),
  kind: text('kind', { enum: INSTITUTION_KINDS }).notNull(),
  partnerIso2: text('partner_iso2')
    .notNull()
    .references(() => partners.iso2),
  source: text('source').notNull(),
})

/** A delegation's request for a project's money, or what was announced of it. */
export const financingRequests = pgTable(
  'financing_requests',
  {
    id: text('id').primaryKey(),
    /** Made by the page that asked; null for what was announced. */
    key: text('key').unique(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id),
    /** Its text; null for what was announced. */
    documentId: text('document_id')
      .unique()
      .references(() => documents.id),
    title: text('title').notNull(),
    state: text('state', { enum: REQUEST_STATES }).notNull().default('draft'),
    marking: text('marking', { enum: MARKINGS }).notNull().default('restricted'),
    /** Null for what was announced. */
    leadDelegationId: text('lead_delegation_id').references(() => organization.id),
    createdBy: text('created_by').references(() => user.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('financing_requests_project').on(t.projectId),
    index('financing_requests_lead').on(t.leadDelegationId),
    check(
      'financing_requests_announced',
      sql`(${t.state} = 'announced') = (${t.leadDelegationId} is null) and (${t.leadDelegationId} is null) = (${t.documentId} is null)`,
    ),
  ],
)

/** One institution's answer to a request: what the pipeline shows. */
export const financingAsks = pgTable(
  'financing_asks',
  {
    id: text('id').primaryKey(),
    requestId: text('request_id')
      .notNull()
      .references(() => financingRequests.id),
    /** Null for a source of funds that is none of the portal's institutions. */
    institutionId: text('institution_id').references(() => institutions.organizationId),
    /** As the source, or the directory, names it. */
    sourceName: text('source_name').notNull(),
    instrument: text('instrument', { enum: INSTRUMENTS }),
    /** As the source words it, for what was announced. */
    announcedInstrument: text('announced_instrument'),
    announcedStatus: text('announced_status'),
    announcedDate: text('announced_date'),
    source: text('source'),
    confidence: text('confidence'),
    /** ISO 4217: every line of its ledger is in it. */
    currency: text('currency').notNull(),
    purpose: text('purpose'),
    /** Its commercial terms: a document with readers of its own; null until somebody begins it. */
    termsDocumentId: text('terms_document_id')
      .unique()
      .references(() => documents.id),
    /** Besides the amount: of what is lent its tenor, of an instrument that buys in tonnes what it buys. */
    details: jsonb('purchase').$type<AskDetails>(),
    stage: text('stage', { enum: FINANCING_STAGES }).notNull().default('enquiry'),
    /** The stage in which it was put on hold. */
    heldFrom: text('held_from', { enum: FINANCING_STAGES }),
    resumeOn: day('resume_on'),
    /** Until when its letter of interest holds. */
    letterExpiresOn: day('letter_expires_on'),
    stageSince: instant('stage_since').notNull().defaultNow(),
    askedBy: text('asked_by').references(() => user.id),
    askedAt: instant('asked_at').notNull().defaultNow(),
  },
  (t) => [
    index('financing_asks_request').on(t.requestId),
    index('financing_asks_stage').on(t.stage),
    index('financing_asks_institution').on(t.institutionId),
    // The ledger's lines refer to both: they are of the ask's currency.
    unique('financing_asks_currency').on(t.id, t.currency),
    check('financing_asks_currency_code', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('financing_asks_held', sql`(${t.stage} = 'on_hold') = (${t.heldFrom} is not null)`),
  ],
)

/** Delegations that the lead named as readers of an ask's terms and money. */
export const askReaders = pgTable(
  'ask_readers',
  {
    askId: text('ask_id')
      .notNull()
      .references(() => financingAsks.id),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
  },
  (t) => [
    primaryKey({ columns: [t.askId, t.delegationId] }),
    index('ask_readers_delegation').on(t.delegationId),
  ],
)

/** A document that proves something: a letter, evidence of a condition. Never changed. */
export const financingFiles = pgTable(
  'financing_files',
  {
    id: text('id').primaryKey(),
    askId: text('ask_id')
      .notNull()
      .references(() => financingAsks.id),
    name: text('name').notNull(),
    mime: text('mime').notNull(),
    data: bytea('data').notNull(),
    sha256: text('sha256').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    index('financing_files_ask').on(t.askId),
    check('financing_files_size', sql`octet_length(${t.data}) between 1 and 10485760`),
  ],
)

/** Each change of an ask's stage: who, when and why. Never changed. */
export const financingMoves = pgTable(
  'financing_moves',
  {
    id: text('id').primaryKey(),
    askId: text('ask_id')
      .notNull()
      .references(() => financingAsks.id),
    /** Made by the page that asked: the same key again is the same move. */
    key: text('key').notNull().unique(),
    move: text('move', { enum: FINANCING_MOVES }).notNull(),
    before: text('before', { enum: FINANCING_STAGES }).notNull(),
    after: text('after', { enum: FINANCING_STAGES }).notNull(),
    reason: text('reason'),
    /** Expiry of a letter, or the day on which work resumes. */
    dateOn: day('date_on'),
    fileId: text('file_id').references(() => financingFiles.id),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [index('financing_moves_ask').on(t.askId, t.at)],
)

/** An institution's question to the authors, at a section of the request's text. */
export const financingQuestions = pgTable(
  'financing_questions',
  {
    id: text('id').primaryKey(),
    askId: text('ask_id')
      .notNull()
      .references(() => financingAsks.id),
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
  (t) => [index('financing_questions_ask').on(t.askId)],
)
