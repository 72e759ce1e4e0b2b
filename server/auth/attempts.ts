/**
 * Counting attempts, in the database: one count for all nodes, which a restart does not forget. A window begins with its
 * first attempt and ends after its time, whatever comes in between; so an office whose people sign in all day long is
 * never held up by a window that grows with every one of them.
 */
import { createHash, randomUUID } from 'node:crypto'
import { eq, inArray, lt, sql } from 'drizzle-orm'
import type { Queryable } from '../../db/connection'
import { rateLimit } from '../../db/schema/auth'

/** At most `max` in `window` seconds. */
export type Limit = { max: number; window: number }
/** `retryAfter`: seconds until the next is allowed; 0 when this one is. */
export type Attempt = { allowed: boolean; count: number; retryAfter: number }

/** No limit has a longer window, in seconds: what is older may be deleted. */
export const LONGEST_WINDOW = 3600

/** Counts an attempt under `key`, and says whether it is within the limit. Two at once are counted as two. */
export async function attempt(db: Queryable, key: string, { max, window }: Limit): Promise<Attempt> {
  const now = Date.now()
  const over = sql`${rateLimit.lastRequest} <= ${now - window * 1000}`
  const [row] = await db
    .insert(rateLimit)
    .values({ id: randomUUID(), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: {
        // Held below the column's end, however long somebody hammers on.
        count: sql`case when ${over} then 1 else least(${rateLimit.count} + 1, 1000000) end`,
        lastRequest: sql`case when ${over} then ${now} else ${rateLimit.lastRequest} end`,
      },
    })
    .returning({ count: rateLimit.count, since: rateLimit.lastRequest })
  if (!row) throw new Error('counting an attempt gave no row')
  if (row.count === 1)
    await db.delete(rateLimit).where(lt(rateLimit.lastRequest, now - LONGEST_WINDOW * 1000))
  const allowed = row.count <= max
  return {
    allowed,
    count: row.count,
    retryAfter: allowed ? 0 : Math.max(1, Math.ceil((row.since + window * 1000 - now) / 1000)),
  }
}

/** Takes back one attempt under each key: it turned out to be legitimate. */
export async function forgive(db: Queryable, keys: readonly string[]): Promise<void> {
  await db
    .update(rateLimit)
    .set({ count: sql`greatest(${rateLimit.count} - 1, 0)` })
    .where(inArray(rateLimit.key, [...keys]))
}

/** Forgets what was counted under a key. */
export async function forget(db: Queryable, key: string): Promise<void> {
  await db.delete(rateLimit).where(eq(rateLimit.key, key))
}

/** An address in a key, without keeping it in clear: somebody may have typed a password into the wrong field. */
export const disguised = (text: string) =>
  createHash('sha256').update(text.trim().toLowerCase()).digest('base64url')
