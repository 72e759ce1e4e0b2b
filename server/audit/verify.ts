import { asc, gt } from 'drizzle-orm'
import type { Queryable } from '../../db/connection'
import { auditEntries } from '../../db/schema/audit'
import { type ChainEnd, EMPTY_CHAIN, firstBroken } from './chain'

const AT_A_TIME = 1000

/**
 * Reads the whole audit trail and checks every link. Out: how many entries it has and the hash of the last (to be kept
 * elsewhere: a trail cut short at its end still fits in itself), and the id of the first that does not fit, or null.
 */
export async function verifyAuditTrail(db: Queryable): Promise<{ end: ChainEnd; broken: number | null }> {
  let end = EMPTY_CHAIN
  for (;;) {
    const entries = await db
      .select()
      .from(auditEntries)
      .where(gt(auditEntries.id, end.id))
      .orderBy(asc(auditEntries.id))
      .limit(AT_A_TIME)
    const broken = firstBroken(end, entries)
    const last = entries.at(-1)
    if (broken !== null || !last) return { end, broken }
    end = { id: last.id, hash: last.hash }
  }
}
