/** The audit trail, for administrators. */
import { and, count, desc, eq, gte, ilike, lt, or, type SQL, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can, PORTAL } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { auditEntries } from '../schema/audit'
import { organization, user } from '../schema/auth'
import { contains } from './contains'

export type AuditFilter = {
  /** Part of the act, the object's kind or id. */
  search: string | null
  /** Part of the person's name, their address or their organization's name. */
  who: string | null
  /** Calendar dates, UTC; both count. */
  from: string | null
  to: string | null
  page: number
}

export const ENTRIES_A_PAGE = 100
/** A file of more is asked for in parts, by date. */
export const MAX_EXPORTED = 50_000

/** A page of entries, the last first, with how many there are. Throws `notFound` for all but administrators. */
export async function auditTrail(db: Queryable, actor: Actor, filter: AuditFilter) {
  mayRead(actor)
  const [entries, [total]] = await Promise.all([
    entriesOf(db, filter)
      .limit(ENTRIES_A_PAGE)
      .offset((filter.page - 1) * ENTRIES_A_PAGE),
    db
      .select({ count: count() })
      .from(auditEntries)
      .leftJoin(user, eq(user.id, auditEntries.userId))
      .leftJoin(organization, eq(organization.id, auditEntries.organizationId))
      .where(conditionOf(filter)),
  ])
  return { entries, total: total?.count ?? 0 }
}

/** All that fit the filter, the last first, at most `MAX_EXPORTED`. Throws `notFound` for all but administrators. */
export async function auditEntriesFor(db: Queryable, actor: Actor, filter: AuditFilter) {
  mayRead(actor)
  return entriesOf(db, filter).limit(MAX_EXPORTED)
}

function mayRead(actor: Actor): void {
  if (!can(actor, 'read_audit', PORTAL)) throw notFound()
}

const entriesOf = (db: Queryable, filter: AuditFilter) =>
  db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      by: user.name,
      email: user.email,
      of: organization.name,
      from: auditEntries.from,
      act: auditEntries.act,
      objectKind: auditEntries.objectKind,
      objectId: auditEntries.objectId,
      before: sql<string | null>`${auditEntries.before}::text`,
      after: sql<string | null>`${auditEntries.after}::text`,
      hash: auditEntries.hash,
    })
    .from(auditEntries)
    .leftJoin(user, eq(user.id, auditEntries.userId))
    .leftJoin(organization, eq(organization.id, auditEntries.organizationId))
    .where(conditionOf(filter))
    .orderBy(desc(auditEntries.id))
    .$dynamic()

function conditionOf({ search, who, from, to }: AuditFilter): SQL | undefined {
  const part = search && contains(search)
  const person = who && contains(who)
  return and(
    part
      ? or(
          ilike(auditEntries.act, part),
          ilike(auditEntries.objectKind, part),
          ilike(auditEntries.objectId, part),
        )
      : undefined,
    person
      ? or(ilike(user.name, person), ilike(user.email, person), ilike(organization.name, person))
      : undefined,
    from ? gte(auditEntries.at, new Date(`${from}T00:00:00Z`)) : undefined,
    to ? lt(auditEntries.at, new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000)) : undefined,
  )
}
