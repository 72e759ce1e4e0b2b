/**
 * Who may do what: the one place. Loaders, verbs, sockets, exports, search and buttons ask `can`; lists ask
 * `db/queries/visibility.ts`, which states the same rules as SQL and is held to them by a property test.
 */
import { canWithGroup, type GroupAct, type GroupScope } from './group-rights'
import type { Marking } from './marking'
import { canWithPart, type PartAct, type PartScope } from './part-rights'
import { type Actor, delegationOf, secretariatRole } from './people'
import type { ProposalState } from './project-stage'
import { isMove, MOVES, type ProposalMove } from './proposal-machine'
import {
  canWithReview,
  canWithSilence,
  type ReviewScope,
  type ReviewScopeAct,
  type SilenceScope,
  type SilenceScopeAct,
} from './review-rights'
import { ALLOWS, type Grants, shareOf, textRight } from './text-right'

export { GRANT_LEVELS, type GrantLevel } from './text-right'

export type ProjectScope = {
  kind: 'project'
  marking: Marking
  /** The delegation that entered it; null for announced ones, which the secretariat keeps. */
  ownerDelegationId: string | null
  /** Delegations named by a restricted marking, and those invited to a proposal of it. */
  readerDelegationIds: readonly string[]
  /** A proposal of it is with the secretariat: whoever steers that review knows of the project. */
  underReview: boolean
}

export type ProposalScope = {
  kind: 'proposal'
  state: ProposalState
  marking: Marking
  leadDelegationId: string
  grants: Grants
}

/** An imported text: belongs to the delegation that brought it. */
export type DocumentScope = {
  kind: 'document'
  marking: Marking
  ownerDelegationId: string
  grants: Grants
}

/** A delegation, or the secretariat. */
export type DelegationScope = { kind: 'delegation'; id: string }

type TextAct = 'see' | 'read' | 'write' | 'comment' | 'rename' | 'invite' | 'mark' | 'export' | 'settle'

export type Act = {
  project: 'see' | 'edit' | 'propose'
  /**
   * `invite` is all of who takes part; `mark`: who may know of it; `settle`: decides over what was kept aside;
   * `steer`: reviewers, questions and the way to the decision; `answer`: reviewers' questions.
   */
  proposal: TextAct | ProposalMove | 'steer' | 'answer'
  document: TextAct
  part: PartAct
  /** `invite` is all of who belongs to it: inviting, changing roles, removing. `see_every`: a list of all of them. */
  delegation: 'see' | 'see_every' | 'invite' | 'create_project' | 'import_document'
  portal: 'read_audit' | 'name_reviewers' | 'set_rates'
  review: ReviewScopeAct
  silence: SilenceScopeAct
  group: GroupAct
}

/** The portal itself. */
export type PortalScope = { kind: 'portal' }
export const PORTAL: PortalScope = { kind: 'portal' }

type Scope =
  | ProjectScope
  | ProposalScope
  | DocumentScope
  | PartScope
  | DelegationScope
  | PortalScope
  | ReviewScope
  | SilenceScope
  | GroupScope

/** States in which the authors may write. */
export const WRITABLE: readonly ProposalState[] = ['draft', 'changes_requested']

/** States in which coordinators ask reviewers and prepare the decision. */
const STEERED: readonly ProposalState[] = ['submitted', 'screening', 'in_review', 'in_decision']

/** States in which the secretariat's coordinators read a proposal: from submission on, never a draft. */
export const WITH_SECRETARIAT: readonly ProposalState[] = [
  'submitted',
  'screening',
  'in_review',
  'in_decision',
  'changes_requested',
  'endorsed',
  'declined',
]

