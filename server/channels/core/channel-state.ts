/**
 * How far a node knows a channel.
 *
 *          needed              read
 *   cold ─────────▶ opening ─────────▶ open ◀──────────┐
 *    ▲                 │                │ │            │ read
 *    │    read failed  │  commit failed │ │   moved    │
 *    ├─────────────────┘    or idle     │ └───────▶ behind
 *    ├──────────────────────────────────┘              │
 *    └─────────────────────────────────────────────────┘
 *                       read or commit failed
 *
 * Only in `open` are entries judged; in `opening` and `behind` they wait for the log to be read.
 */
export const CHANNEL_STATES = ['cold', 'opening', 'open', 'behind'] as const
export type ChannelState = (typeof CHANNEL_STATES)[number]

export const CHANNEL_EVENTS = [
  'needed', // somebody appends
  'read', // the log was read to its end
  'read failed',
  'moved', // the log holds entries that this node did not write
  'commit failed', // what the log holds now is not known
  'idle',
] as const
export type ChannelEvent = (typeof CHANNEL_EVENTS)[number]

const NEXT: Record<ChannelState, Partial<Record<ChannelEvent, ChannelState>>> = {
  cold: { needed: 'opening' },
  opening: { read: 'open', 'read failed': 'cold' },
  open: { moved: 'behind', 'commit failed': 'cold', idle: 'cold' },
  behind: { read: 'open', 'read failed': 'cold', 'commit failed': 'cold' },
}

/** What does not concern a state leaves it as it is. */
export const next = (state: ChannelState, event: ChannelEvent): ChannelState => NEXT[state][event] ?? state
