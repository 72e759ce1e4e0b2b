/** The texts of a session: what decides over them, and which there are. */
import { and, desc, eq, gte, inArray } from 'drizzle-orm'
import { DECIDING_ROLES } from '../../app/domain/groups'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { type SessionText, type SessionTextScope, seatShare } from '../../app/domain/session-text-rights'
import type { Queryable } from '../connection'
import { groupMembers } from '../schema/groups'
import { minutesVersions, sessionTexts } from '../schema/session-texts'
import { sessions } from '../schema/sessions'
import { type ScopedSession, scopedSessions } from './session-scope'

/** Of which session a text is, and what follows from it. */
export type TextOfSession = {
  id: string
  title: string
  group: string
  text: SessionText
  chatham: boolean
}

export type ScopedSessionText = ReturnType<typeof scopeOf>

/** What sessions say of their texts, by the document's id. */
export async function sessionTextScopes(
  db: Queryable,
  documentIds: readonly string[],
): Promise<Map<string, ScopedSessionText>> {
  if (documentIds.length === 0) return new Map()
  const rows = await db
    .select()
    .from(sessionTexts)
    .where(inArray(sessionTexts.documentId, [...documentIds]))
  const scoped = await scopedSessions(
    db,
    rows.map(({ sessionId }) => sessionId),
  )
  const found = new Map<string, ScopedSessionText>()
  for (const { documentId, sessionId, kind } of rows) {
    const session = scoped.get(sessionId)
    if (session) found.set(documentId, scopeOf(session, kind))
  }
  return found
}

function scopeOf(found: ScopedSession, text: SessionText) {
  const { session, group, seats } = found
  const { id, title, marking, chatham } = session
  const scope: SessionTextScope = { kind: 'session_text', text, marking, session: found.scope, chatham }
  const named = ({ delegationId }: { delegationId: string }) =>
    marking !== 'restricted' || found.scope.readerIds.includes(delegationId)
  return {
    scope,
    session: { id, title, group: group.name, text, chatham } satisfies TextOfSession,
    /** The group's delegations, as those who take part in the text; under the Chatham House Rule none is named. */
    grants: seats
      .filter((seat) => !chatham && named(seat))
      .map(({ delegationId, name, iso2, role }) => ({
        delegationId,
        name,
        iso2,
        level: seatShare(text, role),
      })),
  }
}

/** The id of a session's text, for somebody who may read it; null for others, as where there is none. */
export const readableSessionText = async (
  db: Queryable,
  actor: Actor,
  found: ScopedSession,
  kind: SessionText,
): Promise<string | null> =>
  can(actor, 'read', scopeOf(found, kind).scope) ? sessionTextOf(db, found.session.id, kind) : null

/** The id of a session's text; null where there is none. */
export async function sessionTextOf(db: Queryable, sessionId: string, kind: SessionText) {
  const [row] = await db
    .select({ id: sessionTexts.documentId })
    .from(sessionTexts)
    .where(and(eq(sessionTexts.sessionId, sessionId), eq(sessionTexts.kind, kind)))
  return row?.id ?? null
}

/** The ids, and channels, of all texts of a session. */
export async function textsOf(db: Queryable, sessionId: string): Promise<string[]> {
  const rows = await db
    .select({ id: sessionTexts.documentId })
    .from(sessionTexts)
    .where(eq(sessionTexts.sessionId, sessionId))
  return rows.map(({ id }) => id)
}

const versionLine = {
  number: minutesVersions.number,
  sha256: minutesVersions.sha256,
  decision: minutesVersions.decision,
  approvedAt: minutesVersions.approvedAt,
}

/** Versions of a session's minutes that were approved, the last first. For whoever may know of the session. */
export const minutesVersionsOf = (db: Queryable, sessionId: string) =>
  db
    .select(versionLine)
    .from(minutesVersions)
    .where(eq(minutesVersions.sessionId, sessionId))
    .orderBy(desc(minutesVersions.number))

/** One of them with its bytes; null where there is none. */
export async function minutesVersion(db: Queryable, sessionId: string, number: number) {
  const [row] = await db
    .select({ ...versionLine, data: minutesVersions.data })
    .from(minutesVersions)
    .where(and(eq(minutesVersions.sessionId, sessionId), eq(minutesVersions.number, number)))
  return row ?? null
}

/** Whether minutes of the session were approved at that instant or after it: they may hold what was there then. */
export async function wasApprovedSince(db: Queryable, sessionId: string, at: Date): Promise<boolean> {
  const [row] = await db
    .select({ number: minutesVersions.number })
    .from(minutesVersions)
    .where(and(eq(minutesVersions.sessionId, sessionId), gte(minutesVersions.approvedAt, at)))
    .limit(1)
  return row !== undefined
}

/** Whether the actor's delegation had a deciding seat in the group of the text's session at any time. */
export async function hadSeat(db: Queryable, actor: Actor, sessionId: string): Promise<boolean> {
  const delegation = delegationOf(actor)
  if (delegation?.role !== 'head' && delegation?.role !== 'delegate') return false
  const rows = await db
    .select({ role: groupMembers.role })
    .from(groupMembers)
    .innerJoin(sessions, eq(sessions.groupId, groupMembers.groupId))
    .where(and(eq(sessions.id, sessionId), eq(groupMembers.delegationId, delegation.id)))
  return rows.some(({ role }) => DECIDING_ROLES.includes(role))
}