function canWithProject(actor: Actor, act: Act['project'], project: ProjectScope): boolean {
  const delegation = delegationOf(actor)
  const owns = delegation !== null && delegation.id === project.ownerDelegationId
  const named = delegation !== null && project.readerDelegationIds.includes(delegation.id)
  const steers = secretariatRole(actor) === 'coordinator' && project.underReview
  const seen = project.marking === 'public' || project.marking === 'forge' || owns || named || steers
  const writes = delegation !== null && (delegation.role === 'head' || delegation.role === 'delegate')
  if (act === 'see') return seen
  if (act === 'edit') return owns && writes
  return seen && writes && (owns || project.ownerDelegationId === null)
}

function canWithText(actor: Actor, act: Act['proposal'], scope: ProposalScope | DocumentScope): boolean {
  const ownerId = scope.kind === 'proposal' ? scope.leadDelegationId : scope.ownerDelegationId
  const share = shareOf(actor, ownerId, scope.grants)
  const role = delegationOf(actor)?.role
  if (act === 'invite' || act === 'mark') return share === 'own' && (role === 'head' || role === 'delegate')
  if (act === 'settle') return share === 'own' && role === 'head'
  if (isMove(act)) return scope.kind === 'proposal' && canMove(actor, act, scope)
  if (act === 'steer')
    return (
      scope.kind === 'proposal' && secretariatRole(actor) === 'coordinator' && STEERED.includes(scope.state)
    )
  const right = textRight(actor, share)
  // Not bound to a state: an answer is no change of the text.
  if (act === 'answer') return scope.kind === 'proposal' && right === 'write'
  if (right && ALLOWS[right].includes(act)) {
    const writes = act === 'write' || act === 'rename'
    return !writes || scope.kind === 'document' || WRITABLE.includes(scope.state)
  }
  if (scope.kind === 'proposal') {
    const submitted = WITH_SECRETARIAT.includes(scope.state)
    if (secretariatRole(actor) === 'coordinator' && submitted) return ['see', 'read', 'export'].includes(act)
    return act === 'see' && submitted && (scope.marking === 'public' || scope.marking === 'forge')
  }
  return ['see', 'read', 'export'].includes(act) && (scope.marking === 'public' || scope.marking === 'forge')
}

function canMove(actor: Actor, move: ProposalMove, scope: ProposalScope): boolean {
  const { from, who } = MOVES[move]
  if (!from.includes(scope.state) || who === 'decision') return false
  const delegation = delegationOf(actor)
  return who === 'lead_head'
    ? delegation?.id === scope.leadDelegationId && delegation.role === 'head'
    : secretariatRole(actor) === 'coordinator'
}

function canWithPortal(actor: Actor, act: Act['portal']): boolean {
  return secretariatRole(actor) === (act === 'name_reviewers' ? 'coordinator' : 'administrator')
}

function canWithDelegation(actor: Actor, act: Act['delegation'], scope: DelegationScope): boolean {
  const administrates = secretariatRole(actor) === 'administrator'
  if (act === 'see_every') return administrates
  if (act === 'see') return administrates || actor.organization.id === scope.id
  if (act === 'invite' && administrates) return true
  const delegation = delegationOf(actor)
  if (delegation?.id !== scope.id) return false
  if (act === 'invite') return delegation.role === 'head'
  return delegation.role === 'head' || delegation.role === 'delegate'
}

/** Whether the actor may do the act with the thing, now. Pure; every refusal is decided here. */
export function can<S extends Scope>(actor: Actor, act: Act[S['kind']], scope: S): boolean {
  switch (scope.kind) {
    case 'project':
      return canWithProject(actor, act as Act['project'], scope)
    case 'proposal':
    case 'document':
      return canWithText(actor, act as Act['proposal'], scope)
    case 'part':
      return canWithPart(actor, act as Act['part'], scope)
    case 'delegation':
      return canWithDelegation(actor, act as Act['delegation'], scope)
    case 'portal':
      return canWithPortal(actor, act as Act['portal'])
    case 'review':
      return canWithReview(actor, act as Act['review'], scope)
    case 'silence':
      return canWithSilence(actor, act as Act['silence'], scope)
    case 'group':
      return canWithGroup(actor, act as Act['group'], scope)
  }
}
