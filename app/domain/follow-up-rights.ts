/** Rights over what a decision asks of a delegation; `rights.ts` asks here. */
import { type Actor, delegationOf } from './people'
import { canWithSession, type SessionScope } from './session-rights'

export type FollowUpScope = {
  kind: 'follow_up'
  /** The delegation that is to do it. */
  ownerId: string
  /** The session whose decision asks for it: who may not know of that does not know of this. */
  session: SessionScope
}

/** `finish`: say that it is done. */
export type FollowUpAct = 'see' | 'finish'

export function canWithFollowUp(
  actor: Actor,
  act: FollowUpAct,
  { ownerId, session }: FollowUpScope,
): boolean {
  if (!canWithSession(actor, 'see', session)) return false
  if (act === 'see') return true
  const delegation = delegationOf(actor)
  const owns = delegation?.id === ownerId && (delegation.role === 'head' || delegation.role === 'delegate')
  return owns || canWithSession(actor, 'run', session)
}
