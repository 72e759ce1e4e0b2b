import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { FieldProblem } from '../../app/domain/document-fields'
import { MARKINGS } from '../../app/domain/marking'
import { PROJECT_STATES, PROPOSAL_STATES } from '../../app/domain/project-stage'
import { GRANT_LEVELS } from '../../app/domain/rights'
import { organization, user } from './auth'
import { channels } from './channels'
import { workingGroups } from './groups'
import { minerals, partners } from './partners'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const projects = pgTable(
  'projects',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    summary: text('summary').notNull().default(''),
    marking: text('marking', { enum: MARKINGS }).notNull(),
    state: text('state', { enum: PROJECT_STATES }).notNull(),
    /** The delegation that entered it; null for announced projects, which the secretariat keeps. */
    ownerDelegationId: text('owner_delegation_id').references(() => organization.id),
    leadPartnerIso2: text('lead_partner_iso2').references(() => partners.iso2),
    /** Country of the site: may lie outside the partners, so no foreign key. */
    countryIso2: text('country_iso2'),
    place: text('place'),
    lat: doublePrecision('lat'),
    lon: doublePrecision('lon'),
    coordsSource: text('coords_source'),
    stages: text('stages').array().notNull().default(sql`'{}'`),
    product: text('product'),
    /** As announced, in the source's words, where it is not one figure. */
    plannedOutput: text('planned_output'),
    /** Contained tonnes a year. */
    capacityTonnes: numeric('capacity_tonnes', { precision: 19, scale: 4 }),
    capitalCost: numeric('capital_cost', { precision: 19, scale: 4 }),
    currency: text('currency'),
    priceYear: integer('price_year'),
    firstProduction: text('first_production'),
    operator: text('operator'),
    /** Where the operator's ultimate owner is at home. */
    operatorCountryIso2: text('operator_country_iso2'),
    programme: text('programme'),
    /** What the source says of the project's state, in its words. */
    announcedStatus: text('announced_status'),
    announcedStages: text('announced_stages').array(),
    note: text('note'),
    /** How well the facts are corroborated, and where they come from. */
    confidence: text('confidence'),
    source: text('source'),
    createdBy: text('created_by').references(() => user.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    check('projects_site', sql`(${t.lat} is null) = (${t.lon} is null)`),
    check('projects_lat', sql`${t.lat} between -90 and 90`),
    check('projects_lon', sql`${t.lon} between -180 and 180`),
    check('projects_capacity', sql`${t.capacityTonnes} >= 0`),
    check('projects_cost', sql`${t.capitalCost} >= 0`),
    check('projects_cost_currency', sql`${t.capitalCost} is null or ${t.currency} is not null`),
    index('projects_owner').on(t.ownerDelegationId),
    index('projects_country').on(t.countryIso2),
  ],
)

export const projectMinerals = pgTable(
  'project_minerals',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    mineralId: text('mineral_id')
      .notNull()
      .references(() => minerals.id),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.mineralId] }),
    index('project_minerals_mineral').on(t.mineralId),
  ],
)

/** Partners that take part besides the lead. */
export const projectPartners = pgTable(
  'project_partners',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    partnerIso2: text('partner_iso2')
      .notNull()
      .references(() => partners.iso2),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.partnerIso2] })],
)

/** Delegations named by a restricted marking. */
export const projectReaders = pgTable(
  'project_readers',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.delegationId] }),
    index('project_readers_delegation').on(t.delegationId),
  ],
)

/** What was announced of a project's money, in the source's words: never added up, never a commitment by itself. */
export const announcedFinancing = pgTable(
  'announced_financing',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    sourceOfFunds: text('source_of_funds').notNull(),
    instrument: text('instrument'),
    amount: numeric('amount', { precision: 19, scale: 4 }),
    currency: text('currency'),
    upTo: boolean('up_to').notNull(),
    status: text('status'),
    date: text('date'),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.position] })],
)

