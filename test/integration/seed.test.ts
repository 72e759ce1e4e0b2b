/** The seed says what its sources say, no more, and once. */
import { readFile } from 'node:fs/promises'
import { count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../db/connection'
import {
  agreements,
  announcedFinancing,
  minerals,
  obligations,
  partners,
  projectMinerals,
  projects,
  standings,
} from '../../db/schema'
import { seedDirectory } from '../../db/seed/seed'
import { testDatabase } from '../harness/database'

let db: Database
const source = async (name: string) => JSON.parse(await readFile(`db/seed/data/${name}.json`, 'utf8'))

beforeAll(async () => {
  ;({ db } = await testDatabase())
  // Two starts at once, and one later.
  await Promise.all([seedDirectory(db), seedDirectory(db)])
  await seedDirectory(db)
})

const rows = async (table: Parameters<typeof db.$count>[0]) => db.$count(table)

test('every row of the sources is there once', async () => {
  expect(await rows(partners)).toBe(69)
  expect(await rows(standings)).toBe(69 * 5)
  expect(await rows(agreements)).toBe(32)
  expect(await rows(obligations)).toBe(20)
  expect(await rows(minerals)).toBe(64 + 2)
  expect(await rows(projects)).toBe(64)
})

describe('projects', () => {
  test('keep the source’s words beside what they were read as', async () => {
    const { projects: announced } = await source('projects')
    const stored = await db.select().from(projects)
    for (const one of announced) {
      const row = stored.find(({ id }) => id === one.id)
      expect(row).toMatchObject({
        title: one.name,
        marking: 'public',
        ownerDelegationId: null,
        countryIso2: one.country_iso2,
        announcedStatus: one.status,
        announcedStages: one.stage ?? [],
        operator: one.operator,
        plannedOutput: one.planned_output,
        confidence: one.confidence,
        source: one.source,
        lat: one.lat,
        lon: one.lon,
      })
      expect(Number(row?.capitalCost ?? Number.NaN)).toBe(one.capex ? one.capex.amount : Number.NaN)
    }
  })

  test('hold no figure that no source gives', async () => {
    expect(await rows(projects)).toBe(64)
    const [given] = await db
      .select({
        cost: count(projects.capitalCost),
        sites: count(projects.lat),
        capacity: count(projects.capacityTonnes),
        priceYear: count(projects.priceYear),
        first: count(projects.firstProduction),
      })
      .from(projects)
    expect(given).toEqual({ cost: 4, sites: 5, capacity: 0, priceYear: 0, first: 0 })
  })

  test('have a stage for every word of the source that means one', async () => {
    const stored = await db
      .select({ words: projects.announcedStages, stages: projects.stages })
      .from(projects)
    const read = new Map<string, string>()
    for (const { words, stages } of stored) if (words?.length === 1) read.set(words[0] ?? '', stages.join())
    expect(Object.fromEntries(read)).toMatchObject({ mine: 'extraction', magnets: 'component' })
    const without = stored.filter(({ words, stages }) => words?.length && stages.length === 0)
    expect(without.flatMap(({ words }) => words).sort()).toEqual(['development', 'trade'])
  })

  test('move past “proposed” only where the source says so outright', async () => {
    const states = await db
      .select({ status: projects.announcedStatus, state: projects.state })
      .from(projects)
      .where(sql`${projects.state} <> 'proposed'`)
    expect(Object.fromEntries(states.map(({ status, state }) => [status, state]))).toEqual({
      shipping: 'operating',
      'operating/financed': 'operating',
      'operating/expansion': 'operating',
      construction: 'construction',
      financed: 'financing',
      'strategic status granted; care and maintenance (June 2025)': 'paused',
    })
  })

  test('a country outside the directory is kept, without a lead partner', async () => {
    const outside = await db
      .select({ country: projects.countryIso2, lead: projects.leadPartnerIso2 })
      .from(projects)
      .leftJoin(partners, eq(partners.iso2, projects.countryIso2))
      .where(sql`${projects.countryIso2} is not null and ${partners.iso2} is null`)
    expect(outside.length).toBeGreaterThan(0)
    expect(outside.every((one) => one.lead === null)).toBe(true)
  })

  test('announced money line by line, as the source has it', async () => {
    const { projects: announced } = await source('projects')
    const lines = announced.flatMap((one: { financing: unknown[] | null }) => one.financing ?? [])
    expect(await rows(announcedFinancing)).toBe(lines.length)
    const contained = announced.flatMap((one: { minerals: unknown[] }) => one.minerals)
    expect(await rows(projectMinerals)).toBe(contained.length)
  })
})

describe('standings', () => {
  test('not known is a value: nothing says “not a member” where no source does', async () => {
    const found = await db
      .select({ value: standings.value, rows: count() })
      .from(standings)
      .groupBy(standings.value)
    expect(found.map(({ value }) => value).sort()).toEqual(['announced', 'member', 'not_known', 'observer'])
    const { partners: attending, related_partners: related } = await source('partners')
    const silent = [...attending, ...related].filter((one) => one.forge.status === null).length
    const [forge] = await db
      .select({ rows: count() })
      .from(standings)
      .where(sql`${standings.programme} = 'forge' and ${standings.detail} is null`)
    expect(forge?.rows).toBeLessThanOrEqual(silent)
  })

  test('every membership names its source', async () => {
    const unsourced = await db
      .select()
      .from(standings)
      .where(sql`${standings.value} <> 'not_known' and ${standings.source} is null`)
    expect(unsourced).toEqual([])
    expect(await db.select().from(standings).where(isNotNull(standings.validTo))).toEqual([])
    expect((await db.select().from(standings).where(isNull(standings.asOf))).length).toBe(0)
  })
})
