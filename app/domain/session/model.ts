/**
 * A working group in session, as the fold of its events. Server, browser and tests share it. All instants are the
 * server's, in ms since 1970.
 *
 *   draft → announced → open ⇄ suspended → closed → minutes_draft ⇄ minutes_approved
 *
 * Agenda items: pending → open → closed | adjourned (adjourned ones may be opened again); one is open at a time.
 */
import type { GroupRole } from '../groups'

export const SESSION_STATUSES = [
  'draft',
  'announced',
  'open',
  'suspended',
  'closed',
  'minutes_draft',
  'minutes_approved',
] as const
export type SessionStatus = (typeof SESSION_STATUSES)[number]
export const SESSION_STATUS_LABEL: Record<SessionStatus, string> = {
  draft: 'In preparation',
  announced: 'Announced',
  open: 'In session',
  suspended: 'Suspended',
  closed: 'Closed',
  minutes_draft: 'Minutes in draft',
  minutes_approved: 'Minutes approved',
}

/** There is something to read of what happened. */
export const WITH_MINUTES: readonly SessionStatus[] = ['closed', 'minutes_draft', 'minutes_approved']

export const ITEM_STATES = ['pending', 'open', 'closed', 'adjourned'] as const
export type ItemState = (typeof ITEM_STATES)[number]
export const ITEM_STATE_LABEL: Record<ItemState, string> = {
  pending: 'To come',
  open: 'Open',
  closed: 'Closed',
  adjourned: 'Adjourned',
}

/** In the order in which they take the floor. */
export const HAND_KINDS = ['point_of_order', 'right_of_reply', 'statement'] as const
export type HandKind = (typeof HAND_KINDS)[number]
export const HAND_LABEL: Record<HandKind, string> = {
  point_of_order: 'Point of order',
  right_of_reply: 'Right of reply',
  statement: 'Statement',
}

export const SIDES = ['for', 'against'] as const
export type Side = (typeof SIDES)[number]

export const CHOICES = ['yes', 'no', 'abstain'] as const
export type Choice = (typeof CHOICES)[number]
export const CHOICE_LABEL: Record<Choice, string> = { yes: 'Yes', no: 'No', abstain: 'Abstain' }

export const MAJORITIES = ['simple', 'two_thirds'] as const
export type Majority = (typeof MAJORITIES)[number]
export const MAJORITY_LABEL: Record<Majority, string> = {
  simple: 'Simple majority',
  two_thirds: 'Two-thirds majority',
}

/** Of whom a majority is taken. */
export const BASES = ['voting', 'present', 'entitled'] as const
export type Base = (typeof BASES)[number]
export const BASE_LABEL: Record<Base, string> = {
  voting: 'of those voting yes or no',
  present: 'of those present when the vote opened',
  entitled: 'of all that may vote',
}

export const METHODS = ['roll_call', 'secret'] as const
export type Method = (typeof METHODS)[number]
export const METHOD_LABEL: Record<Method, string> = { roll_call: 'Roll-call', secret: 'Secret ballot' }

/** Fewer secret ballots than this would tell how somebody voted: then nothing is counted. */
export const FEWEST_SECRET = 3

export type Person = { userId: string; name: string }
export type By = Person & { delegationId: string | null }

/** What holds in this session: the group's rules as they are when it opens, and from then on. */
export type Rules = {
  /** Delegations that must be present for a decision. */
  quorum: number
  majority: Majority
  base: Base
  /** How many absent delegations one may vote for. */
  proxies: number
  /** A motion or amendment needs a second delegation. */
  seconder: boolean
  /** Of a statement; null: no limit. */
  speechSeconds: number | null
  /** Names and affiliations stay out of notes, minutes and exports. Never taken back. */
  chatham: boolean
}

export type Delegation = { id: string; name: string; iso2: string | null; seat: GroupRole }

export type Item = {
  id: string
  title: string
  /** Planned; null: not said. */
  minutes: number | null
  state: ItemState
  /** Of the portal: what is under discussion. */
  documents: { id: string; title: string }[]
  /** A proposal before the group. */
  proposalId: string | null
  /** What an earlier decision asked for and is reported on. */
  followUpId?: string | null
  reason: string | null
}

export type Hand = By & {
  id: string
  delegationId: string
  kind: HandKind
  side: Side | null
  at: number
  /** The chair put it where it is. */
  placed: boolean
}

/** Somebody has the floor. `since` null: the clock stands still at `usedMs`. */
export type Speech = Omit<Hand, 'at' | 'placed'> & {
  startedAt: number
  since: number | null
  usedMs: number
  limit: number | null
}

export type Used = { ms: number } & Record<HandKind, number>

