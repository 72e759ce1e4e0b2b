import { atMostProblems, type FieldProblem } from '../../app/domain/document-fields'
import { readProposalFields } from '../../app/domain/proposal-fields'
import { readRequestFields } from '../../app/domain/request-fields'

const TIMETABLE = 'timetable.'

/** Mineral ids that the fields name, whatever else they hold. */
export function mineralIdsIn(raw: Record<string, unknown>): string[] {
  return readProposalFields({ minerals: raw.minerals }).fields.minerals ?? []
}

/**
 * The columns of `proposal_fields` that a document's `fields` map fills. In: the map as plain JSON, and which of its
 * mineral ids the portal knows. What cannot be read is a problem of its field; the columns hold the rest.
 */
export function rowOf(raw: Record<string, unknown>, knownMinerals: ReadonlySet<string>) {
  const { fields, problems } = readProposalFields(raw)
  const minerals = fields.minerals?.filter((id) => knownMinerals.has(id)) ?? null
  const unknown = fields.minerals?.filter((id) => !knownMinerals.has(id)) ?? []
  const told: FieldProblem[] = unknown.length
    ? [...problems, { field: 'minerals', problem: `not in the list of minerals: ${unknown.join(', ')}` }]
    : problems
  const timetable = Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      name.startsWith(TIMETABLE) && typeof value === 'string' ? [[name.slice(TIMETABLE.length), value]] : [],
    ),
  )
  return {
    minerals,
    stages: fields.stages ?? null,
    product: fields.product ?? null,
    capacityTonnes: fields.capacity ?? null,
    capitalCost: fields.capitalCost ?? null,
    currency: fields.currency ?? null,
    priceYear: fields.priceYear ?? null,
    place: fields.place ?? null,
    countryIso2: fields.country ?? null,
    lat: fields.site?.lat ?? null,
    lon: fields.site?.lon ?? null,
    operator: fields.operator ?? null,
    operatorCountryIso2: fields.operatorCountry ?? null,
    timetable,
    problems: atMostProblems(told),
  }
}

/** The columns of `request_fields` that a request's `fields` map fills; what cannot be read is a problem of its field. */
export function requestRowOf(raw: Record<string, unknown>) {
  const { fields, problems } = readRequestFields(raw)
  return {
    instruments: fields.instruments ?? null,
    amount: fields.amount ?? null,
    currency: fields.currency ?? null,
    purpose: fields.purpose ?? null,
    tenorYears: fields.tenorYears ?? null,
    graceYears: fields.graceYears ?? null,
    security: fields.security ?? null,
    coFinanciers: fields.coFinanciers ?? null,
    neededBy: fields.neededBy ?? null,
    problems: atMostProblems(problems),
  }
}
