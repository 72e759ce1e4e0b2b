import { createHash } from 'node:crypto'
import { asc, desc, sql } from 'drizzle-orm'
import type { Queryable, Transaction } from '../../db/connection'
import { auditEntries } from '../../db/schema/audit'

/** Any number that no other advisory lock of the portal uses. */
const AUDIT_LOCK = 7_340_232
const START = '0'.repeat(64)

export type AuditAct = {
  /** Who acted; null for the portal itself. */
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

type AuditRow = typeof auditEntries.$inferSelect

/** JSON with keys in order, so that the same content always gives the same hash. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
  }
  return JSON.stringify(value ?? null)
}

/** SHA-256, in hexadecimal, of an entry without its own hash: the link that a removed or altered one breaks. */
export function hashOf(entry: Omit<AuditRow, 'hash'>): string {
  const { at, ...rest } = entry
  return createHash('sha256')
    .update(canonical({ ...rest, at: at.toISOString() }))
    .digest('hex')
}

/** Writes an audit entry in the act's own transaction. Acts take turns, so the chain has one order. */
export async function recordAct(tx: Transaction, act: AuditAct): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`)
  const [last] = await tx
    .select({ id: auditEntries.id, hash: auditEntries.hash })
    .from(auditEntries)
    .orderBy(desc(auditEntries.id))
    .limit(1)
  const entry = {
    id: (last?.id ?? 0) + 1,
    at: new Date(),
    userId: act.actor?.userId ?? 'portal',
    organizationId: act.actor?.organization.id ?? 'portal',
    from: act.from ?? null,
    act: act.act,
    objectKind: act.objectKind,
    objectId: act.objectId,
    before: plain(act.before),
    after: plain(act.after),
    previousHash: last?.hash ?? START,
  }
  await tx.insert(auditEntries).values({ ...entry, hash: hashOf(entry) })
}

/** As the database will give it back: dates as text, no undefined. */
const plain = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)))

/** The id of the first entry that does not fit the chain; null when all do. */
export async function firstBrokenEntry(db: Queryable): Promise<number | null> {
  const entries = await db.select().from(auditEntries).orderBy(asc(auditEntries.id))
  let previous = START
  for (const [index, { hash, ...entry }] of entries.entries()) {
    if (entry.id !== index + 1 || entry.previousHash !== previous || hashOf(entry) !== hash) return entry.id
    previous = hash
  }
  return null
}
