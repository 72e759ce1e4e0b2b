/** Published supply: how concentrated it is, and what the projects that the reader may see would add to it. */
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm'
import { type Concentration, concentrationOf } from '../../app/domain/concentration'
import type { Actor } from '../../app/domain/people'
import type { SupplySource, SupplyStage } from '../../app/domain/supply'
import { type CountedCapacity, countCapacity, type Gap, gapOf } from '../../app/domain/supply-gap'
import type { Queryable } from '../connection'
import { minerals } from '../schema/partners'
import { production, productionSeries } from '../schema/supply'
import { type Capacity, capacitiesOf, visibleCapacities } from './capacities'

export type SupplyWish = { dataset: SupplySource; year: number; ceiling: number }

export type CapacityLine = Capacity & { count: CountedCapacity }

/** A series in one year. */
export type SupplyLine = {
  seriesId: string
  dataset: SupplySource
  mineralId: string
  mineral: string
  product: string
  stage: SupplyStage
  year: number
  basis: string
  source: string
  licence: string
  notComparable: string | null
  /** Null where the source names no country or its figures cannot be set beside each other. */
  concentration: Concentration | null
  capacities: CapacityLine[]
  /** Contained tonnes a year of the projects that count. */
  capacity: number
  gap: Gap | null
}

const seriesColumns = {
  seriesId: productionSeries.id,
  dataset: productionSeries.dataset,
  mineralId: productionSeries.mineralId,
  mineral: minerals.name,
  product: productionSeries.product,
  stage: productionSeries.stage,
  basis: productionSeries.basis,
  source: productionSeries.source,
  licence: productionSeries.licence,
  notComparable: productionSeries.notComparable,
}

const rowColumns = {
  year: production.year,
  country: production.country,
  iso2: production.iso2,
  kind: production.kind,
  tonnes: production.tonnes,
  qualifier: production.qualifier,
  isEstimate: production.isEstimate,
  published: production.published,
  note: production.note,
}

const productionRows = (db: Queryable, condition: SQL | undefined) =>
  db
    .select({ series: seriesColumns, row: rowColumns })
    .from(production)
    .innerJoin(productionSeries, eq(productionSeries.id, production.seriesId))
    .innerJoin(minerals, eq(minerals.id, productionSeries.mineralId))
    .where(condition)
    .orderBy(asc(minerals.name), asc(productionSeries.id), asc(production.position))

type Row = Awaited<ReturnType<typeof productionRows>>[number]

/** Rows of one series and year together, in their order. */
function bySeriesAndYear(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.series.seriesId} ${row.row.year}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

function lineOf(rows: readonly Row[], all: readonly Capacity[], ceiling: number): SupplyLine | null {
  const [first] = rows
  if (!first) return null
  const { series } = first
  const concentration = series.notComparable
    ? null
    : concentrationOf(
        rows.map(({ row }) => ({ ...row, tonnes: row.tonnes === null ? null : Number(row.tonnes) })),
      )
  const largestIso2 = concentration?.largest.iso2 ?? null
  const capacities = capacitiesOf(all, series).map((one) => ({
    ...one,
    count: countCapacity({ countryIso2: one.countryIso2, largestIso2, tonnes: one.tonnes }),
  }))
  const capacity = capacities.reduce((sum, { count }) => sum + (count.counted ? count.tonnes : 0), 0)
  return {
    ...series,
    year: first.row.year,
    concentration,
    capacities,
    capacity,
    gap: concentration && gapOf(concentration.largest.tonnes, concentration.total, capacity, ceiling),
  }
}

const isLine = (line: SupplyLine | null): line is SupplyLine => line !== null

/** Every series of a source in a year, by mineral. Three queries. */
export async function supplyOverview(db: Queryable, actor: Actor, wish: SupplyWish): Promise<SupplyLine[]> {
  const condition = and(eq(productionSeries.dataset, wish.dataset), eq(production.year, wish.year))
  const [rows, capacities] = await Promise.all([productionRows(db, condition), visibleCapacities(db, actor)])
  return bySeriesAndYear(rows)
    .map((group) => lineOf(group, capacities, wish.ceiling))
    .filter(isLine)
}

/** The series of minerals in every year, each with its rows as published. Three queries. */
export async function supplyOf(db: Queryable, actor: Actor, mineralIds: readonly string[], ceiling: number) {
  const condition = inArray(productionSeries.mineralId, [...mineralIds])
  const [rows, capacities] = await Promise.all([productionRows(db, condition), visibleCapacities(db, actor)])
  return bySeriesAndYear(rows).flatMap((group) => {
    const line = lineOf(group, capacities, ceiling)
    return line ? [{ ...line, rows: group.map(({ row }) => row) }] : []
  })
}
