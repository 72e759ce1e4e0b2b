/**
 * What people who may see an object read of its audit entries: who did what, in words. Only acts named here are shown to
 * them: what concerns reviewers and their questions stays with the secretariat, and addresses with the administrators.
 */

import { CONSENT_ACT_LABEL, CONSENT_ACTS } from './host-consent'
import { MARKING_LABEL, MARKINGS } from './marking'
import { MOVE_LABEL, PROPOSAL_MOVES } from './proposal-machine'

export const RECORD_KINDS = ['project', 'proposal', 'group', 'silence'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
export const isRecordKind = (kind: string): kind is RecordKind => RECORD_KINDS.some((one) => one === kind)

const WORDS: Record<string, string> = {
  'project.create': 'entered the project',
  'project.edit': 'changed the project',
  'proposal.start': 'began the proposal',
  'proposal.rename': 'changed the title',
  'proposal.mark': 'changed the marking',
  'proposal.letter': 'took the letter along',
  ...Object.fromEntries(PROPOSAL_MOVES.map((move) => [`proposal.${move}`, MOVE_LABEL[move].done])),
  'proposal.return': 'brought it back as a new case',
  ...Object.fromEntries(CONSENT_ACTS.map((act) => [`consent.${act}`, CONSENT_ACT_LABEL[act].done])),
  'document.grant': 'invited a delegation',
  'document.grant.change': 'changed a delegation’s share',
  'document.grant.withdraw': 'ended a delegation’s share',
  'document.part.start': 'began a restricted part',
  'document.restore': 'brought an earlier version of the text back',
  'document.aside.accept': 'took what had come too late into the text',
  'document.aside.discard': 'discarded what had come too late',
  'group.seat': 'changed a seat',
  'group.rules': 'changed the rules of procedure',
  'silence.open': 'opened the silence procedure',
  'silence.break': 'broke silence',
  'silence.cancel': 'cancelled the silence procedure',
  'silence.adopt': 'adopted the text: silence held',
}

export const SHOWN_ACTS = Object.keys(WORDS)
export const recordWords = (act: string): string => WORDS[act] ?? act

/** An entry's before and after, where it holds them as an object. */
type Side = Readonly<Record<string, unknown>> | null
const text = (side: Side, name: string) => (typeof side?.[name] === 'string' ? String(side[name]) : null)

/**
 * What changed, in a line; null where the act says it all. `nameOf`: a delegation's name by its id. Fields of a project are
 * named without their values: its page shows those that may be seen.
 */
export function recordChange(
  act: string,
  before: Side,
  after: Side,
  nameOf: (id: string) => string,
): string | null {
  if (act === 'project.edit' || act === 'group.rules') {
    const names = Object.keys(after ?? {}).filter(
      (name) => JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null),
    )
    return names.length ? names.map(fieldWords).join(', ') : null
  }
  if (act.startsWith('document.grant')) {
    const delegation = text(after, 'delegationId') ?? text(before, 'delegationId')
    const level = text(after, 'level') ?? 'none'
    return delegation ? `${nameOf(delegation)}: ${level}` : null
  }
  if (act === 'group.seat')
    return `${text(after, 'delegation') ?? ''}: ${text(before, 'role') ?? 'no seat'} → ${text(after, 'role') ?? 'no seat'}`
  if (act.endsWith('.mark')) return `${markingWords(before)} → ${markingWords(after)}`
  if (act.endsWith('.rename')) return `“${text(before, 'title') ?? ''}” → “${text(after, 'title') ?? ''}”`
  const version = after?.version ? `version ${String(after.version)}` : null
  return (
    [version, text(after, 'sha256'), text(after, 'decision'), text(after, 'reason')]
      .filter(Boolean)
      .join(' · ') || null
  )
}

const markingWords = (side: Side) => {
  const marking = MARKINGS.find((one) => one === text(side, 'marking'))
  return marking ? MARKING_LABEL[marking].tlp : 'none'
}

const fieldWords = (name: string) => name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
