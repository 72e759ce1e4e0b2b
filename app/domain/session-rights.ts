/** Rights in a working group's session; `rights.ts` asks here. */
import { DECIDING_ROLES, type GroupRole } from './groups'
import type { Marking } from './marking'
import { type Actor, delegationOf, institutionOf, secretariatRole } from './people'
import type { SessionRight } from './session/acts'
import type { SessionStatus } from './session/model'

export type SessionScope = {
  kind: 'session'
  status: SessionStatus
  marking: Marking
  /** Seats of the group that hold today. */
  seats: readonly { delegationId: string; role: GroupRole }[]
  /** Delegations named by a restricted marking: of the group's, only they take part. */
  readerIds: readonly string[]
  /** The delegation that presides; null before the session opens. */
  presiding: string | null
  /** People whose credential lets them vote for a delegation today. */
  alternates: readonly { userId: string; delegationId: string }[]
}

/** `see`: that it exists, its agenda, its result. The others are asked for by acts in the room. */
export type SessionScopeAct = 'see' | SessionRight

export function canWithSession(actor: Actor, act: SessionScopeAct, scope: SessionScope): boolean {
  const office = secretariatRole(actor)
  const restricted = scope.marking === 'restricted'
  if (office === 'secretary') return act === 'see' || act === 'attend' || act === 'run'
  if (office === 'coordinator' && !restricted && (act === 'see' || act === 'attend')) return true
  const delegation = delegationOf(actor)
  const named = !restricted || (delegation !== null && scope.readerIds.includes(delegation.id))
  const seat = named ? scope.seats.find(({ delegationId }) => delegationId === delegation?.id) : undefined
  if (act === 'see') return institutionOf(actor) === null && seesAs(scope, seat?.role ?? null, named)
  if (!delegation || !seat || !seesAs(scope, seat.role, named)) return false
  const { role } = delegation
  const acts = role === 'head' || role === 'delegate'
  const decides = DECIDING_ROLES.includes(seat.role)
  switch (act) {
    case 'attend':
      return true
    case 'speak':
      return decides && role !== 'reader'
    case 'propose':
      return decides && acts
    case 'vote':
      return decides && (role === 'head' || isAlternate(actor, delegation.id, scope))
    case 'preside':
      return acts && (seat.role === 'chair' || seat.role === 'vice_chair')
    case 'run':
      return acts && (seat.role === 'secretary' || presides(scope, delegation.id, seat.role))
  }
}

export const PREPARES: readonly GroupRole[] = ['chair', 'vice_chair', 'secretary']

/** A session in preparation is known to those who prepare it only. */
function seesAs({ status, marking }: SessionScope, role: GroupRole | null, named: boolean): boolean {
  if (status === 'draft') return role !== null && PREPARES.includes(role)
  if (marking === 'public' || marking === 'forge') return true
  return marking === 'restricted' ? named : role !== null
}

const isAlternate = (actor: Actor, delegationId: string, { alternates }: SessionScope) =>
  alternates.some((one) => one.userId === actor.userId && one.delegationId === delegationId)

/** Until a session opens its chair presides; where the group has none, a vice-chair does. */
function presides({ presiding, seats }: SessionScope, delegationId: string, role: GroupRole): boolean {
  if (presiding !== null) return presiding === delegationId
  if (role === 'chair') return true
  return role === 'vice_chair' && !seats.some((seat) => seat.role === 'chair')
}
