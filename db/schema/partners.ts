/** The directory: partners, their standing in programmes, agreements and what these oblige to. */
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { PROGRAMMES, STANDINGS } from '../../app/domain/standing'

export const partners = pgTable('partners', {
  /** ISO 3166-1 alpha-2; EU for the European Union. */
  iso2: text('iso2').primaryKey(),
  iso3: text('iso3'),
  name: text('name').notNull(),
  region: text('region'),
  subregion: text('subregion'),
  type: text('type').notNull(),
  /** As the ministerial's list names it; null when it did not attend. */
  nameAsListed: text('name_as_listed'),
  attendedMinisterial: boolean('attended_ministerial').notNull(),
  ministerialRole: text('ministerial_role'),
  ministerialSource: text('ministerial_source'),
  /** Why a partner that did not attend is listed. */
  whyListed: text('why_listed'),
  isoNote: text('iso_note'),
})

export { PROGRAMMES, STANDINGS }

/** Rows are never overwritten: a change of standing ends one row and starts another. */
export const standings = pgTable(
  'standings',
  {
    partnerIso2: text('partner_iso2')
      .notNull()
      .references(() => partners.iso2),
    programme: text('programme', { enum: PROGRAMMES }).notNull(),
    value: text('value', { enum: STANDINGS }).notNull(),
    /** The source's own word (founding_signatory, chair …) and remarks. */
    detail: text('detail'),
    validFrom: text('valid_from'),
    validTo: text('valid_to'),
    source: text('source'),
    asOf: date('as_of', { mode: 'string' }).notNull(),
    confidence: text('confidence'),
  },
  (t) => [
    primaryKey({ columns: [t.partnerIso2, t.programme, t.asOf] }),
    uniqueIndex('standings_current').on(t.partnerIso2, t.programme).where(sql`${t.validTo} is null`),
  ],
)

export const agreements = pgTable('agreements', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  /** ISO date, or year or year-month where the source gives no more. */
  date: text('date'),
  batch: text('batch'),
  kind: text('kind').notNull(),
  binding: boolean('binding'),
  signatories: text('signatories'),
  topics: text('topics').array().notNull(),
  note: text('note'),
  confidence: text('confidence'),
  source: text('source'),
})

export const agreementPartners = pgTable(
  'agreement_partners',
  {
    agreementId: text('agreement_id')
      .notNull()
      .references(() => agreements.id),
    partnerIso2: text('partner_iso2')
      .notNull()
      .references(() => partners.iso2),
  },
  (t) => [
    primaryKey({ columns: [t.agreementId, t.partnerIso2] }),
    index('agreement_partners_partner').on(t.partnerIso2),
  ],
)

/** A commitment of an agreement. */
export const obligations = pgTable(
  'obligations',
  {
    agreementId: text('agreement_id')
      .notNull()
      .references(() => agreements.id),
    position: integer('position').notNull(),
    kind: text('kind').notNull(),
    text: text('text').notNull(),
    due: date('due', { mode: 'string' }),
    /** Computed here from the text ("within 180 days"): not an official date. */
    dueIsComputed: boolean('due_is_computed').notNull(),
    state: text('state', { enum: ['open', 'met', 'missed', 'waived'] })
      .notNull()
      .default('open'),
  },
  (t) => [
    primaryKey({ columns: [t.agreementId, t.position] }),
    check('obligations_text', sql`length(${t.text}) > 0`),
  ],
)

export const minerals = pgTable('minerals', {
  /** Id of minerals.json, or one of its groups (rare_earths, pgm). */
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  symbol: text('symbol'),
  group: text('group_name').notNull(),
  usCritical2025: boolean('us_critical_2025').notNull(),
  euStrategic: text('eu_strategic'),
  euCritical: text('eu_critical'),
  isGroup: boolean('is_group').notNull().default(false),
})
