/** The files of supply figures, parsed: what is not as expected stops the seed with the file and the line. */
import { z } from 'zod'
import { readCsv } from '../../app/domain/csv-read'
import { CAPACITY_BOUNDS, SUPPLY_SOURCES, SUPPLY_STAGES } from '../../app/domain/supply'
import { readJson, readText } from './sources'

const number = z
  .string()
  .regex(/^(\d+(\.\d+)?)?$/)
  .transform((text) => text || null)
const text = z.string().transform((value) => value.replaceAll('\u00a0', ' ').trim())
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

const figure = {
  mineral_id: z.string().min(1),
  commodity: text,
  country: text,
  iso3: text,
  is_aggregate: flag,
  statistic: text,
  year: z.coerce.number().int(),
  value_tonnes: number,
  qualifier: text,
  is_estimate: flag,
  value_raw: text,
  unit_raw: text,
  basis: text,
  notes: text,
  licence: text,
  source: text,
}

const productionRow = z.object({
  ...figure,
  stage: z.enum(SUPPLY_STAGES),
  dataset: z.enum(SUPPLY_SOURCES),
})
const reservesRow = z.object({ ...figure, revision_note: text })
const relianceRow = z.object({
  ...{ mineral_id: z.string().min(1), commodity: text, statistic: text, year: text },
  ...{ value_raw: text, notes: text, source: text },
})
const priceRow = z.object({
  ...{ mineral_id: z.string().min(1), series_id: text, series_name: text, period: text },
  frequency: z.enum(['annual', 'monthly']),
  ...{ value: number, low: number, high: number, unit: text, is_estimate: flag, value_raw: text },
  ...{ notes: text, licence: text, source: text },
})
const conversionRow = z.object({
  ...{ mineral_id: z.string().min(1), element: text, compound: text, source: text },
  element_share_of_compound: z.string().regex(/^0\.\d+$/),
})

const capacity = z.object({
  ...{ project: z.string(), mineral: z.string(), stage: z.enum(SUPPLY_STAGES) },
  tonnes: z.string().regex(/^\d+(\.\d+)?$/),
  bound: z.enum(CAPACITY_BOUNDS),
  ...{ words: z.string(), reading: z.string() },
})

const form = z.object({
  form: z.string(),
  hs6: z.array(z.object({ code: z.string(), description: z.string() })),
  contained: z.string().nullish(),
})
const mineralStages = z.object({
  id: z.string(),
  stages: z.array(z.object({ stage: z.string(), forms: z.array(form) })).nullish(),
})

export type ProductionSource = z.infer<typeof productionRow>

async function rowsOf<S extends z.ZodType>(name: string, schema: S): Promise<z.output<S>[]> {
  const [head, ...rows] = readCsv(await readText(name))
  const names = head?.cells ?? []
  return rows.map(({ line, cells }) => {
    const parsed = schema.safeParse(Object.fromEntries(names.map((column, at) => [column, cells[at] ?? ''])))
    if (parsed.success) return parsed.data
    throw new Error(
      `db/seed/data/${name}, line ${line}, is not as expected: ${z.prettifyError(parsed.error)}`,
    )
  })
}

export async function readSupplySources() {
  const [production, reserves, reliance, prices, conversions, capacities, minerals] = await Promise.all([
    rowsOf('production.csv', productionRow),
    rowsOf('reserves.csv', reservesRow),
    rowsOf('us_import_reliance.csv', relianceRow),
    rowsOf('prices.csv', priceRow),
    rowsOf('conversions.csv', conversionRow),
    readJson('capacities.json', z.object({ capacities: z.array(capacity) })),
    readJson('minerals.json', z.object({ minerals: z.array(mineralStages) })),
  ])
  return {
    ...{ production, reserves, reliance, prices, conversions },
    capacities: capacities.capacities,
    minerals: minerals.minerals,
  }
}
