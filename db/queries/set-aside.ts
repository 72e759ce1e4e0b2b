/** What was kept aside of a document, and whether somebody may keep something aside in it. */
import { and, asc, count, eq, exists, or, sql } from 'drizzle-orm'
import { type Actor, delegationOf } from '../../app/domain/people'
import type { Queryable } from '../connection'
import { auditEntries } from '../schema/audit'
import { organization, user } from '../schema/auth'
import { channelClients, channelEntries, channelWriters } from '../schema/channels'
import { setAside } from '../schema/set-aside'
import type { ScopedDocument } from './documents'
import { hadSeat } from './session-texts'

/** Whether the actor wrote in the document before, or their delegation could. Strangers never could. */
export async function couldWrite(db: Queryable, actor: Actor, document: ScopedDocument): Promise<boolean> {
  const delegation = delegationOf(actor)
  const writes = delegation?.role === 'head' || delegation?.role === 'delegate'
  if (writes && delegation.id === document.owner.id) return true
  if (document.session && (await hadSeat(db, actor, document.session.id))) return true
  const wrote = db
    .select({ one: sql`1` })
    .from(channelEntries)
    .where(and(eq(channelEntries.channelId, document.channelId), eq(channelEntries.userId, actor.userId)))
    .unionAll(
      db
        .select({ one: sql`1` })
        .from(channelWriters)
        .where(
          and(eq(channelWriters.channelId, document.channelId), eq(channelWriters.userId, actor.userId)),
        ),
    )
  const invited = db
    .select({ one: sql`1` })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.objectKind, 'document'),
        eq(auditEntries.objectId, document.id),
        sql`${auditEntries.after} ->> 'delegationId' = ${actor.organization.id}`,
        sql`${auditEntries.after} ->> 'level' = 'write'`,
      ),
    )
  const [found] = await db
    .select({ is: sql<boolean>`true` })
    .from(sql`(select 1) one`)
    .where(or(exists(wrote), writes ? exists(invited) : undefined))
  return found !== undefined
}

/** Yjs client ids of those given that belong to somebody else in the channel. */
export async function isForeign(
  db: Queryable,
  channelId: string,
  userId: string,
  clients: readonly number[],
): Promise<boolean> {
  if (clients.length === 0) return false
  const ids = sql.join(
    clients.map((client) => sql`${client}`),
    sql`, `,
  )
  const [found] = await db
    .select({ id: channelClients.clientId })
    .from(channelClients)
    .where(
      and(
        eq(channelClients.channelId, channelId),
        sql`${channelClients.clientId} in (${ids})`,
        sql`${channelClients.userId} <> ${userId}`,
      ),
    )
    .limit(1)
  return found !== undefined
}

export async function countAside(db: Queryable, documentId: string, userId: string): Promise<number> {
  const [found] = await db
    .select({ all: count() })
    .from(setAside)
    .where(and(eq(setAside.documentId, documentId), eq(setAside.userId, userId)))
  return found?.all ?? 0
}

/** What waits for a decision, the oldest first: later work of a person may build on earlier. */
export const asideOf = (db: Queryable, documentId: string) =>
  db
    .select({
      id: setAside.id,
      at: setAside.at,
      author: user.name,
      organization: organization.name,
      iso2: organization.partnerIso2,
      updates: setAside.updates,
    })
    .from(setAside)
    .innerJoin(user, eq(user.id, setAside.userId))
    .innerJoin(organization, eq(organization.id, setAside.organizationId))
    .where(eq(setAside.documentId, documentId))
    .orderBy(asc(setAside.at), asc(setAside.id))
    .limit(20)
