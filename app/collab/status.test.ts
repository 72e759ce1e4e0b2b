import { describe, expect, it } from 'vitest'
import type { SaveState } from './document-types'
import { describeStatus, type Situation } from './status'

const CALM: Situation = {
  wire: 'connected',
  phase: 'joined',
  synced: true,
  away: false,
  pending: 0,
  kept: 'browser',
  storing: false,
  refused: null,
  aside: null,
  lastSavedAt: null,
  reason: null,
}
const refused = { count: 1, code: 'gap', reason: 'x' } as const

const CASES: [string, Partial<Situation>, SaveState][] = [
  ['all is committed', {}, 'saved'],
  ['changes are under way', { pending: 2 }, 'saving'],
  ['changes are under way and others were refused', { pending: 2, refused }, 'saving'],
  ['all was sent and something refused', { refused }, 'refused'],
  ['what came too late is kept aside', { aside: { count: 1, lead: null } }, 'aside'],
  ['it is joined again', { phase: 'joining' }, 'saved'],
  ['it is joined again with changes', { phase: 'joining', pending: 1 }, 'saving'],
  ['it was never read', { phase: 'joining', synced: false }, 'connecting'],
  ['nothing is known yet', { wire: 'connecting', phase: 'waiting', synced: false }, 'connecting'],
  ['the connection broke', { wire: 'lost', phase: 'waiting' }, 'offline'],
  ['the connection broke with changes', { wire: 'lost', phase: 'waiting', pending: 3 }, 'offline'],
  ['it never came', { wire: 'lost', phase: 'waiting', synced: false }, 'offline'],
  ['the session ended', { wire: 'signed out', phase: 'waiting' }, 'offline'],
  ['the database does not take changes', { away: true, pending: 1 }, 'offline'],
  ['the database does not let join', { away: true, phase: 'pausing' }, 'offline'],
  ['the database was away, and nothing waits for it', { away: true }, 'saved'],
  ['it is not open any more', { phase: 'closed', pending: 1 }, 'closed'],
]

describe('the indicator', () => {
  it.each(CASES)('when %s', (_, change, state) => {
    expect(describeStatus({ ...CALM, ...change }).state).toBe(state)
  })
})
