/** Rights in a working group; `rights.ts` asks here. */
import type { GroupRole } from './groups'
import { type Actor, delegationOf, institutionOf, secretariatRole } from './people'

export type GroupScope = {
  kind: 'group'
  /** Seats that hold today. */
  seats: readonly { delegationId: string; role: GroupRole }[]
}

/** `seat`: who sits in it, with which role. `rules`: its rules of procedure. `convene`: prepare a session of it. */
export type GroupAct = 'see' | 'seat' | 'rules' | 'convene'

/**
 * The heads of the chair's and the secretary's delegations manage the seats, the chair's head the rules, and coordinators
 * of the secretariat both.
 */
export function canWithGroup(actor: Actor, act: GroupAct, scope: GroupScope): boolean {
  if (act === 'see') return institutionOf(actor) === null
  if (act === 'convene') return convenes(actor, scope)
  if (secretariatRole(actor) === 'coordinator') return true
  const delegation = delegationOf(actor)
  if (delegation?.role !== 'head') return false
  return scope.seats.some(
    (seat) =>
      seat.delegationId === delegation.id &&
      (seat.role === 'chair' || (act === 'seat' && seat.role === 'secretary')),
  )
}

/** The secretariat's secretaries and coordinators, and who acts for the chair, a vice-chair or the secretary. */
function convenes(actor: Actor, { seats }: GroupScope): boolean {
  const office = secretariatRole(actor)
  if (office === 'secretary' || office === 'coordinator') return true
  const delegation = delegationOf(actor)
  if (delegation?.role !== 'head' && delegation?.role !== 'delegate') return false
  const seat = seats.find(({ delegationId }) => delegationId === delegation.id)
  return seat?.role === 'chair' || seat?.role === 'vice_chair' || seat?.role === 'secretary'
}
