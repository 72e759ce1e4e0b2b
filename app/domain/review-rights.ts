/** Rights in a review and in a silence procedure; `rights.ts` asks here. */
import { type Actor, delegationOf, secretariatRole } from './people'
import { REVIEW_RULES, type ReviewAct, type ReviewState } from './review'
import type { SilenceState } from './silence'

export type ReviewScope = { kind: 'review'; reviewerId: string; state: ReviewState }
export type SilenceScope = { kind: 'silence'; state: SilenceState; entitledIds: readonly string[] }

/** `see` of a review: its page with the frozen version. `see` of a procedure: its text, version, deadline and breaks. */
export type ReviewScopeAct = 'see' | ReviewAct
export type SilenceScopeAct = 'see' | 'break' | 'cancel'

export function canWithReview(actor: Actor, act: ReviewScopeAct, scope: ReviewScope): boolean {
  const steers = secretariatRole(actor) === 'coordinator'
  const reviews = actor.userId === scope.reviewerId
  // Who stepped back or was let go reads nothing of it any more.
  if (act === 'see') return steers || (reviews && scope.state !== 'recused' && scope.state !== 'released')
  const { from, who } = REVIEW_RULES[act]
  return from.includes(scope.state) && (who === 'reviewer' ? reviews : steers)
}

export function canWithSilence(actor: Actor, act: SilenceScopeAct, scope: SilenceScope): boolean {
  const steers = secretariatRole(actor) === 'coordinator'
  const delegation = delegationOf(actor)
  const entitled = delegation !== null && scope.entitledIds.includes(delegation.id)
  if (act === 'see') return steers || entitled
  if (scope.state !== 'open') return false
  return act === 'cancel' ? steers : entitled && delegation.role === 'head'
}
