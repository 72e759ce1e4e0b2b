/**
 * Supply of minerals as published: production, reserves, import reliance and prices, each row with its source. Written
 * by the seed only. A series is of one source, product and stage; series of two sources are on two bases, never added.
 */
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { CAPACITY_BOUNDS, ROW_KINDS, SUPPLY_SOURCES, SUPPLY_STAGES } from '../../app/domain/supply'
import { minerals } from './partners'
import { projects } from './projects'

const tonnes = (name: string) => numeric(name, { precision: 20, scale: 4 })
const mineralId = () =>
  text('mineral_id')
    .notNull()
    .references(() => minerals.id)

export const productionSeries = pgTable(
  'production_series',
  {
    id: text('id').primaryKey(),
    dataset: text('dataset', { enum: SUPPLY_SOURCES }).notNull(),
    mineralId: mineralId(),
    /** What is counted, in the source's words: "Bauxite", "Ferrosilicon". */
    product: text('product').notNull(),
    stage: text('stage', { enum: SUPPLY_STAGES }).notNull(),
    /** Of what the tonnes are, and the source's remarks. */
    basis: text('basis').notNull(),
    /** Why its countries cannot be set beside each other; null where they can. */
    notComparable: text('not_comparable'),
    licence: text('licence').notNull(),
    source: text('source').notNull(),
  },
  (t) => [index('production_series_mineral').on(t.mineralId)],
)

const figure = {
  country: text('country').notNull(),
  iso2: text('iso2'),
  kind: text('kind', { enum: ROW_KINDS }).notNull(),
  year: integer('year').notNull(),
  /** Null where the source gives no figure; then `qualifier` says why. */
  tonnes: tonnes('tonnes'),
  qualifier: text('qualifier').notNull(),
  isEstimate: boolean('is_estimate').notNull(),
  /** As it was published, with its unit. */
  published: text('published').notNull(),
  note: text('note'),
}

export const production = pgTable(
  'production',
  {
    seriesId: text('series_id')
      .notNull()
      .references(() => productionSeries.id),
    position: integer('position').notNull(),
    ...figure,
  },
  (t) => [
    primaryKey({ columns: [t.seriesId, t.position] }),
    index('production_year').on(t.year),
    check('production_tonnes', sql`${t.tonnes} >= 0`),
  ],
)

export const reserves = pgTable(
  'reserves',
  {
    mineralId: mineralId(),
    position: integer('position').notNull(),
    /** What is counted: "Reserves", "Reserves: Ilmenite". */
    measure: text('measure').notNull(),
    ...figure,
    basis: text('basis').notNull(),
    licence: text('licence').notNull(),
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mineralId, t.position] })],
)

/** What the United States import: net reliance as a percentage, and shares of the countries that it comes from. */
export const importReliance = pgTable(
  'import_reliance',
  {
    mineralId: mineralId(),
    position: integer('position').notNull(),
    commodity: text('commodity').notNull(),
    measure: text('measure').notNull(),
    /** Where a share of imports comes from; null for net reliance. */
    origin: text('origin'),
    /** A year, or the years that an average is over. */
    period: text('period').notNull(),
    /** Per cent as published: a number, or ">50", "E" (net exporter). */
    percent: text('percent').notNull(),
    note: text('note'),
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mineralId, t.position] })],
)

export const priceSeries = pgTable(
  'price_series',
  {
    id: text('id').primaryKey(),
    mineralId: mineralId(),
    name: text('name').notNull(),
    frequency: text('frequency', { enum: ['annual', 'monthly'] }).notNull(),
    unit: text('unit').notNull(),
    note: text('note'),
    licence: text('licence').notNull(),
    source: text('source').notNull(),
  },
  (t) => [index('price_series_mineral').on(t.mineralId)],
)

export const prices = pgTable(
  'prices',
  {
    seriesId: text('series_id')
      .notNull()
      .references(() => priceSeries.id),
    /** A year, or a year and month. */
    period: text('period').notNull(),
    /** In the series' own unit; null where only a range or nothing is published. */
    value: numeric('value', { precision: 20, scale: 6 }),
    low: numeric('low', { precision: 20, scale: 6 }),
    high: numeric('high', { precision: 20, scale: 6 }),
    isEstimate: boolean('is_estimate').notNull(),
    published: text('published').notNull(),
  },
  (t) => [primaryKey({ columns: [t.seriesId, t.period] })],
)

/** Traded forms along a mineral's stages of production, with their codes of the Harmonized System. */
export const mineralForms = pgTable(
  'mineral_forms',
  {
    mineralId: mineralId(),
    position: integer('position').notNull(),
    stage: text('stage').notNull(),
    form: text('form').notNull(),
    contained: text('contained'),
    codes: jsonb('codes').$type<{ code: string; description: string }[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.mineralId, t.position] })],
)

/** How much of an element a tonne of a compound holds. */
export const conversions = pgTable(
  'conversions',
  {
    mineralId: mineralId(),
    compound: text('compound').notNull(),
    element: text('element').notNull(),
    share: numeric('share', { precision: 6, scale: 4 }).notNull(),
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mineralId, t.compound] })],
)

/** What an announced project's words give as its capacity, by mineral and stage: contained tonnes a year, as they were read. */
export const announcedCapacities = pgTable(
  'announced_capacities',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    mineralId: mineralId(),
    stage: text('stage', { enum: SUPPLY_STAGES }).notNull(),
    tonnes: tonnes('tonnes').notNull(),
    bound: text('bound', { enum: CAPACITY_BOUNDS }).notNull(),
    /** The announcement's words, and how the tonnes were read from them. */
    words: text('words').notNull(),
    reading: text('reading').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.mineralId, t.stage] }),
    check('announced_capacities_tonnes', sql`${t.tonnes} > 0`),
  ],
)
