/**
 * Who may do what: the one place. Loaders, verbs, sockets, exports, search and buttons ask `can`; lists ask
 * `db/queries/visibility.ts`, which states the same rules as SQL and is held to them by a property test.
 */
import { type CommentAct, type CommentScope, canWithComment } from './comment-rights'
import { type ConsentScope, type ConsentScopeAct, canWithConsent } from './consent-rights'
import { canWithFollowUp, type FollowUpAct, type FollowUpScope } from './follow-up-rights'
import { canWithGroup, type GroupAct, type GroupScope } from './group-rights'
import type { Marking } from './marking'
import { canWithPart, type PartScope } from './part-rights'
import { type Actor, delegationOf, institutionOf, secretariatRole } from './people'
import type { ProposalState } from './project-stage'
import { isMove, MOVES, type ProposalMove } from './proposal-machine'
import {
  type AskAct,
  type AskScope,
  canWithAsk,
  canWithFacility,
  canWithRequest,
  type FacilityAct,
  type FacilityScope,
  type RequestAct,
  type RequestScope,
} from './request-rights'
import {
  canWithReview,
  canWithSilence,
  type ReviewScope,
  type ReviewScopeAct,
  type SilenceScope,
  type SilenceScopeAct,
} from './review-rights'
import { canWithSession, type SessionScope, type SessionScopeAct } from './session-rights'
import { canWithSessionText, type SessionTextScope } from './session-text-rights'
import { ALLOWS, type Grants, shareOf, type TextAct, textRight } from './text-right'

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
  /** Institutions that were asked to finance it. */
  askedIds: readonly string[]
  /** Institutions were asked by a delegation: whoever runs the pipeline knows of the project. */
  inPipeline: boolean
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
  /**
   * Of a financing request's text: institutions asked read it, and coordinators once it went out. Of one ask's terms:
   * its institution writes them with the lead; whom the lead named reads them, coordinators do not.
   */
  request?: { askedIds: readonly string[]; asked: boolean; open: boolean; isTerms: boolean }
}

/** Whatever is read, commented on and written: what a comment stands beside. */
export type TextScope = ProposalScope | DocumentScope | PartScope | SessionTextScope

/** A delegation, or the secretariat. */
export type DelegationScope = { kind: 'delegation'; id: string }

export type Act = {
  /** `propose`: to start a case of it, or a request for its money. */
  project: 'see' | 'edit' | 'propose'
  /**
   * `invite` is all of who takes part; `mark`: who may know of it; `settle`: decides over what was kept aside;
   * `steer`: reviewers, questions and the way to the decision; `answer`: reviewers' questions; `bring_back`: a declined
   * case, as a new one.
   */
  proposal: TextAct | ProposalMove | 'steer' | 'answer' | 'bring_back'
  document: TextAct
  part: TextAct
  /** `invite` is all of who belongs to it: inviting, changing roles, removing. `see_every`: a list of all of them. */
  delegation: 'see' | 'see_every' | 'invite' | 'create_project' | 'import_document'
  portal: 'read_audit' | 'name_reviewers' | 'set_rates'
  review: ReviewScopeAct
  silence: SilenceScopeAct
  group: GroupAct
  request: RequestAct
  ask: AskAct
  facility: FacilityAct
  session: SessionScopeAct
  session_text: TextAct
  comment: CommentAct
  follow_up: FollowUpAct
  consent: ConsentScopeAct
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
  | RequestScope
  | AskScope
  | FacilityScope
  | SessionScope
  | SessionTextScope
  | FollowUpScope
  | CommentScope<TextScope>
  | ConsentScope<ProposalScope>

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
  const institution = institutionOf(actor)
  // An institution sees what it was asked, and nothing else.
  if (institution) return act === 'see' && project.askedIds.includes(institution.id)
  const steers = secretariatRole(actor) === 'coordinator' && (project.underReview || project.inPipeline)
  const seen = project.marking === 'public' || project.marking === 'forge' || owns || named || steers
  const writes = delegation !== null && (delegation.role === 'head' || delegation.role === 'delegate')
  if (act === 'see') return seen
  if (act === 'edit') return owns && writes
  return seen && writes && (owns || project.ownerDelegationId === null)
}

