/** A session with what `can` asks of it, and what an actor sees of sessions, as SQL by the same rules. */
import { and, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { isId } from '../../app/domain/id'
import { type Actor, delegationOf, institutionOf, secretariatRole } from '../../app/domain/people'
import type { SessionScope } from '../../app/domain/session-rights'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { groupMembers, workingGroups } from '../schema/groups'
import { credentials, sessionReaders, sessions } from '../schema/sessions'

const today = () => new Date().toISOString().slice(0, 10)

/** A group's seats that hold today, with the delegations' names, in the order of names. */
export const seatsToday = (db: Queryable, groupId: string) =>
  db
    .select({
      delegationId: groupMembers.delegationId,
      role: groupMembers.role,
      name: organization.name,
      iso2: organization.partnerIso2,
    })
    .from(groupMembers)
    .innerJoin(organization, eq(organization.id, groupMembers.delegationId))
    .where(
      and(
        eq(groupMembers.groupId, groupId),
        lte(groupMembers.from, today()),
        or(isNull(groupMembers.to), gt(groupMembers.to, today())),
      ),
    )
    .orderBy(organization.name)

/** Null when there is no such session. */
export async function scopedSession(db: Queryable, id: string) {
  if (!isId(id)) return null
  const [row] = await db
    .select({ session: sessions, group: workingGroups })
    .from(sessions)
    .innerJoin(workingGroups, eq(workingGroups.id, sessions.groupId))
    .where(eq(sessions.id, id))
  if (!row) return null
  const { session } = row
  const seats = await seatsToday(db, session.groupId)
  const readers = await db
    .select({ id: sessionReaders.delegationId })
    .from(sessionReaders)
    .where(eq(sessionReaders.sessionId, id))
  const alternates = await db
    .select({ userId: credentials.userId, delegationId: credentials.delegationId })
    .from(credentials)
    .where(
      and(
        eq(credentials.scope, 'vote'),
        lte(credentials.from, today()),
        gt(credentials.to, today()),
        inArray(credentials.delegationId, ['', ...seats.map(({ delegationId }) => delegationId)]),
      ),
    )
  const scope: SessionScope = {
    kind: 'session',
    status: session.status,
    marking: session.marking,
    seats: seats.map(({ delegationId, role }) => ({ delegationId, role })),
    readerIds: readers.map((one) => one.id),
    presiding: session.presiding,
    alternates,
  }
  return { ...row, seats, scope }
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
    sql`exists (select 1 from ${groupMembers} where ${groupMembers.groupId} = ${sessions.groupId} and ${groupMembers.delegationId} = ${delegationId} and ${groupMembers.from} <= ${today()} and (${groupMembers.to} is null or ${groupMembers.to} > ${today()}) ${roles})`
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