/** A text that is written together: one channel, one Yjs document. */
export const documents = pgTable(
  'documents',
  {
    id: text('id').primaryKey(),
    /** Also the channel's id: one document, one channel. */
    channelId: text('channel_id')
      .notNull()
      .unique()
      .references(() => channels.id),
    kind: text('kind', {
      enum: ['proposal', 'text', 'part', 'request', 'terms', 'notes', 'minutes'],
    }).notNull(),
    title: text('title').notNull(),
    marking: text('marking', { enum: MARKINGS }).notNull(),
    ownerDelegationId: text('owner_delegation_id')
      .notNull()
      .references(() => organization.id),
    /** File it was imported from, with the SHA-256 of its bytes. */
    importedName: text('imported_name'),
    importedSha256: text('imported_sha256'),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [index('documents_owner').on(t.ownerDelegationId)],
)

/** A name that somebody gave the state of a document at an entry of its log. */
export const documentVersions = pgTable(
  'document_versions',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.seq] }),
    check('document_versions_name', sql`char_length(${t.name}) between 3 and 80`),
    check('document_versions_seq', sql`${t.seq} > 0`),
  ],
)

/** Entries of a document's log that brought an earlier state back, with that state. */
export const documentRestores = pgTable(
  'document_restores',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    restoredSeq: bigint('restored_seq', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.documentId, t.seq] })],
)

export const proposals = pgTable(
  'proposals',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id),
    documentId: text('document_id')
      .notNull()
      .unique()
      .references(() => documents.id),
    title: text('title').notNull(),
    state: text('state', { enum: PROPOSAL_STATES }).notNull().default('draft'),
    marking: text('marking', { enum: MARKINGS }).notNull().default('restricted'),
    leadDelegationId: text('lead_delegation_id')
      .notNull()
      .references(() => organization.id),
    /** The declined case that it came back from. */
    returnOf: text('return_of').references((): AnyPgColumn => proposals.id),
    /** The working group that it is before, once it goes to a decision. */
    groupId: text('group_id').references(() => workingGroups.id),
    createdBy: text('created_by')
      .notNull()
      .references(() => user.id),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('proposals_lead').on(t.leadDelegationId),
    // A declined case comes back once.
    uniqueIndex('proposals_return').on(t.returnOf),
    // A delegation has one open case for a project at a time.
    uniqueIndex('proposals_one_open')
      .on(t.projectId, t.leadDelegationId)
      .where(sql`${t.state} not in ('endorsed', 'declined', 'withdrawn')`),
  ],
)

/** Which other delegations take part in a document (a proposal's or an imported text), and how. */
export const documentGrants = pgTable(
  'document_grants',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => documents.id, { onDelete: 'cascade' }),
    delegationId: text('delegation_id')
      .notNull()
      .references(() => organization.id),
    level: text('level', { enum: GRANT_LEVELS }).notNull(),
    grantedBy: text('granted_by')
      .notNull()
      .references(() => user.id),
    grantedAt: instant('granted_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.documentId, t.delegationId] }),
    index('document_grants_delegation').on(t.delegationId),
  ],
)

/**
 * A proposal's structured fields as its document has them at `seq`: written by the projection only.
 * Lists show them to those who may read the proposal; the project's own columns keep what was announced.
 */
export const proposalFields = pgTable('proposal_fields', {
  proposalId: text('proposal_id')
    .primaryKey()
    .references(() => proposals.id, { onDelete: 'cascade' }),
  seq: integer('seq').notNull(),
  minerals: text('minerals').array(),
  stages: text('stages').array(),
  product: text('product'),
  capacityTonnes: numeric('capacity_tonnes', { precision: 19, scale: 4 }),
  capitalCost: numeric('capital_cost', { precision: 19, scale: 4 }),
  currency: text('currency'),
  priceYear: integer('price_year'),
  place: text('place'),
  countryIso2: text('country_iso2'),
  lat: doublePrecision('lat'),
  lon: doublePrecision('lon'),
  operator: text('operator'),
  operatorCountryIso2: text('operator_country_iso2'),
  /** Year and month by milestone. */
  timetable: jsonb('timetable').$type<Record<string, string>>().notNull(),
  /** What the projection could not read, by field. */
  problems: jsonb('problems').$type<FieldProblem[]>().notNull(),
  /** Words by section's fragment. */
  words: jsonb('words').$type<Record<string, number>>().notNull(),
  /** Open suggestions by section's fragment; none where there are none. */
  suggestions: jsonb('suggestions').$type<Record<string, number>>().notNull().default({}),
  /** Fragments of sections that their authors call ready. */
  ready: text('ready').array().notNull().default([]),
  lastWrittenAt: instant('last_written_at'),
  lastWrittenBy: text('last_written_by').references(() => user.id),
})
