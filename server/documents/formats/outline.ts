/** What an export prints, before any format: title, facts and sections. The same for .docx and PDF. */
import { createHash } from 'node:crypto'
import { MARKING_LABEL } from '../../../app/domain/marking'
import { type DocumentKind, sectionsOf } from '../history/sections'
import type { ExportRequest } from '../worker-protocol'
import { factsIn } from './facts'
import { decode, readFields, readFragment, suggestionsIn, type TextNode } from './read-document'
import { resolver } from './resolve'

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

const PAPER: Record<DocumentKind, string> = {
  proposal: 'Project proposal',
  request: 'Financing request',
  text: 'Document',
}

/** Reads the document for an export. Version: the log's `seq`, and eight digits of the state's SHA-256. */
export function outlineOf(request: ExportRequest): Outline {
  const doc = decode(request.data)
  const { tlp, label } = MARKING_LABEL[request.marking]
  const hash = createHash('sha256').update(request.data).digest('hex').slice(0, 8)
  const facts: Outline['facts'] = []
  if (request.project) facts.push(['Project', request.project])
  if (request.session) facts.push(...request.session.facts)
  else facts.push([request.kind === 'text' ? 'Delegation' : 'Lead delegation', request.owner])
  if (request.participants.length > 0) {
    facts.push([
      'Taking part',
      request.participants.map(({ name, level }) => `${name} (${level})`).join(', '),
    ])
  }
  if (request.state) facts.push(['State', request.state])
  for (const part of request.restricted)
    facts.push([part, `restricted part: ask the delegation of ${request.owner}`])
  const resolve = resolver(request)
  const { facts: given, problems } = factsIn(request.kind, readFields(doc), request.minerals)
  facts.push(...given)
  for (const { field, problem } of problems) facts.push([`${field} (not readable)`, problem])
  const sections = sectionsOf(request.kind).map(({ fragment, title }, index) => ({
    heading: title && `${index + 1}  ${title}`,
    blocks: resolve(readFragment(doc, fragment)),
  }))
  const open = sectionsOf(request.kind).reduce((sum, { fragment }) => sum + suggestionsIn(doc, fragment), 0)
  if (open > 0)
    facts.push([
      'Suggestions',
      `${open} open: what they put in is not in this file, and what they take out still is`,
    ])
  doc.destroy()
  return {
    title: request.title,
    kind: request.session?.paper ?? PAPER[request.kind],
    marking: `${tlp} · ${label}`,
    version: `Version ${request.version}-${hash}`,
    date: `${request.printedAt.slice(0, 16).replace('T', ' ')} UTC`,
    facts,
    sections,
  }
}
