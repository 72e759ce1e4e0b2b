/** The key facts of a document in words, with their units. */
import { countryName } from '../../../app/domain/country'
import type { FieldProblem } from '../../../app/domain/document-fields'
import { INSTRUMENT_LABEL } from '../../../app/domain/money-instruments'
import { STAGE_LABEL } from '../../../app/domain/project-stage'
import {
  FIELD_LABEL,
  FIELD_NAMES,
  type FieldName,
  type ProposalFields,
  readProposalFields,
} from '../../../app/domain/proposal-fields'
import {
  REQUEST_FIELD_LABEL,
  REQUEST_FIELD_NAMES,
  type RequestFieldName,
  type RequestFields,
  readRequestFields,
} from '../../../app/domain/request-fields'
import type { DocumentKind } from '../history/sections'

const grouped = (decimal: string) => {
  const [whole = '', part] = decimal.split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, '\u202f') + (part ? `.${part}` : '')
}

function shown(name: FieldName, fields: ProposalFields, minerals: Record<string, string>): string | null {
  switch (name) {
    case 'minerals':
      return fields.minerals?.map((id) => minerals[id] ?? id).join(', ') ?? null
    case 'stages':
      return fields.stages?.map((stage) => STAGE_LABEL[stage]).join(', ') ?? null
    case 'capacity':
      return fields.capacity ? `${grouped(fields.capacity)} t a year` : null
    case 'capitalCost':
      return fields.capitalCost
        ? [fields.currency, grouped(fields.capitalCost)].filter(Boolean).join(' ')
        : null
    case 'currency':
      // Stands with the cost.
      return fields.capitalCost ? null : (fields.currency ?? null)
    case 'country':
      return fields.country ? countryName(fields.country) : null
    case 'operatorCountry':
      return fields.operatorCountry ? countryName(fields.operatorCountry) : null
    case 'site':
      return fields.site ? `${fields.site.lat}°, ${fields.site.lon}° (WGS 84)` : null
    default: {
      const value = fields[name]
      return value === undefined ? null : String(value)
    }
  }
}

type Facts = { facts: [term: string, value: string][]; problems: FieldProblem[] }

function shownOfRequest(name: RequestFieldName, fields: RequestFields): string | null {
  switch (name) {
    case 'instruments':
      return fields.instruments?.map((one) => INSTRUMENT_LABEL[one]).join(', ') ?? null
    case 'amount':
      return fields.amount ? [fields.currency, grouped(fields.amount)].filter(Boolean).join(' ') : null
    case 'currency':
      return fields.amount ? null : (fields.currency ?? null)
    default: {
      const value = fields[name]
      return value === undefined ? null : String(value)
    }
  }
}

function factsOfRequest(raw: Record<string, unknown>): Facts {
  const { fields, problems } = readRequestFields(raw)
  const facts = REQUEST_FIELD_NAMES.flatMap((name): [string, string][] => {
    const value = shownOfRequest(name, fields)
    return value ? [[REQUEST_FIELD_LABEL[name], value]] : []
  })
  return { facts, problems }
}

/** Those that are given, in the order of the form; `problems` are those that cannot be read. A plain text has none. */
export function factsIn(
  kind: DocumentKind,
  raw: Record<string, unknown>,
  minerals: Record<string, string>,
): Facts {
  if (kind === 'text') return { facts: [], problems: [] }
  if (kind === 'request') return factsOfRequest(raw)
  const { fields, problems } = readProposalFields(raw)
  const facts = FIELD_NAMES.flatMap((name): [string, string][] => {
    const value = shown(name, fields, minerals)
    return value ? [[FIELD_LABEL[name], value]] : []
  })
  return { facts, problems }
}
