/**
 * How far a channel is open here.
 *
 *            connected            caught up
 *   waiting ──────────▶ joining ────────────▶ joined
 *      ▲                │  ▲  ▲                 │ │
 *      │ lost    put off│  │  └─────────────────┘ │
 *      │                ▼  │ due     behind       │
 *      ├──────────── pausing                      │
 *      └──────────────────────────────────────────┘
 *
 *   long: from joining to fetching, until it is fetched (joining), put off (pausing) or lost (waiting).
 *   turned away: from anywhere to closed, for good.
 */
export const PHASES = ['waiting', 'joining', 'fetching', 'joined', 'pausing', 'closed'] as const
export type Phase = (typeof PHASES)[number]

export const PHASE_EVENTS = [
  'connected',
  'lost',
  'more', // the join was answered, and the log goes on
  'long', // the join was answered: what it builds on is fetched by HTTP
  'fetched',
  'caught up', // the join was answered up to the head of the log
  'put off', // the join was refused or not answered; it is tried again
  'due', // now
  'behind', // something is missing here: a hole that does not close, an entry refused for what it builds on
  'turned away', // not open to the reader, or not any more
] as const
export type PhaseEvent = (typeof PHASE_EVENTS)[number]

const NEXT: Record<Phase, Partial<Record<PhaseEvent, Phase>>> = {
  waiting: { connected: 'joining', 'turned away': 'closed' },
  joining: {
    lost: 'waiting',
    long: 'fetching',
    'caught up': 'joined',
    'put off': 'pausing',
    'turned away': 'closed',
  },
  fetching: { lost: 'waiting', fetched: 'joining', 'put off': 'pausing', 'turned away': 'closed' },
  joined: { lost: 'waiting', behind: 'joining', 'turned away': 'closed' },
  pausing: { lost: 'waiting', due: 'joining', 'turned away': 'closed' },
  closed: {},
}

/** What does not concern a phase leaves it as it is. */
export const nextPhase = (phase: Phase, event: PhaseEvent): Phase => NEXT[phase][event] ?? phase
