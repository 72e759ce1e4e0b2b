/** What decisions ask of delegations, as far as somebody may know of the session that decided. */
import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { workingGroups } from '../schema/groups'
import { followUps, sessions } from '../schema/sessions'
import { scopedSession, visibleSession } from './session-scope'

const open = sql`${followUps.doneAt} is null`

const listed = (db: Queryable, actor: Actor, where: SQL | undefined) =>
  db
    .select({
      id: followUps.id,
      number: followUps.number,
      text: followUps.text,
      dueOn: followUps.dueOn,
      owner: organization.name,
      group: workingGroups.name,
      marking: sessions.marking,
    })
    .from(followUps)
    .innerJoin(sessions, eq(sessions.id, followUps.sessionId))
    .innerJoin(workingGroups, eq(workingGroups.id, followUps.groupId))
    .innerJoin(organization, eq(organization.id, followUps.ownerId))
    .where(and(where, visibleSession(actor)))
    .orderBy(asc(followUps.dueOn), asc(followUps.id))
    .limit(200)

/** What decisions of a group asked for and is not done, the first due first. */
export const openFollowUps = (db: Queryable, actor: Actor, groupId: string) =>
  listed(db, actor, and(eq(followUps.groupId, groupId), open))

/**
 * What may be put on the agenda of a group's next session, as its items say it. Not what a restricted session asked for: its
 * readers may be fewer.
 */
export async function reportable(db: Queryable, actor: Actor, groupId: string) {
  const open = await openFollowUps(db, actor, groupId)
  return open
    .filter(({ marking }) => marking !== 'restricted')
    .map(({ id, number, text, owner, dueOn }) => ({
      ...{ id, title: `Follow-up to ${number}: ${text}`.slice(0, 200), note: `${owner}, due ${dueOn}` },
    }))
}

/** What is asked of a delegation and not done, the first due first. */
export const ownFollowUps = (db: Queryable, actor: Actor, delegationId: string) =>
  listed(db, actor, and(eq(followUps.ownerId, delegationId), open))

/** One, with who said that it is done, and whether the actor may. Throws `notFound`. */
export async function followUpPage(db: Queryable, actor: Actor, id: string) {
  if (!isId(id)) throw notFound()
  const [row] = await db
    .select({
      followUp: followUps,
      owner: organization.name,
      group: workingGroups.name,
      session: sessions.title,
      doneBy: user.name,
    })
    .from(followUps)
    .innerJoin(sessions, eq(sessions.id, followUps.sessionId))
    .innerJoin(workingGroups, eq(workingGroups.id, followUps.groupId))
    .innerJoin(organization, eq(organization.id, followUps.ownerId))
    .leftJoin(user, eq(user.id, followUps.doneBy))
    .where(eq(followUps.id, id))
  const found = row && (await scopedSession(db, row.followUp.sessionId))
  if (!row || !found) throw notFound()
  const scope = { kind: 'follow_up', ownerId: row.followUp.ownerId, session: found.scope } as const
  if (!can(actor, 'see', scope)) throw notFound()
  return { ...row, marking: found.session.marking, mayFinish: can(actor, 'finish', scope) }
}