export const MOTION_STATES = [
  'proposed',
  'seconded',
  'consensus',
  'papers',
  'voting',
  'adopted',
  'rejected',
  'fell',
  'withdrawn',
  'silence',
] as const
export type MotionState = (typeof MOTION_STATES)[number]
export const MOTION_STATE_LABEL: Record<MotionState, string> = {
  proposed: 'Waits for a second',
  seconded: 'Before the group',
  consensus: 'Is there consensus?',
  papers: 'Ballot papers are given out',
  voting: 'Vote open',
  adopted: 'Adopted',
  rejected: 'Not adopted',
  fell: 'Fell',
  withdrawn: 'Withdrawn',
  silence: 'In silence procedure',
}

export type Remark = { delegationId: string; text: string; at: number }

export type Vote = {
  method: Method
  majority: Majority
  base: Base
  openedAt: number
  /** Frozen when it opened: who may vote, and who of them was present or represented. */
  entitled: string[]
  present: string[]
  /** Who holds whose vote. */
  proxies: Record<string, string>
  /** Roll-call: who has voted. Secret: who has a ballot paper. Never how. */
  voters: string[]
}

export type Counts = Record<Choice, number>

/** What came of a vote; told when it closed, never before. */
export type Result = {
  method: Method
  counts: Counts
  adopted: boolean
  /** How that follows from the counts, in a sentence. */
  arithmetic: string
  closedAt: number
  /** Roll-call: by delegation. */
  roll: Record<string, Choice> | null
  /** Secret: every ballot by its receipt, sorted by it, so that each voter finds their own. */
  ballots: { receipt: string; choice: Choice }[] | null
  /** Why nothing was counted. */
  void: string | null
}

export type Motion = {
  id: string
  /** Of an amendment: the motion that it would change. */
  amends: string | null
  itemId: string
  title: string
  text: string
  /** Of an amendment: the passage that it replaces, by `text`. */
  passage: string | null
  /** Words that it takes out and puts in: the furthest amendment is decided first. */
  distance: number
  proposalId: string | null
  outcome: 'endorsed' | 'declined' | null
  /** The earlier session whose minutes it approves. */
  approves: string | null
  by: By
  seconder: string | null
  state: MotionState
  objections: Remark[]
  reservations: Remark[]
  vote: Vote | null
  result: Result | null
  how: 'consensus' | 'vote' | null
  /** Of the decision that it became. */
  number: string | null
  why: string | null
  silence: { procedureId: string; deadline: number } | null
  at: number
  /** When it was adopted or voted on, the last time; null: not yet. Not known of what was decided long ago. */
  decidedAt?: number | null
}

export type FollowUp = { id: string; number: string; text: string; ownerId: string; due: string }

export type Pointer = { documentId: string; place: string | null; at: number }

export type SessionState = {
  status: SessionStatus
  /** Why it is suspended. */
  reason: string | null
  openedAt: number | null
  closedAt: number | null
  rules: Rules
  delegations: Record<string, Delegation>
  /** Who presides: a delegation of the group; null until it opens. */
  presiding: string | null
  /** People in the room, by delegation; the secretariat's under `secretariat`. */
  present: Record<string, Person[]>
  /** Delegations that came at any time, with when they first did. */
  attended: Record<string, number>
  proxies: Record<string, string>
  /** What delegations said before it opened: whether they come. */
  attendance: Record<string, boolean>
  /** Decided by silence since the group's last session, announced when this one opened. */
  announcements: { number: string; title: string }[]
  items: Item[]
  queueOpen: boolean
  hands: Hand[]
  floor: Speech | null
  /** Whose speech a point of order interrupted. */
  interrupted: Speech | null
  /** By delegation, over the whole session. */
  used: Record<string, Used>
  /** Delegations that made a statement on the open item. */
  spoken: string[]
  motions: Motion[]
  followUps: FollowUp[]
  /** Where the chair is; those who follow see the same. */
  pointer: Pointer | null
  /** Counts messages to the chair, which nobody else reads. */
  messages: number
}

export const SECRETARIAT = 'secretariat'

/** Before anything happened. */
export const EMPTY_SESSION: SessionState = {
  status: 'draft',
  reason: null,
  openedAt: null,
  closedAt: null,
  rules: {
    quorum: 1,
    majority: 'simple',
    base: 'voting',
    proxies: 0,
    seconder: true,
    speechSeconds: null,
    chatham: false,
  },
  delegations: {},
  presiding: null,
  present: {},
  attended: {},
  proxies: {},
  attendance: {},
  announcements: [],
  items: [],
  queueOpen: false,
  hands: [],
  floor: null,
  interrupted: null,
  used: {},
  spoken: [],
  motions: [],
  followUps: [],
  pointer: null,
  messages: 0,
}
