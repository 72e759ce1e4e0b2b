/**
 * A part of a text with readers of its own, as commercial terms: a document beside the whole. Whoever reads the whole
 * knows that there is such a part and whom to ask, and nothing else of it. `rights.ts` asks here.
 */
import { type Actor, delegationOf, secretariatRole } from './people'
import { ALLOWS, type Grants, shareOf, type TextAct, textRight } from './text-right'

/** What a part may be called. No name of one's own: those who may not read it see the name. */
export const PART_KINDS = ['commercial_terms', 'technical_annex', 'legal_terms', 'security'] as const
export type PartKind = (typeof PART_KINDS)[number]

export const PART_LABEL: Record<PartKind, string> = {
  commercial_terms: 'Commercial terms',
  technical_annex: 'Technical annex',
  legal_terms: 'Legal terms',
  security: 'Security',
}

/**
 * Whom the lead names besides delegations. Reviewers read what was frozen with the version they review, and the lead is
 * not told who they are.
 */
export const PART_AUDIENCES = ['coordinators', 'reviewers'] as const
export type PartAudience = (typeof PART_AUDIENCES)[number]

/** Plain facts, so that a whole of any kind can have parts. */
export type PartScope = {
  kind: 'part'
  marking: 'restricted'
  /** Leads the whole. */
  ownerDelegationId: string
  /** Delegations that take part in the whole: those that end their part there lose this one. */
  takingPart: readonly string[]
  /** Those named for this part, with their share in it. */
  grants: Grants
  audiences: readonly PartAudience[]
  /** The whole is in a state in which its authors write. */
  isWritable: boolean
  /** The whole is with the secretariat. */
  isWithSecretariat: boolean
}

export function canWithPart(actor: Actor, act: TextAct, part: PartScope): boolean {
  const delegation = delegationOf(actor)
  if (!delegation) {
    const named = secretariatRole(actor) === 'coordinator' && part.audiences.includes('coordinators')
    return named && part.isWithSecretariat && ALLOWS.read.includes(act)
  }
  const owns = delegation.id === part.ownerDelegationId
  if (act === 'invite') return owns && (delegation.role === 'head' || delegation.role === 'delegate')
  if (act === 'settle') return owns && delegation.role === 'head'
  if (act === 'rename' || act === 'mark') return false
  if (!owns && !part.takingPart.includes(delegation.id)) return false
  const right = textRight(actor, shareOf(actor, part.ownerDelegationId, part.grants))
  if (!right || !ALLOWS[right].includes(act)) return false
  return act !== 'write' || part.isWritable
}

/** Whether somebody who may read a frozen version of the whole may read what was frozen of the part with it. */
export const canReadFrozenPart = (actor: Actor, part: PartScope, reviewsIt: boolean): boolean =>
  canWithPart(actor, 'read', part) || (reviewsIt && part.audiences.includes('reviewers'))
