import { desc, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/connection'
import { auditEntries } from '../../db/schema/audit'
import { EMPTY_CHAIN, hashOf, plain, storable } from './chain'

/** Any number that no other advisory lock of the portal uses. */
const AUDIT_LOCK = 7_340_232

export type AuditAct = {
  /** Who acted; null for the portal itself, and for somebody who is not signed in. */
  actor: { userId: string; organization: { id: string } } | null
  /** Address the request came from, where there was one. */
  from?: string | null
  /** Subject and verb, as `proposal.start`. */
  act: string
  objectKind: string
  objectId: string
  before?: unknown
  after?: unknown
}

/**
 * Writes an audit entry in the act's own transaction. Acts take turns, so the chain has one order: from here to its
 * commit the transaction holds up every other one that records, so this comes last in it. The transaction must read
 * what others committed meanwhile (READ COMMITTED, PostgreSQL's default).
 */
export async function recordAct(tx: Transaction, act: AuditAct): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`)
  const [last = EMPTY_CHAIN] = await tx
    .select({ id: auditEntries.id, hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.id))
    .limit(1)
  const entry = {
    id: last.id + 1,
    at: new Date(),
    userId: act.actor?.userId ?? 'portal',
    organizationId: act.actor?.organization.id ?? 'portal',
    from: act.from ?? null,
    act: act.act,
    objectKind: act.objectKind,
    objectId: storable(act.objectId),
    before: plain(act.before),
    after: plain(act.after),
    previousHash: last.hash,
  }
  await tx.insert(auditEntries).values({ ...entry, hash: hashOf(entry) })
}