function canWithText(actor: Actor, act: Act['proposal'], scope: ProposalScope | DocumentScope): boolean {
  if (institutionOf(actor)) return institutionReads(actor, act, scope)
  const ownerId = scope.kind === 'proposal' ? scope.leadDelegationId : scope.ownerDelegationId
  const share = shareOf(actor, ownerId, scope.grants)
  const role = delegationOf(actor)?.role
  if (act === 'invite' || act === 'mark')
    return (
      !(scope.kind === 'document' && scope.request?.isTerms) &&
      share === 'own' &&
      (role === 'head' || role === 'delegate')
    )
  if (act === 'settle') return share === 'own' && role === 'head'
  if (isMove(act)) return scope.kind === 'proposal' && canMove(actor, act, scope)
  if (act === 'bring_back')
    return (
      scope.kind === 'proposal' &&
      scope.state === 'declined' &&
      share === 'own' &&
      (role === 'head' || role === 'delegate')
    )
  if (act === 'steer')
    return (
      scope.kind === 'proposal' && secretariatRole(actor) === 'coordinator' && STEERED.includes(scope.state)
    )
  const right = textRight(actor, share)
  // Not bound to a state: an answer is no change of the text.
  if (act === 'answer') return scope.kind === 'proposal' && right === 'write'
  if (right && ALLOWS[right].includes(act)) {
    const writes = act === 'write' || act === 'rename'
    if (!writes) return true
    return scope.kind === 'document' ? (scope.request?.open ?? true) : WRITABLE.includes(scope.state)
  }
  if (scope.kind === 'proposal') {
    const submitted = WITH_SECRETARIAT.includes(scope.state)
    if (secretariatRole(actor) === 'coordinator' && submitted) return ['see', 'read', 'export'].includes(act)
    return act === 'see' && submitted && (scope.marking === 'public' || scope.marking === 'forge')
  }
  if (scope.request) return readsRequest(actor, act, scope.request)
  return ['see', 'read', 'export'].includes(act) && (scope.marking === 'public' || scope.marking === 'forge')
}

/** The text of a request, for those who do not take part in it: coordinators, once institutions were asked. */
const readsRequest = (actor: Actor, act: string, { asked, isTerms }: { asked: boolean; isTerms: boolean }) =>
  asked && !isTerms && secretariatRole(actor) === 'coordinator' && ALLOWS.read.includes(act)

/** An institution reads the texts of the requests that it was asked, writes its own terms, and reads no other text. */
function institutionReads(actor: Actor, act: string, scope: ProposalScope | DocumentScope): boolean {
  const request = scope.kind === 'document' ? scope.request : undefined
  if (!request?.askedIds.includes(actor.organization.id)) return false
  const writes = request.isTerms && request.open && actor.organization.role !== 'reader'
  return ALLOWS.read.includes(act) || (writes && (act === 'write' || act === 'comment'))
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

/** Under the Chatham House Rule nobody is told who wrote what. */
export const hidesAuthors = (text: TextScope): boolean => text.kind === 'session_text' && text.chatham

/** Whether the actor is one of those among whom a text is written, or reads it with them. */
function sharesText(actor: Actor, text: TextScope): boolean {
  if (hidesAuthors(text)) return false
  const isAskedOnly = institutionOf(actor) && text.kind === 'document' && !text.request?.isTerms
  return !isAskedOnly && can(actor, 'read', text)
}

/**
 * Comments are read by whoever reads the text. Not by institutions beside a request: they ask the authors, each on its own,
 * and what those who ask for the money say to each other is theirs. Beside their own terms they do.
 */
export const seesComments = sharesText

/**
 * A text's history is for those who share the text. An institution that was asked reads the request as it stands: its
 * drafts, and who of the delegations wrote what, were never put before it. Of its own terms it sees everything.
 */
export const seesHistory = sharesText

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
    case 'request':
      return canWithRequest(actor, act as Act['request'], scope)
    case 'ask':
      return canWithAsk(actor, act as Act['ask'], scope)
    case 'facility':
      return canWithFacility(actor, act as Act['facility'], scope)
    case 'follow_up':
      return canWithFollowUp(actor, act as Act['follow_up'], scope)
    case 'session':
      return canWithSession(actor, act as Act['session'], scope)
    case 'session_text':
      return canWithSessionText(actor, act as Act['session_text'], scope)
    case 'consent':
      return canWithConsent(actor, act as Act['consent'], scope, (needs, of) => can(actor, needs, of))
    case 'comment':
      return (
        seesComments(actor, scope.text) &&
        canWithComment(actor, act as Act['comment'], scope, (needs, text) => can(actor, needs, text))
      )
  }
}
