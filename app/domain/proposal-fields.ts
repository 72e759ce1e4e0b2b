/**
 * The structured answers of a proposal: one key each in the `Y.Map` named `fields`, edited together like the text,
 * read from there into SQL columns (`server/projection`). Every value is a plain JSON value; an absent key
 * or null is "not given". Numbers that must be exact are decimal strings.
 */
import { z } from 'zod'
import { STAGES } from './project-stage'

const decimal = (what: string) =>
  z
    .string()
    .regex(/^\d{1,15}(\.\d{1,4})?$/, `${what} is a number of at most 15 digits, with a point before decimals`)

export const MILESTONES = [
  'feasibility',
  'permits',
  'investment_decision',
  'construction_start',
  'first_production',
] as const
export type Milestone = (typeof MILESTONES)[number]
export const MILESTONE_LABEL: Record<Milestone, string> = {
  feasibility: 'Feasibility study',
  permits: 'Permits granted',
  investment_decision: 'Decision to invest',
  construction_start: 'Construction starts',
  first_production: 'First production',
}

const month = z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, 'a date is a year and month, as 2028-06')

export const proposalFieldSchemas = {
  /** Ids of minerals.json. */
  minerals: z.array(z.string().max(64)).max(40, 'at most 40 minerals'),
  stages: z.array(z.enum(STAGES)).max(STAGES.length),
  product: z.string().max(200, 'the product has at most 200 characters'),
  /** Contained tonnes a year. */
  capacity: decimal('capacity'),
  capitalCost: decimal('capital cost'),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, as USD'),
  priceYear: z
    .number('the price year is four digits, as 2026')
    .int()
    .min(1990, 'the price year is 1990 or later')
    .max(2100, 'the price year is 2100 or earlier'),
  place: z.string().max(200, 'the place has at most 200 characters'),
  /** ISO 3166-1 alpha-2 of the site's country. */
  country: z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters'),
  /** WGS 84 degrees; the two are one value so that two people's moves of the pin cannot mix. */
  site: z.object({
    lat: z.number().min(-90, 'latitude is from -90 to 90').max(90, 'latitude is from -90 to 90'),
    lon: z.number().min(-180, 'longitude is from -180 to 180').max(180, 'longitude is from -180 to 180'),
  }),
  operator: z.string().max(200, 'the operator has at most 200 characters'),
  /** ISO 3166-1 alpha-2: where the operator's ultimate owner is at home. */
  operatorCountry: z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters'),
  /** One key a milestone, so that two people can fill in different ones at once. */
  'timetable.feasibility': month,
  'timetable.permits': month,
  'timetable.investment_decision': month,
  'timetable.construction_start': month,
  'timetable.first_production': month,
} as const

export type FieldName = keyof typeof proposalFieldSchemas
export type ProposalFields = { [K in FieldName]?: z.infer<(typeof proposalFieldSchemas)[K]> }
export const FIELD_NAMES = Object.keys(proposalFieldSchemas) as FieldName[]

export const FIELD_LABEL: Record<FieldName, string> = {
  minerals: 'Minerals',
  stages: 'Stages of production',
  product: 'Product',
  capacity: 'Capacity (t contained a year)',
  capitalCost: 'Capital cost',
  currency: 'Currency',
  priceYear: 'Price year',
  place: 'Place',
  country: 'Country of the site',
  site: 'Site on the map',
  operator: 'Operator',
  operatorCountry: 'Country of the operator’s owner',
  'timetable.feasibility': MILESTONE_LABEL.feasibility,
  'timetable.permits': MILESTONE_LABEL.permits,
  'timetable.investment_decision': MILESTONE_LABEL.investment_decision,
  'timetable.construction_start': MILESTONE_LABEL.construction_start,
  'timetable.first_production': MILESTONE_LABEL.first_production,
}

const isFieldName = (name: string): name is FieldName => Object.hasOwn(proposalFieldSchemas, name)

/** Zero characters and halves of characters: JSON and browsers let them pass, a database does not. */
const UNSTORABLE = /\p{Surrogate}/u
const storable = (value: unknown): boolean =>
  typeof value === 'string'
    ? !value.includes('\0') && !UNSTORABLE.test(value)
    : !Array.isArray(value) || value.every(storable)

const printable = (name: string) =>
  name
    .slice(0, 60)
    .replaceAll('\0', '\ufffd')
    .replace(/\p{Surrogate}/gu, '\ufffd')

/** Each kind of issue once: a list of a thousand wrong entries says one thing. */
const inWords = (error: z.ZodError) =>
  [...new Set(error.issues.map((issue) => issue.message))].slice(0, 3).join('; ')

/** What could not be read, by field: told beside the field, never dropped. */
export type FieldProblem = { field: string; problem: string }

/**
 * Reads what a document's `fields` map holds. In: the map as plain JSON. Out: the values that are valid and, for
 * every other one, the problem. Values that are null or '' are "not given" and no problem.
 */
export function readProposalFields(raw: Record<string, unknown>): {
  fields: ProposalFields
  problems: FieldProblem[]
} {
  const fields: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  for (const [name, value] of Object.entries(raw)) {
    if (value === null || value === undefined || value === '') continue
    if (!isFieldName(name)) {
      problems.push({ field: printable(name), problem: 'this portal does not know the field' })
      continue
    }
    const parsed = proposalFieldSchemas[name].safeParse(value)
    if (!parsed.success) problems.push({ field: name, problem: inWords(parsed.error) })
    else if (!storable(parsed.data))
      problems.push({ field: name, problem: 'it holds characters that no text can hold' })
    else fields[name] = parsed.data
  }
  return { fields: fields as ProposalFields, problems }
}
