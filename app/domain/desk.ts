/** A delegation's desk: what it works on, what waits for it, what is due. */

import type { FieldProblem } from './document-fields'
import type { Marking } from './marking'
import type { ProjectState, ProposalState } from './project-stage'
import { FIELD_LABEL, FIELD_NAMES } from './proposal-fields'
import { PROPOSAL_SECTIONS } from './proposal-template'
import type { GrantLevel } from './rights'

export type DeskProject = {
  id: string
  title: string
  state: ProjectState
  marking: Marking
  countryIso2: string | null
  /** The site's country by name, as the directory has it. */
  country: string | null
  place: string | null
  minerals: string[]
}

type DeskDelegation = { name: string; iso2: string }

export type DeskProposal = {
  id: string
  title: string
  project: { id: string; title: string }
  state: ProposalState
  marking: Marking
  lead: DeskDelegation
  /** The delegation's share: `own` where it leads. */
  level: 'own' | GrantLevel
  /** Who else takes part, and how; for the lead's eyes and the others' alike. */
  invited: (DeskDelegation & { level: GrantLevel })[]
  lastWritten: { at: Date; by: string | null } | null
  /** Whether anybody of the reader's own delegation has written in it. */
  writtenByUs: boolean
  /** Words by section's fragment; an absent one has none. */
  words: Record<string, number>
  /** What the projection could not read. */
  problems: FieldProblem[]
}

export type Waiting = {
  proposalId: string
  title: string
  why: 'changes_requested' | 'invited_to_write' | 'unreadable_fields' | 'empty_sections'
  what: string
}

const emptySections = (words: Record<string, number>) =>
  PROPOSAL_SECTIONS.filter((section) => !words[section.fragment])

/**
 * What waits for a delegation, most pressing first: changes that were requested, an invitation it has not taken up,
 * fields that could not be read, sections that are still empty. Only what its share lets it mend.
 */
export function waitingFor(proposals: readonly DeskProposal[]): Waiting[] {
  return proposals
    .filter((proposal) => proposal.level === 'own' || proposal.level === 'write')
    .filter((proposal) => proposal.state === 'draft' || proposal.state === 'changes_requested')
    .flatMap(waitingInOne)
    .sort((a, b) => ORDER.indexOf(a.why) - ORDER.indexOf(b.why))
}

const ORDER: readonly Waiting['why'][] = [
  'changes_requested',
  'invited_to_write',
  'unreadable_fields',
  'empty_sections',
]

/** The field's label; one that this version does not know keeps its name. */
function fieldWords(field: string) {
  const known = FIELD_NAMES.find((name) => name === field)
  return known ? FIELD_LABEL[known] : field
}

function waitingInOne(proposal: DeskProposal): Waiting[] {
  const found: Waiting[] = []
  const add = (why: Waiting['why'], what: string) =>
    found.push({ proposalId: proposal.id, title: proposal.title, why, what })
  if (proposal.state === 'changes_requested' && proposal.level === 'own')
    add('changes_requested', 'Changes were requested')
  if (proposal.level === 'write' && !proposal.writtenByUs)
    add('invited_to_write', `${proposal.lead.name} invites you to write`)
  if (proposal.problems.length)
    add(
      'unreadable_fields',
      `Could not be read: ${proposal.problems.map((one) => fieldWords(one.field)).join(', ')}`,
    )
  const empty = emptySections(proposal.words)
  if (proposal.level === 'own' && empty.length)
    add(
      'empty_sections',
      empty.length === PROPOSAL_SECTIONS.length
        ? 'Nothing is written yet'
        : `Still empty: ${empty.map((section) => section.title).join(', ')}`,
    )
  return found
}
