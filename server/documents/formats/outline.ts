/** What an export prints, before any format: title, facts and sections. The same for .docx and PDF. */
import { createHash } from 'node:crypto'
import { countryName } from '../../../app/domain/country'
import { MARKING_LABEL } from '../../../app/domain/marking'
import { STAGE_LABEL } from '../../../app/domain/project-stage'
import {
  FIELD_LABEL,
  FIELD_NAMES,
  type FieldName,
  type ProposalFields,
  readProposalFields,
} from '../../../app/domain/proposal-fields'
import { BODY_FRAGMENT, PROPOSAL_SECTIONS } from '../../../app/domain/proposal-template'
import type { ExportRequest } from '../worker-protocol'
import { decode, readFields, readFragment, type TextNode } from './read-document'

export type Outline = {
  title: string
  /** Above the title: what kind of paper it is. */
  kind: string
  /** Printed on every page. */
  marking: string
  version: string
  date: string
  facts: [term: string, value: string][]
  sections: { heading: string | null; blocks: TextNode[] }[]
}

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
    case 'site':
      return fields.site ? `${fields.site.lat}°, ${fields.site.lon}° (WGS 84)` : null
    default: {
      const value = fields[name]
      return value === undefined ? null : String(value)
    }
  }
}

/** Reads the document for an export. Version: the log's `seq`, and eight digits of the state's SHA-256. */
export function outlineOf(request: ExportRequest): Outline {
  const doc = decode(request.data)
  const { tlp, label } = MARKING_LABEL[request.marking]
  const hash = createHash('sha256').update(request.data).digest('hex').slice(0, 8)
  const facts: Outline['facts'] = []
  if (request.project) facts.push(['Project', request.project])
  facts.push([request.kind === 'proposal' ? 'Lead delegation' : 'Delegation', request.owner])
  if (request.participants.length > 0) {
    facts.push([
      'Taking part',
      request.participants.map(({ name, level }) => `${name} (${level})`).join(', '),
    ])
  }
  if (request.state) facts.push(['State', request.state])
  let sections: Outline['sections']
  if (request.kind === 'proposal') {
    const { fields, problems } = readProposalFields(readFields(doc))
    for (const name of FIELD_NAMES) {
      const value = shown(name, fields, request.minerals)
      if (value) facts.push([FIELD_LABEL[name], value])
    }
    for (const { field, problem } of problems) facts.push([`${field} (not readable)`, problem])
    sections = PROPOSAL_SECTIONS.map(({ fragment, title }, index) => ({
      heading: `${index + 1}  ${title}`,
      blocks: readFragment(doc, fragment),
    }))
  } else {
    sections = [{ heading: null, blocks: readFragment(doc, BODY_FRAGMENT) }]
  }
  doc.destroy()
  return {
    title: request.title,
    kind: request.kind === 'proposal' ? 'Project proposal' : 'Document',
    marking: `${tlp} · ${label}`,
    version: `Version ${request.version}-${hash}`,
    date: `${request.printedAt.slice(0, 16).replace('T', ' ')} UTC`,
    facts,
    sections,
  }
}
