/** Who is there: the one reading of session, membership and organization. */
import { fromNodeHeaders } from 'better-auth/node'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'
import { type Actor, actorFrom } from '../../app/domain/people'
import type { Queryable } from '../../db/connection'
import { member, organization, session, user } from '../../db/schema/auth'
import type { ResolveSession } from '../channels/types'
import type { Auth } from './auth'

const MEMBERSHIP = {
  userId: user.id,
  name: user.name,
  email: user.email,
  role: member.role,
  organizationId: organization.id,
  organizationName: organization.name,
  kind: organization.kind,
  partnerIso2: organization.partnerIso2,
}

/** The actor behind a session: null when it ended or its holder belongs to no organization (any more). */
export const resolveActorBySessionId = async (db: Queryable, sessionId: string): Promise<Actor | null> =>
  (await resolveActorsBySessionIds(db, [sessionId])).get(sessionId) ?? null

/** Of several sessions, by session; those without an actor are left out. One query: the engine asks it once a second. */
export async function resolveActorsBySessionIds(
  db: Queryable,
  sessionIds: readonly string[],
): Promise<Map<string, Actor>> {
  if (sessionIds.length === 0) return new Map()
  const rows = await db
    .select({ ...MEMBERSHIP, sessionId: session.id })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .innerJoin(member, eq(member.userId, user.id))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(and(inArray(session.id, [...sessionIds]), gt(session.expiresAt, sql`now()`)))
  return new Map(
    rows.flatMap((row) => {
      const actor = actorFrom(row, row.sessionId)
      return actor ? [[row.sessionId, actor] as const] : []
    }),
  )
}

/** The same for people who are not there, as when a notice is sent: whoever belongs to no organization is left out. */
export async function actorsOf(db: Queryable, userIds: readonly string[]): Promise<Map<string, Actor>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .select(MEMBERSHIP)
    .from(user)
    .innerJoin(member, eq(member.userId, user.id))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(inArray(user.id, [...userIds]))
  return new Map(
    rows.flatMap((row) => {
      const actor = actorFrom(row, '')
      return actor ? [[row.userId, actor] as const] : []
    }),
  )
}

/** The actor of a request's session cookie, or null. */
export async function actorOf(auth: Auth, db: Queryable, headers: Headers): Promise<Actor | null> {
  const current = await auth.api.getSession({ headers })
  return current ? resolveActorBySessionId(db, current.session.id) : null
}

/** The same for the handshake of a socket. */
export const resolveSession =
  (auth: Auth, db: Queryable): ResolveSession =>
  (headers) =>
    actorOf(auth, db, fromNodeHeaders(headers))
