/** Production, reserves, import reliance, prices and forms of minerals, from `db/seed/data`. */
import { sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { ISO2_BY_ISO3 } from '../../app/domain/country-codes'
import type { RowKind } from '../../app/domain/supply'
import type { Database, Transaction } from '../connection'
import { minerals } from '../schema/partners'
import { projects } from '../schema/projects'
import {
  announcedCapacities,
  conversions,
  importReliance,
  mineralForms,
  priceSeries,
  prices,
  production,
  productionSeries,
  reserves,
} from '../schema/supply'
import { type ProductionSource, readSupplySources } from './supply-sources'

type Sources = Awaited<ReturnType<typeof readSupplySources>>

/** Minerals that one of the sources takes together, besides those of the directory. */
const GROUPS = [
  { id: 'rare_earths_magnet', name: 'Magnet rare earths (Nd, Pr, Dy, Tb)', group: 'rare earth' },
  { id: 'rare_earths_heavy', name: 'Heavy rare earths (not specified)', group: 'rare earth' },
]

/** Loads the figures once the directory is there; a database that holds them already stays as it is. */
export async function seedSupply(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7340234)`)
    const held = await tx.select({ id: productionSeries.id }).from(productionSeries).limit(1)
    if (held.length > 0) return
    const sources = await readSupplySources()
    await tx
      .insert(minerals)
      .values(GROUPS.map((group) => ({ ...group, usCritical2025: false, isGroup: true })))
      .onConflictDoNothing()
    await seedProduction(tx, sources)
    await seedReserves(tx, sources)
    await seedReliance(tx, sources)
    await seedPrices(tx, sources)
    await seedForms(tx, sources)
    await seedCapacities(tx, sources)
  })
}

/** PostgreSQL takes at most 65,535 parameters in a statement. */
async function insertAll<T extends PgTable>(tx: Transaction, table: T, rows: T['$inferInsert'][]) {
  for (let from = 0; from < rows.length; from += 1000)
    await tx.insert(table).values(rows.slice(from, from + 1000))
}

const kindOf = (row: { country: string; is_aggregate: boolean }): RowKind =>
  !row.is_aggregate ? 'country' : row.country === 'World total' ? 'world' : 'other'

const figureOf = (row: Sources['production'][number] | Sources['reserves'][number]) => ({
  country: row.country,
  iso2: ISO2_BY_ISO3.get(row.iso3) ?? null,
  kind: kindOf(row),
  year: row.year,
  tonnes: row.value_tonnes,
  qualifier: row.qualifier,
  isEstimate: row.is_estimate,
  published: `${row.value_raw} ${row.unit_raw}`.trim(),
  note: row.notes || null,
})

/**
 * Products that a chapter of the USGS reports apart, by a word of the row's statistic. A total over two of them is a
 * series of its own, without countries.
 */
const PRODUCTS = [
  { has: /ilmenite and rutile/i, product: 'Ilmenite and rutile together' },
  { has: /ilmenite/i, product: 'Ilmenite' },
  { has: /rutile/i, product: 'Rutile' },
  { has: /ferrosilicon/i, product: 'Ferrosilicon' },
  { has: /silicon metal/i, product: 'Silicon metal' },
]

const productOf = (row: ProductionSource) =>
  PRODUCTS.find(({ has }) => has.test(row.statistic))?.product ?? row.commodity

const NOT_COMPARABLE: Record<string, string> = {
  boron: 'Countries report boron in different forms (ore, ulexite, oxide, compounds, refined borates).',
}

const slug = (words: string) => words.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const seriesOf = (row: ProductionSource) =>
  slug(`${row.dataset.split('_')[0]} ${row.mineral_id} ${productOf(row)} ${row.stage}`)

async function seedProduction(tx: Transaction, { production: rows }: Sources) {
  const series = new Map<string, ProductionSource>()
  for (const row of rows) if (!series.has(seriesOf(row))) series.set(seriesOf(row), row)
  await insertAll(
    tx,
    productionSeries,
    [...series].map(([id, row]) => ({
      ...{ id, dataset: row.dataset, mineralId: row.mineral_id, product: productOf(row), stage: row.stage },
      ...{ basis: row.basis, licence: row.licence, source: row.source },
      notComparable: NOT_COMPARABLE[row.mineral_id] ?? null,
    })),
  )
  await insertAll(
    tx,
    production,
    rows.map((row, position) => ({ seriesId: seriesOf(row), position, ...figureOf(row) })),
  )
}

async function seedReserves(tx: Transaction, { reserves: rows }: Sources) {
  await insertAll(
    tx,
    reserves,
    rows.map((row, position) => ({
      ...{ mineralId: row.mineral_id, position, measure: row.statistic, ...figureOf(row) },
      ...{ basis: row.basis, licence: row.licence, source: row.source },
      note: [row.notes, row.revision_note].filter(Boolean).join(' -- ') || null,
    })),
  )
}

/** "IMPORT SOURCE SHARE: Total imports | Canada": the measure, and where the share comes from. */
const SHARE = /^IMPORT SOURCE SHARE: (.+?) \| (.+)$/

async function seedReliance(tx: Transaction, { reliance: rows }: Sources) {
  await insertAll(
    tx,
    importReliance,
    rows.map((row, position) => {
      const [, what, origin] = SHARE.exec(row.statistic) ?? []
      return {
        ...{ mineralId: row.mineral_id, position, commodity: row.commodity, origin: origin ?? null },
        measure: what ?? row.statistic.replace('relianceas ', 'reliance as '),
        ...{ period: row.year, percent: row.value_raw, note: row.notes || null, source: row.source },
      }
    }),
  )
}

async function seedPrices(tx: Transaction, { prices: rows }: Sources) {
  const series = new Map(rows.map((row) => [row.series_id, row]))
  await insertAll(
    tx,
    priceSeries,
    [...series].map(([id, row]) => ({
      ...{ id, mineralId: row.mineral_id, name: row.series_name, frequency: row.frequency, unit: row.unit },
      ...{ note: row.notes || null, licence: row.licence, source: row.source },
    })),
  )
  await insertAll(
    tx,
    prices,
    rows.map((row) => ({
      ...{ seriesId: row.series_id, period: row.period, value: row.value, low: row.low, high: row.high },
      ...{ isEstimate: row.is_estimate, published: row.value_raw },
    })),
  )
}

async function seedForms(tx: Transaction, { minerals: rows, conversions: shares }: Sources) {
  const forms = rows.flatMap(({ id, stages }) =>
    (stages ?? [])
      .flatMap(({ stage, forms: traded }) => traded.map((one) => ({ stage, ...one })))
      .map(({ stage, form, contained, hs6 }, position) => ({
        ...{ mineralId: id, position, stage, form, contained, codes: hs6 },
      })),
  )
  await insertAll(tx, mineralForms, forms)
  await insertAll(
    tx,
    conversions,
    shares.map((row) => ({
      ...{ mineralId: row.mineral_id, compound: row.compound, element: row.element, source: row.source },
      share: row.element_share_of_compound,
    })),
  )
}

async function seedCapacities(tx: Transaction, { capacities: rows }: Sources) {
  // A portal that took over its projects from elsewhere may not have them all.
  const known = new Set((await tx.select({ id: projects.id }).from(projects)).map(({ id }) => id))
  const capacities = rows.filter(({ project }) => known.has(project))
  await insertAll(
    tx,
    announcedCapacities,
    capacities.map(({ project, mineral, ...row }) => ({ projectId: project, mineralId: mineral, ...row })),
  )
}
