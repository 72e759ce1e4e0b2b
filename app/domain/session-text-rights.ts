/**
 * The texts of a session: its shared notes, and its minutes while they are written together. Who may do what follows from
 * the session alone: nobody shares them out. `rights.ts` asks here.
 */
import { DECIDING_ROLES, type GroupRole } from './groups'
import type { Marking } from './marking'
import { type Actor, delegationOf } from './people'
import type { SessionStatus } from './session/model'
import { canWithSession, PREPARES, type SessionScope } from './session-rights'
import { ALLOWS, type GrantLevel, type TextAct, textRight } from './text-right'

export const SESSION_TEXTS = ['notes', 'minutes'] as const
export type SessionText = (typeof SESSION_TEXTS)[number]
export const SESSION_TEXT_LABEL: Record<SessionText, string> = { notes: 'Notes', minutes: 'Minutes' }

export type SessionTextScope = {
  kind: 'session_text'
  text: SessionText
  /** The session's. */
  marking: Marking
  session: SessionScope
  /** Names and affiliations stay out: nobody is told who wrote what, and nobody comments by name. */
  chatham: boolean
}

/** Notes are open until the minutes are approved; minutes are written while they are a draft. */
const OPEN: Record<SessionText, readonly SessionStatus[]> = {
  notes: ['draft', 'announced', 'open', 'suspended', 'closed', 'minutes_draft'],
  minutes: ['minutes_draft'],
}

export function canWithSessionText(actor: Actor, act: TextAct, scope: SessionTextScope): boolean {
  const { session, chatham } = scope
  if (!canWithSession(actor, 'attend', session)) return false
  if (act === 'settle') return canWithSession(actor, 'run', session)
  // Its name, its marking and its readers are the session's.
  if (act === 'rename' || act === 'invite' || act === 'mark') return false
  if (act === 'comment' && chatham) return false
  return ALLOWS[levelOf(actor, scope)].includes(act)
}

/** What a seat in the group gives a delegation of a session's text. */
export function seatShare(text: SessionText, seat: GroupRole): GrantLevel {
  if (!DECIDING_ROLES.includes(seat)) return 'read'
  return text === 'notes' || PREPARES.includes(seat) ? 'write' : 'comment'
}

/** Of somebody who may be in the room. */
function levelOf(actor: Actor, { text, session }: SessionTextScope): GrantLevel {
  if (!OPEN[text].includes(session.status)) return 'read'
  if (canWithSession(actor, 'run', session)) return 'write'
  const own = delegationOf(actor)?.id
  const seat = session.seats.find(({ delegationId }) => delegationId === own)?.role
  return textRight(actor, seat ? seatShare(text, seat) : 'read') ?? 'read'
}
