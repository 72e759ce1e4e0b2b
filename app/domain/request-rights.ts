/** Rights in financing: a request, and one institution's answer to it (an ask). `rights.ts` asks here. */
import type { RequestState } from './institution'
import type { Marking } from './marking'
import type { ConditionState } from './money-conditions'
import { CONDITION_RULES, type ConditionAct } from './money-conditions'
import type { LedgerKind } from './money-ledger'
import { FINANCING_RULES, type FinancingMove, type FinancingStage, isOver, moveTo } from './money-stages'
import { TRANCHE_RULES, type TrancheAct, type TrancheState } from './money-tranches'
import { type Actor, delegationOf, institutionOf, secretariatRole } from './people'

type Level = 'write' | 'comment' | 'read'

export type RequestScope = {
  kind: 'request'
  state: RequestState
  marking: Marking
  /** Null for what was announced, which the secretariat keeps. */
  leadDelegationId: string | null
  grants: readonly { delegationId: string; level: Level }[]
  /** Institutions that were asked. */
  askedIds: readonly string[]
}

/** One institution's answer: the stage, the ledger, conditions and tranches. */
export type AskScope = {
  kind: 'ask'
  stage: FinancingStage
  heldFrom: FinancingStage | null
  /** Null for a source of funds that is none of the portal's institutions. */
  institutionId: string | null
  /** Delegations named by the lead as readers of the terms and the money. */
  readerIds: readonly string[]
  request: RequestScope
}

/** `see`: that it exists, for whom and at which stage. `read`: its text. `answer`: institutions' questions. */
export type RequestAct = 'see' | 'read' | 'ask' | 'answer'
/**
 * `money`: its ledger, conditions, tranches and files. `name_reader`: another delegation that may see them. `condition` and
 * `tranche`: setting a condition, planning a tranche. `record_…`: a line of the ledger, or its reversal.
 */
export type AskAct =
  | 'see'
  | 'money'
  | 'name_reader'
  | 'question'
  | 'condition'
  | 'tranche'
  | FinancingMove
  | `record_${LedgerKind}`

export type FacilityScope = { kind: 'facility'; institutionId: string }
export type FacilityAct = 'see' | 'money' | 'keep'

const knownToDelegations = (marking: Marking) => marking === 'public' || marking === 'forge'

export function canWithRequest(actor: Actor, act: RequestAct, scope: RequestScope): boolean {
  const delegation = delegationOf(actor)
  const institution = institutionOf(actor)
  const own = delegation !== null && delegation.id === scope.leadDelegationId
  const share = own
    ? 'write'
    : (scope.grants.find(({ delegationId }) => delegationId === delegation?.id)?.level ?? null)
  const asked = institution !== null && scope.askedIds.includes(institution.id)
  const steers = secretariatRole(actor) === 'coordinator' && scope.state !== 'draft'
  const writes = delegation?.role === 'head' || delegation?.role === 'delegate'
  switch (act) {
    case 'see':
      if (share || asked || steers) return true
      return institution === null && scope.state !== 'draft' && knownToDelegations(scope.marking)
    case 'read':
      return scope.state !== 'announced' && Boolean(share || asked || steers)
    case 'ask':
      return own && delegation.role === 'head' && (scope.state === 'draft' || scope.state === 'asked')
    case 'answer':
      return share === 'write' && writes
  }
}

const seesAsk = (actor: Actor, { institutionId, request }: AskScope): boolean => {
  const institution = institutionOf(actor)
  return institution ? institution.id === institutionId : canWithRequest(actor, 'see', request)
}

const seesMoney = (actor: Actor, ask: AskScope): boolean => {
  const { institutionId, readerIds, request } = ask
  if (!seesAsk(actor, ask)) return false
  if (request.state === 'announced') return true
  const { organization } = actor
  if (organization.kind === 'institution') return organization.id === institutionId
  if (organization.kind === 'secretariat') return organization.role === 'coordinator'
  return organization.id === request.leadDelegationId || readerIds.includes(organization.id)
}

/** Heads of the institution, and coordinators, who record what it did with its document. */
const actsForInstitution = (actor: Actor, { institutionId, request }: AskScope): boolean => {
  const institution = institutionOf(actor)
  if (institution) return institution.id === institutionId && institution.role === 'head'
  return secretariatRole(actor) === 'coordinator' && request.state !== 'draft'
}

const worksForInstitution = (actor: Actor, { institutionId }: AskScope): boolean => {
  const institution = institutionOf(actor)
  return institution !== null && institution.id === institutionId && institution.role !== 'reader'
}

