import { describe, expect, it } from 'vitest'
import { nextPhase, PHASE_EVENTS, PHASES, type Phase, type PhaseEvent } from './phase'

/** Total: a new phase or event does not compile until it is thought about. */
const TABLE: Record<Phase, Record<PhaseEvent, Phase>> = {
  waiting: {
    connected: 'joining',
    lost: 'waiting',
    more: 'waiting',
    long: 'waiting',
    fetched: 'waiting',
    'caught up': 'waiting',
    'put off': 'waiting',
    due: 'waiting',
    behind: 'waiting',
    'turned away': 'closed',
  },
  joining: {
    connected: 'joining',
    lost: 'waiting',
    more: 'joining',
    long: 'fetching',
    fetched: 'joining',
    'caught up': 'joined',
    'put off': 'pausing',
    due: 'joining',
    behind: 'joining',
    'turned away': 'closed',
  },
  fetching: {
    connected: 'fetching',
    lost: 'waiting',
    more: 'fetching',
    long: 'fetching',
    fetched: 'joining',
    'caught up': 'fetching',
    'put off': 'pausing',
    due: 'fetching',
    behind: 'fetching',
    'turned away': 'closed',
  },
  joined: {
    connected: 'joined',
    lost: 'waiting',
    more: 'joined',
    long: 'joined',
    fetched: 'joined',
    'caught up': 'joined',
    'put off': 'joined',
    due: 'joined',
    behind: 'joining',
    'turned away': 'closed',
  },
  pausing: {
    connected: 'pausing',
    lost: 'waiting',
    more: 'pausing',
    long: 'pausing',
    fetched: 'pausing',
    'caught up': 'pausing',
    'put off': 'pausing',
    due: 'joining',
    behind: 'pausing',
    'turned away': 'closed',
  },
  closed: {
    connected: 'closed',
    lost: 'closed',
    more: 'closed',
    long: 'closed',
    fetched: 'closed',
    'caught up': 'closed',
    'put off': 'closed',
    due: 'closed',
    behind: 'closed',
    'turned away': 'closed',
  },
}

describe('phases of a channel', () => {
  const rows = PHASES.flatMap((phase) => PHASE_EVENTS.map((event) => [phase, event] as const))
  it.each(rows)('%s, %s', (phase, event) => {
    expect(nextPhase(phase, event)).toBe(TABLE[phase][event])
  })
})
