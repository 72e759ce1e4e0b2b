/** What a request seeks in all, as its text says: for those who may read it. */
import { eq, sql } from 'drizzle-orm'
import type { Sought } from '../../app/domain/request-fields'
import type { Queryable } from '../connection'
import { requestFields } from '../schema/request-fields'

export type { Sought }

/** Null where nothing is written yet. For statements that join `request_fields`. */
export const soughtJson = sql<Sought | null>`case when ${requestFields.requestId} is not null then json_build_object(
  'instruments', ${requestFields.instruments}, 'amount', ${requestFields.amount}::text, 'currency', ${requestFields.currency},
  'purpose', ${requestFields.purpose}, 'tenorYears', ${requestFields.tenorYears}, 'graceYears', ${requestFields.graceYears},
  'security', ${requestFields.security}, 'coFinanciers', ${requestFields.coFinanciers}, 'neededBy', ${requestFields.neededBy}) end`

/** What one request seeks; null where nothing is written yet. The caller has asked whether its text may be read. */
export async function soughtBy(db: Queryable, requestId: string): Promise<Sought | null> {
  const [row] = await db
    .select({ sought: soughtJson })
    .from(requestFields)
    .where(eq(requestFields.requestId, requestId))
  return row?.sought ?? null
}
