/** A session with what `can` asks of it, and what an actor sees of sessions, as SQL by the same rules. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { GroupRole } from '../../app/domain/groups'
import { isId } from '../../app/domain/id'
import { type Actor, delegationOf, institutionOf, secretariatRole } from '../../app/domain/people'
import type { SessionScope } from '../../app/domain/session-rights'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { groupMembers, workingGroups } from '../schema/groups'
import { credentials, sessionReaders, sessions } from '../schema/sessions'

const today = () => new Date().toISOString().slice(0, 10)

/** Of a seat: it holds today. */
const holdsToday = () =>
  sql`${groupMembers.from} <= ${today()} and (${groupMembers.to} is null or ${groupMembers.to} > ${today()})`

/** A group's seats that hold today, with the delegations' names, in the order of names. */
export const seatsToday = (db: Queryable, groupId: string) =>
  db
    .select({
      id: groupMembers.id,
      delegationId: groupMembers.delegationId,
      role: groupMembers.role,
      name: organization.name,
      iso2: organization.partnerIso2,
    })
    .from(groupMembers)
    .innerJoin(organization, eq(organization.id, groupMembers.delegationId))
    .where(and(eq(groupMembers.groupId, groupId), holdsToday()))
    .orderBy(organization.name)

type Seat = { delegationId: string; role: GroupRole; name: string; iso2: string | null }
type Alternate = { userId: string; delegationId: string }

const seatHolds = () => sql`${groupMembers.groupId} = ${sessions.groupId} and ${holdsToday()}`

const seatsOfSession = () => sql<Seat[]>`coalesce((
  select json_agg(json_build_object('delegationId', ${groupMembers.delegationId}, 'role', ${groupMembers.role},
    'name', ${organization.name}, 'iso2', ${organization.partnerIso2}) order by ${organization.name})
  from ${groupMembers} join ${organization} on ${organization.id} = ${groupMembers.delegationId} where ${seatHolds()}), '[]')`

const readersOfSession = sql<string[]>`array(
  select ${sessionReaders.delegationId} from ${sessionReaders} where ${sessionReaders.sessionId} = ${sessions.id})`

const alternatesOfSession = () => sql<Alternate[]>`coalesce((
  select json_agg(json_build_object('userId', ${credentials.userId}, 'delegationId', ${credentials.delegationId}))
  from ${credentials} where ${credentials.scope} = 'vote' and ${credentials.from} <= ${today()}
    and ${credentials.to} > ${today()} and ${credentials.delegationId} in (
      select ${groupMembers.delegationId} from ${groupMembers} where ${seatHolds()})), '[]')`

/** Null when there is no such session. One query: each act in a room asks it while the next ones wait. */
export const scopedSession = async (db: Queryable, id: string) =>
  (await scopedSessions(db, [id])).get(id) ?? null

/** Several of them by their ids, without those that do not exist: one query for all. */
export async function scopedSessions(db: Queryable, ids: readonly string[]) {
  const asked = [...new Set(ids)].filter(isId)
  const rows = await db
    .select({
      session: sessions,
      group: workingGroups,
      seats: seatsOfSession(),
      readerIds: readersOfSession,
      alternates: alternatesOfSession(),
    })
    .from(sessions)
    .innerJoin(workingGroups, eq(workingGroups.id, sessions.groupId))
    .where(inArray(sessions.id, asked))
  return new Map(
    rows.map(({ session, group, seats, readerIds, alternates }) => {
      const scope: SessionScope = {
        kind: 'session',
        status: session.status,
        marking: session.marking,
        seats: seats.map(({ delegationId, role }) => ({ delegationId, role })),
        readerIds,
        presiding: session.presiding,
        alternates,
      }
      return [session.id, { session, group, seats, scope }]
    }),
  )
}
export type ScopedSession = NonNullable<Awaited<ReturnType<typeof scopedSession>>>

/** Sessions in whose room the actor may be. */
export function attendableSession(actor: Actor): SQL {
  const office = secretariatRole(actor)
  if (office === 'secretary') return sql`true`
  if (office === 'coordinator') return sql`${sessions.marking} <> 'restricted'`
  const delegation = delegationOf(actor)
  if (!delegation) return sql`false`
  const { seat, named, prepares } = standing(delegation.id)
  return sql`(case when ${sessions.status} = 'draft' then ${prepares} else ${seat(sql``)} end and (${sessions.marking} <> 'restricted' or ${named}))`
}

/** What a delegation is to a session, as conditions over `sessions`. */
function standing(delegationId: string) {
  const seat = (roles: SQL) =>
    sql`exists (select 1 from ${groupMembers} where ${groupMembers.groupId} = ${sessions.groupId} and ${groupMembers.delegationId} = ${delegationId} and ${holdsToday()} ${roles})`
  const named = sql`exists (select 1 from ${sessionReaders} where ${sessionReaders.sessionId} = ${sessions.id} and ${sessionReaders.delegationId} = ${delegationId})`
  return {
    seat,
    named,
    prepares: seat(sql`and ${groupMembers.role} in ('chair', 'vice_chair', 'secretary')`),
  }
}

/** Sessions of which the actor may know that they exist. */
export function visibleSession(actor: Actor): SQL {
  if (institutionOf(actor)) return sql`false`
  const office = secretariatRole(actor)
  if (office === 'secretary') return sql`true`
  const open = and(sql`${sessions.status} <> 'draft'`, inArray(sessions.marking, ['public', 'forge'])) as SQL
  if (office === 'coordinator') return sql`${sessions.marking} <> 'restricted'`
  const delegation = delegationOf(actor)
  if (!delegation) return open
  const { seat, named, prepares } = standing(delegation.id)
  return sql`(case
    when ${sessions.status} = 'draft' then ${prepares} and (${sessions.marking} <> 'restricted' or ${named})
    when ${sessions.marking} in ('public', 'forge') then true
    when ${sessions.marking} = 'restricted' then ${named}
    else ${seat(sql``)} end)`
}
