/** The seed's files, parsed: what is not as expected stops the seed with the file and the place. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const text = z.string().nullish()

const partner = z.object({
  iso2: z.string().length(2),
  iso3: text,
  iso_note: text,
  name: z.string(),
  region: text,
  subregion: text,
  type: z.string(),
  name_as_listed: text,
  why_listed: text,
  ministerial_2026_02_04: z.object({ attended: z.boolean(), role: text, source: text }),
  forge: z.object({ status: text, detail: text, source: text, confidence: text }),
  msp_member: z.object({ value: z.boolean(), source: text }),
  msp_forum_member: z.object({ value: z.boolean(), since: text, source: text }),
  pax_silica: z
    .object({ status: z.string(), date: text, source: text, confidence: text, note: text })
    .nullable(),
  price_floor_or_action_plan: z
    .object({ instrument: text, date: text, wording: text, source: text })
    .nullable(),
})
export type PartnerRow = z.infer<typeof partner>

const agreement = z.object({
  id: z.string(),
  partners: z.array(z.string().length(2)),
  title: z.string(),
  date: text,
  batch: text,
  kind: z.string(),
  binding: z.boolean().nullish(),
  signatories: text,
  topics: z.array(z.string()),
  commitments: z.array(
    z.object({ kind: z.string(), text: z.string(), due: text, due_is_computed: z.boolean() }),
  ),
  note: text,
  confidence: text,
  source: text,
})

const mineral = z.object({
  id: z.string(),
  name: z.string(),
  symbol: text,
  group: z.string(),
  us_critical_2025: z.boolean(),
  eu_strategic: text,
  eu_critical: text,
})

const project = z.object({
  id: z.string(),
  name: z.string(),
  country_iso2: text,
  location: text,
  minerals: z.array(z.string()),
  stage: z.array(z.string()).nullish(),
  operator: text,
  program: text,
  status: text,
  capex: z.object({ amount: z.number(), currency: z.string() }).nullable(),
  planned_output: text,
  financing: z
    .array(
      z.object({
        source_of_funds: z.string(),
        instrument: text,
        amount: z.number().nullable(),
        currency: text,
        up_to: z.boolean(),
        status: text,
        date: text,
      }),
    )
    .nullish(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  coords_source: text,
  note: text,
  confidence: text,
  source: text,
})

const meta = z.object({ compiled: z.string() })

/** `db/seed/data`, found from the source as well as from the bundle below `build/`. */
function dataFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const candidate = path.join(folder, 'db/seed/data')
    if (existsSync(candidate)) return candidate
    const parent = path.dirname(folder)
    if (parent === folder) throw new Error('db/seed/data was not found above the portal’s own code')
    folder = parent
  }
}

/** A file of `db/seed/data` as it is. */
export const readText = (name: string) => readFile(path.join(dataFolder(), name), 'utf8')

/** A JSON file of `db/seed/data`, held to its schema. */
export async function readJson<S extends z.ZodType>(name: string, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(JSON.parse(await readText(name)))
  if (parsed.success) return parsed.data
  throw new Error(`db/seed/data/${name} is not as expected: ${z.prettifyError(parsed.error)}`)
}

export async function readSources() {
  const [partners, agreements, minerals, projects] = await Promise.all([
    readJson(
      'partners.json',
      z.object({ meta, partners: z.array(partner), related_partners: z.array(partner) }),
    ),
    readJson('agreements.json', z.object({ meta, agreements: z.array(agreement) })),
    readJson('minerals.json', z.object({ meta, minerals: z.array(mineral) })),
    readJson('projects.json', z.object({ meta, projects: z.array(project) })),
  ])
  return { partners, agreements, minerals, projects }
}
