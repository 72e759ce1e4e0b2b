/** Sessions of working groups, as far as somebody may know of them. */
import { and, asc, desc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { workingGroups } from '../schema/groups'
import { proposals } from '../schema/projects'
import { sessionMessages, sessions } from '../schema/sessions'
import { scopedSession, visibleSession } from './session-scope'
import { visibleProposal } from './visibility'

const line = {
  id: sessions.id,
  title: sessions.title,
  startsAt: sessions.startsAt,
  endsAt: sessions.endsAt,
  zone: sessions.zone,
  status: sessions.status,
  marking: sessions.marking,
  group: workingGroups.name,
  groupId: workingGroups.id,
}

const listed = (db: Queryable, actor: Actor, where?: SQL) =>
  db
    .select(line)
    .from(sessions)
    .innerJoin(workingGroups, eq(workingGroups.id, sessions.groupId))
    .where(and(visibleSession(actor), where))

/** A group's sessions, the latest first. */
export const sessionsOf = (db: Queryable, actor: Actor, groupId: string) =>
  listed(db, actor, eq(sessions.groupId, groupId)).orderBy(desc(sessions.startsAt)).limit(100)

/** Sessions of all groups that are under way or to come, the next first. */
export const comingSessions = (db: Queryable, actor: Actor) =>
  listed(
    db,
    actor,
    and(
      inArray(sessions.status, ['draft', 'announced', 'open', 'suspended']),
      gte(sessions.endsAt, sql`now() - interval '7 days'`),
    ),
  )
    .orderBy(asc(sessions.startsAt))
    .limit(50)

/** Sessions of a group whose minutes wait for a decision, as far as the actor may know of them. */
export const minutesToApprove = (db: Queryable, actor: Actor, groupId: string) =>
  db
    .select({ id: sessions.id, title: sessions.title })
    .from(sessions)
    .where(and(visibleSession(actor), eq(sessions.groupId, groupId), eq(sessions.status, 'minutes_draft')))
    .orderBy(asc(sessions.startsAt))

/** A session for somebody who may know of it. Throws `notFound`. */
export async function sessionFor(db: Queryable, actor: Actor, id: string) {
  const found = await scopedSession(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  return found
}

/** Proposals that stand before a group, as far as the actor may know of them. */
export const proposalsBefore = (db: Queryable, actor: Actor, groupId: string) =>
  db
    .select({ id: proposals.id, title: proposals.title, lead: organization.name })
    .from(proposals)
    .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
    .where(and(eq(proposals.groupId, groupId), eq(proposals.state, 'in_decision'), visibleProposal(actor)))
    .orderBy(asc(proposals.title))

/** Messages to the chair: all for whoever runs the session, one's own for everybody else. The last 200. */
export async function messagesOf(db: Queryable, actor: Actor, sessionId: string) {
  const { scope } = await sessionFor(db, actor, sessionId)
  if (!can(actor, 'attend', scope)) throw notFound()
  const own = eq(sessionMessages.userId, actor.userId)
  const rows = await db
    .select({
      id: sessionMessages.id,
      handId: sessionMessages.handId,
      text: sessionMessages.text,
      at: sessionMessages.at,
      by: user.name,
      of: organization.name,
    })
    .from(sessionMessages)
    .innerJoin(user, eq(user.id, sessionMessages.userId))
    .innerJoin(organization, eq(organization.id, sessionMessages.organizationId))
    .where(and(eq(sessionMessages.sessionId, sessionId), can(actor, 'run', scope) ? undefined : own))
    .orderBy(desc(sessionMessages.at))
    .limit(200)
  return rows.reverse()
}
