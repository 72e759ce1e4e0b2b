/** Minerals: all of them with what is known, and one with everything. */
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { groupsOf, membersOf } from '../../app/domain/supply'
import type { Queryable } from '../connection'
import { minerals } from '../schema/partners'
import {
  conversions,
  importReliance,
  mineralForms,
  priceSeries,
  prices,
  productionSeries,
  reserves,
} from '../schema/supply'
import { supplyOf } from './supply'

/** Every mineral by name, with what there is to read of it. One query. */
export function mineralList(db: Queryable) {
  const has = (table: typeof productionSeries | typeof priceSeries | typeof reserves | typeof mineralForms) =>
    // Without a join drizzle names columns without their table: so they are named here.
    sql<boolean>`exists (select 1 from ${table} where ${table}.mineral_id = ${minerals}.id)`
  return db
    .select({
      ...{ id: minerals.id, name: minerals.name, symbol: minerals.symbol, group: minerals.group },
      ...{
        usCritical: minerals.usCritical2025,
        euStrategic: minerals.euStrategic,
        euCritical: minerals.euCritical,
      },
      isGroup: minerals.isGroup,
      production: has(productionSeries),
      prices: has(priceSeries),
      reserves: has(reserves),
      forms: has(mineralForms),
    })
    .from(minerals)
    .orderBy(asc(minerals.name))
}

/** Everything published of a mineral, and of those that it stands for. Throws `notFound`. Nine queries. */
export async function mineralPage(db: Queryable, actor: Actor, id: string, ceiling: number) {
  const [mineral] = await db.select().from(minerals).where(eq(minerals.id, id))
  if (!mineral) throw notFound()
  const groups = groupsOf(id)
  const ids = [...membersOf(id), ...groups]
  const [supply, names, forms, shares, reserveRows, reliance, series] = await Promise.all([
    supplyOf(db, actor, [id, ...groups], ceiling),
    db.select({ id: minerals.id, name: minerals.name }).from(minerals).where(inArray(minerals.id, ids)),
    db.select().from(mineralForms).where(eq(mineralForms.mineralId, id)).orderBy(asc(mineralForms.position)),
    db.select().from(conversions).where(eq(conversions.mineralId, id)).orderBy(asc(conversions.compound)),
    db.select().from(reserves).where(eq(reserves.mineralId, id)).orderBy(asc(reserves.position)),
    db
      .select()
      .from(importReliance)
      .where(eq(importReliance.mineralId, id))
      .orderBy(asc(importReliance.position)),
    db
      .select({
        ...{
          id: priceSeries.id,
          name: priceSeries.name,
          frequency: priceSeries.frequency,
          unit: priceSeries.unit,
        },
        ...{ note: priceSeries.note, licence: priceSeries.licence, source: priceSeries.source },
        points: sql<{ period: string; value: number | null; low: number | null; high: number | null }[]>`(
          select json_agg(json_build_object('period', ${prices.period}, 'value', ${prices.value}, 'low', ${prices.low}, 'high', ${prices.high}) order by ${prices.period})
          from ${prices} where ${prices}.series_id = ${priceSeries}.id)`,
      })
      .from(priceSeries)
      .where(eq(priceSeries.mineralId, id))
      .orderBy(sql`${priceSeries.frequency} desc`, asc(priceSeries.name)),
  ])
  const nameOf = (one: string) => names.find((row) => row.id === one)?.name ?? one
  return {
    mineral,
    /** Minerals that this one is counted in, and those that it stands for. */
    groups: groups.map((one) => ({ id: one, name: nameOf(one) })),
    members: names.filter((one) => one.id !== id && !groups.includes(one.id)),
    ...{ supply, forms, conversions: shares, reserves: reserveRows, reliance, prices: series },
  }
}
