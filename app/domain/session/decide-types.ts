import type { SessionAct, SessionRight } from './acts'
import type { Decision } from './decision'
import type { By, Choice, Rules, SessionState } from './model'

export type Who = By & { may: Readonly<Record<SessionRight, boolean>> }

/** What is not in the log: the server reads it before it asks. */
export type World = {
  now: number
  newId: () => string
  /** Roll-call: how delegations voted on the motion of the act. */
  roll?: Readonly<Record<string, Choice>>
  /** Secret: what lies in the box of the motion of the act. */
  ballots?: readonly { receipt: string; choice: Choice }[]
  /** The group's rules and members on this day. */
  rules?: Rules
  /** Earliest start that the group's notice allows, and the start. */
  notice?: { earliest: number; startsAt: number }
  /** What the group decided by silence and no session announced yet. */
  announcements?: { number: string; title: string }[]
  document?: { id: string; title: string } | null
  /** Of a silence procedure. */
  deadline?: number
}

export type Decide = (state: SessionState, act: SessionAct, who: Who, world: World) => Decision | null