const leads = (actor: Actor, { request }: AskScope): boolean => {
  const delegation = delegationOf(actor)
  return delegation !== null && delegation.id === request.leadDelegationId && delegation.role === 'head'
}

const writesForLead = (actor: Actor, { request }: AskScope): boolean => {
  const delegation = delegationOf(actor)
  if (delegation?.id !== request.leadDelegationId) return false
  return delegation.role === 'head' || delegation.role === 'delegate'
}

/** Stages in which a kind may be written into the ledger. */
const RECORDED_FROM: Record<LedgerKind, readonly FinancingStage[]> = {
  indicated: ['enquiry', 'letter_of_interest', 'application', 'due_diligence', 'term_sheet'],
  requested: ['enquiry', 'letter_of_interest', 'application', 'due_diligence', 'term_sheet'],
  approved: ['term_sheet', 'approved', 'committed', 'effective', 'disbursing'],
  committed: ['approved', 'committed', 'effective', 'disbursing'],
  // Only by the payment of a tranche.
  disbursed: ['disbursing'],
  repaid: ['disbursing', 'completed', 'cancelled'],
  cancelled: ['committed', 'effective', 'disbursing', 'completed'],
}

export const mayBeRecorded = (kind: LedgerKind, stage: FinancingStage): boolean =>
  RECORDED_FROM[kind].includes(stage)

export function canWithAsk(actor: Actor, act: AskAct, scope: AskScope): boolean {
  if (act === 'see') return seesAsk(actor, scope)
  if (act === 'money') return seesMoney(actor, scope)
  if (!seesAsk(actor, scope)) return false
  if (act === 'name_reader') return leads(actor, scope)
  if (act === 'question') return worksForInstitution(actor, scope) && !isOver(scope.stage)
  if (act === 'condition') return worksForInstitution(actor, scope) && !isOver(scope.stage)
  if (act === 'tranche')
    return (
      (writesForLead(actor, scope) || worksForInstitution(actor, scope)) &&
      ['committed', 'effective', 'disbursing'].includes(scope.stage)
    )
  if (act.startsWith('record_')) {
    const kind = act.slice('record_'.length) as LedgerKind
    if (!seesMoney(actor, scope)) return false
    return kind === 'requested' ? leads(actor, scope) : actsForInstitution(actor, scope)
  }
  const move = act as FinancingMove
  if (moveTo(move, scope.stage, scope.heldFrom) === null) return false
  const { who } = FINANCING_RULES[move]
  if (who === 'lead') return leads(actor, scope)
  if (who === 'institution') return actsForInstitution(actor, scope)
  return leads(actor, scope) || actsForInstitution(actor, scope)
}

/** An act on a condition: by the institution that set it, or by the delegation that has to meet it. */
export function mayWithCondition(
  actor: Actor,
  act: ConditionAct,
  { ask, state, responsibleId }: { ask: AskScope; state: ConditionState; responsibleId: string },
): boolean {
  const { from, who } = CONDITION_RULES[act]
  if (!from.includes(state) || isOver(ask.stage) || !seesMoney(actor, ask)) return false
  if (who === 'institution') return worksForInstitution(actor, ask)
  const delegation = delegationOf(actor)
  return delegation?.id === responsibleId && (delegation.role === 'head' || delegation.role === 'delegate')
}

/** An act on a tranche. Who requested it does not approve it. */
export function mayWithTranche(
  actor: Actor,
  act: TrancheAct,
  { ask, state, requestedBy }: { ask: AskScope; state: TrancheState; requestedBy: string | null },
): boolean {
  const { from, who } = TRANCHE_RULES[act]
  if (!from.includes(state) || isOver(ask.stage) || !seesMoney(actor, ask)) return false
  if (act === 'approve' && requestedBy === actor.userId) return false
  if (act === 'pay' && ask.stage !== 'disbursing') return false
  if (who === 'lead') return writesForLead(actor, ask)
  if (act === 'approve') return actsForInstitution(actor, ask) && institutionOf(actor) !== null
  if (who === 'institution') return worksForInstitution(actor, ask)
  return leads(actor, ask) || actsForInstitution(actor, ask)
}

/** Everybody in the portal knows of a facility and its ceiling; what of it is drawn, those who may see that money. */
export function canWithFacility(actor: Actor, act: FacilityAct, { institutionId }: FacilityScope): boolean {
  const institution = institutionOf(actor)
  if (institution) return institution.id === institutionId && (act !== 'keep' || institution.role === 'head')
  if (act === 'see') return true
  return secretariatRole(actor) === 'coordinator'
}
