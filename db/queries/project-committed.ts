/** What is committed to each project, of the money that the actor may see. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Amount } from '../../app/domain/map-wish'
import type { Actor } from '../../app/domain/people'
import type { Queryable } from '../connection'
import { financingAsks, financingRequests } from '../schema/financing'
import { ledgerEntries } from '../schema/ledger'
import { visibleMoney } from './request-visibility'

/** By project, net of what was cancelled, currencies apart. One query. */
export async function committedByProject(db: Queryable, actor: Actor): Promise<Map<string, Amount[]>> {
  const rows = await db
    .select({
      projectId: financingRequests.projectId,
      currency: ledgerEntries.currency,
      amount: sql<string>`sum(case ${ledgerEntries.kind} when 'committed' then ${ledgerEntries.amount} else -${ledgerEntries.amount} end)::text`,
    })
    .from(ledgerEntries)
    .innerJoin(financingAsks, eq(financingAsks.id, ledgerEntries.askId))
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .where(and(inArray(ledgerEntries.kind, ['committed', 'cancelled']), visibleMoney(actor)))
    .groupBy(financingRequests.projectId, ledgerEntries.currency)
  const found = new Map<string, Amount[]>()
  for (const { projectId, ...amount } of rows) found.set(projectId, [...(found.get(projectId) ?? []), amount])
  return found
}
