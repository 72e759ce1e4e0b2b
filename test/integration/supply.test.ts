/** Supply as seeded, and what projects add to it: for each reader only by projects that they may see. */
import { readFile } from 'node:fs/promises'
import { count, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { readCsv } from '../../app/domain/csv-read'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { visibleCapacities } from '../../db/queries/capacities'
import { mineralList, mineralPage } from '../../db/queries/minerals'
import { type SupplyWish, supplyOverview } from '../../db/queries/supply'
import { importReliance, prices, production, productionSeries, projects, reserves } from '../../db/schema'
import { seedSupply } from '../../db/seed/supply'
import { createProject } from '../../server/projects/create'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let coordinator: Actor
let secret: string

const USGS: SupplyWish = { dataset: 'USGS_MCS_2026', year: 2025, ceiling: 0.5 }
const cobaltMine = async (actor: Actor, wish = USGS) => {
  const line = (await supplyOverview(db, actor, wish)).find(
    ({ mineralId, stage }) => mineralId === 'cobalt' && stage === 'mine',
  )
  if (!line) throw new Error('no series of cobalt mines')
  return line
}

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  for (let i = 0; i < 2; i++) await seedSupply(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
  const capacity = (more: Parameters<typeof projectInput>[0]) =>
    createProject(db, kenya, projectInput({ capacityTonnes: '12000', ...more }), null)
  secret = await capacity({ title: 'Kept mine', readers: [japan.organization.id] })
  await capacity({ title: 'Open mine', marking: 'forge', capacityTonnes: '1000.5' })
  await capacity({ title: 'In Congo', marking: 'forge', countryIso2: 'CD' })
  await capacity({ title: 'Two minerals', marking: 'forge', minerals: ['cobalt', 'copper'] })
})

describe('the wrong person', () => {
  test('has a restricted project in no figure: not in the sum, the part closed, nor a line', async () => {
    for (const actor of [congo, coordinator, await records.as('secretariat', 'administrator')]) {
      const line = await cobaltMine(actor)
      expect(line.capacity).toBe(1000.5)
      expect(line.capacities.map(({ title }) => title)).toEqual(['In Congo', 'Open mine'])
      const page = await mineralPage(db, actor, 'cobalt', 0.5)
      expect(JSON.stringify(page)).not.toContain(secret)
      expect((await visibleCapacities(db, actor)).some(({ projectId }) => projectId === secret)).toBe(false)
    }
  })

  test('a mineral that there is not is not found', async () => {
    await expect(mineralPage(db, congo, 'unobtainium', 0.5)).rejects.toMatchObject(NOT_FOUND)
  })
})

test('who may see it has it in the sum; the largest country’s own and several minerals together do not count', async () => {
  for (const actor of [kenya, japan]) {
    const line = await cobaltMine(actor)
    expect(line.capacity).toBe(13_000.5)
    expect(line.capacities.find(({ title }) => title === 'In Congo')?.count.counted).toBe(false)
    expect(line.capacities.some(({ title }) => title === 'Two minerals')).toBe(false)
  }
})

test('a project that operates, pauses or ended adds nothing that is to come', async () => {
  await db.update(projects).set({ state: 'operating' }).where(eq(projects.id, secret))
  expect((await cobaltMine(kenya)).capacity).toBe(1000.5)
  await db.update(projects).set({ state: 'idea' }).where(eq(projects.id, secret))
})

describe('the figures', () => {
  test('every row of the files is there once, and the two sources stay apart', async () => {
    const tables = { production, reserves, us_import_reliance: importReliance, prices }
    for (const [file, table] of Object.entries(tables)) {
      const rows = readCsv(await readFile(`db/seed/data/${file}.csv`, 'utf8')).length - 1
      const [held] = await db.select({ count: count() }).from(table)
      expect(held?.count, file).toBe(rows)
    }
    const iea = await supplyOverview(db, kenya, { ...USGS, dataset: 'IEA_CM_2024', year: 2024 })
    expect(new Set(iea.map(({ dataset }) => dataset))).toEqual(new Set(['IEA_CM_2024']))
    expect(iea.length).toBe(12)
  })

  test('cobalt mines 2024, by hand from the file', async () => {
    const { concentration, gap } = await cobaltMine(congo, { ...USGS, year: 2024 })
    expect(concentration?.largest.country).toBe('Congo (Kinshasa)')
    expect(concentration?.total).toBeCloseTo(293_810 + 7780)
    expect(concentration?.stated).toBe(302_000)
    expect(gap?.missing).toBeCloseTo((concentration?.largest.tonnes ?? 0) * 2 - 301_590)
  })

  test('what cannot be set beside each other has no index; products of one chapter are apart', async () => {
    const lines = await supplyOverview(db, kenya, USGS)
    expect(lines.find(({ mineralId }) => mineralId === 'boron')?.concentration).toBeNull()
    const titanium = lines.filter(({ mineralId, concentration }) => mineralId === 'titanium' && concentration)
    expect(titanium.map(({ product }) => product).sort()).toEqual([
      'Ilmenite',
      'Rutile',
      'Titanium Sponge Metal',
    ])
    for (const { concentration } of lines) {
      expect(concentration?.hhi.low ?? 0).toBeGreaterThanOrEqual(0)
      expect(concentration?.hhi.high ?? 0).toBeLessThanOrEqual(10_000)
    }
  })

  test('every series names its source and licence', async () => {
    const series = await db.select().from(productionSeries)
    expect(series.every(({ source, licence }) => source && licence)).toBe(true)
  })

  test('minerals say what there is to read of them', async () => {
    const list = await mineralList(db)
    expect(list.find(({ id }) => id === 'cobalt')).toMatchObject({
      production: true,
      prices: true,
      forms: true,
    })
    expect(list.find(({ id }) => id === 'helium')).toMatchObject({ production: false, prices: false })
    const page = await mineralPage(db, kenya, 'neodymium', 0.5)
    expect(page.groups.map(({ id }) => id).sort()).toEqual(['rare_earths', 'rare_earths_magnet'])
    expect(
      (await mineralPage(db, kenya, 'copper', 0.5)).prices.some(({ points }) => points.length > 130),
    ).toBe(true)
  })
})
