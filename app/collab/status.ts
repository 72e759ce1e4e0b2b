/** What the indicator says, from what the channel knows. Pure. */
import type { SaveState, Status } from './document-types'
import type { Phase } from './phase'
import type { WireState } from './wire'

export type Situation = {
  wire: WireState
  phase: Phase
  synced: boolean
  /** The database was away when the server was last asked. */
  away: boolean
} & Pick<Status, 'pending' | 'kept' | 'storing' | 'refused' | 'aside' | 'lastSavedAt' | 'reason'>

export const describeStatus = (now: Situation): Status => ({
  state: stateOf(now),
  synced: now.synced,
  pending: now.pending,
  kept: now.kept,
  storing: now.storing,
  refused: now.refused,
  aside: now.aside,
  lastSavedAt: now.lastSavedAt,
  reason: now.reason,
})

function stateOf({ wire, phase, synced, away, pending, refused, aside }: Situation): SaveState {
  if (phase === 'closed') return 'closed'
  if (wire === 'connecting') return 'connecting'
  if (wire !== 'connected') return 'offline'
  if (away && (phase !== 'joined' || pending > 0)) return 'offline'
  if (!synced) return 'connecting'
  if (pending > 0) return 'saving'
  if (refused) return 'refused'
  return aside ? 'aside' : 'saved'
}

export function sameStatus(a: Status, b: Status): boolean {
  return (
    a.state === b.state &&
    a.synced === b.synced &&
    a.pending === b.pending &&
    a.kept === b.kept &&
    a.storing === b.storing &&
    a.lastSavedAt === b.lastSavedAt &&
    a.reason === b.reason &&
    a.aside?.count === b.aside?.count &&
    a.aside?.lead === b.aside?.lead &&
    a.refused?.count === b.refused?.count &&
    a.refused?.code === b.refused?.code &&
    a.refused?.reason === b.refused?.reason
  )
}
