/**
 * The structured answers of a proposal: one key each in the `Y.Map` named `fields`, edited together like the text,
 * read from there into SQL columns (`server/projection`). Every value is a plain JSON value; an absent key
 * or null is "not given". Numbers that must be exact are decimal strings.
 */
import { z } from 'zod'
import { currencyField, decimalField, type FieldProblem, monthField, readFieldsBy } from './document-fields'
import { STAGES } from './project-stage'

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

export const proposalFieldSchemas = {
  /** Ids of minerals.json. */
  minerals: z.array(z.string().max(64)).max(40, 'at most 40 minerals'),
  stages: z.array(z.enum(STAGES)).max(STAGES.length),
  product: z.string().max(200, 'the product has at most 200 characters'),
  /** Contained tonnes a year. */
  capacity: decimalField('capacity'),
  capitalCost: decimalField('capital cost'),
  /** ISO 4217. */
  currency: currencyField,
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
  'timetable.feasibility': monthField,
  'timetable.permits': monthField,
  'timetable.investment_decision': monthField,
  'timetable.construction_start': monthField,
  'timetable.first_production': monthField,
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

/**
 * Reads what a document's `fields` map holds. In: the map as plain JSON. Out: the values that are valid and, for
 * every other one, the problem. Values that are null or '' are "not given" and no problem.
 */
export function readProposalFields(raw: Record<string, unknown>): {
  fields: ProposalFields
  problems: FieldProblem[]
} {
  const { fields, problems } = readFieldsBy(proposalFieldSchemas, raw)
  return { fields: fields as ProposalFields, problems }
}
