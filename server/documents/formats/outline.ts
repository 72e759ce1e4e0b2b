/** What an export prints, before any format: title, facts and sections. The same for .docx and PDF. */
import { createHash } from 'node:crypto'
import { MARKING_LABEL } from '../../../app/domain/marking'
import { BODY_FRAGMENT, PROPOSAL_SECTIONS } from '../../../app/domain/proposal-template'
import type { ExportRequest } from '../worker-protocol'
import { factsIn } from './facts'
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
  for (const part of request.restricted)
    facts.push([part, `restricted part: ask the delegation of ${request.owner}`])
  let sections: Outline['sections']
  if (request.kind === 'proposal') {
    const { facts: given, problems } = factsIn(readFields(doc), request.minerals)
    facts.push(...given)
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
