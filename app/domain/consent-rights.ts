/** Rights in a host's consent; `rights.ts` asks here. */
import { type AskedConsentState, CONSENT_RULES, type ConsentAct } from './host-consent'
import { type Actor, delegationOf, institutionOf, secretariatRole } from './people'

export type ConsentScope<Case> = {
  kind: 'consent'
  /** Null: it was not asked for yet. */
  state: AskedConsentState | null
  /** The host's delegation; null where the host has none in the portal. */
  hostDelegationId: string | null
  /** Somebody is head of that delegation. Otherwise a coordinator records what the host says in writing. */
  hostHasHead: boolean
  /** The case is open: nothing of a consent changes once it ended. */
  isOpen: boolean
  case: Case
}

/** `see`: the consent and the version that it was asked on. */
export type ConsentScopeAct = 'see' | ConsentAct

export function canWithConsent<Case>(
  actor: Actor,
  act: ConsentScopeAct,
  scope: ConsentScope<Case>,
  inCase: (act: 'read' | 'steer', of: Case) => boolean,
): boolean {
  if (institutionOf(actor)) return false
  const delegation = delegationOf(actor)
  const isHost = delegation !== null && delegation.id === scope.hostDelegationId
  if (act === 'see') return inCase('read', scope.case) || (isHost && scope.state !== null)
  const { from, who } = CONSENT_RULES[act]
  if (!scope.isOpen || !from.includes(scope.state)) return false
  if (who === 'coordinator') return inCase('steer', scope.case)
  if (scope.hostHasHead) return isHost && delegation.role === 'head'
  return secretariatRole(actor) === 'coordinator' && inCase('read', scope.case)
}
