import { sql } from 'drizzle-orm'
import type { Transaction } from '../../db/connection'
import { decisionCounters, decisions } from '../../db/schema/decisions'
import { recordAct } from '../audit/record'
import { newId } from '../ids'

type NewDecision = Omit<typeof decisions.$inferInsert, 'id' | 'number' | 'year' | 'nth'> & {
  groupCode: string
}

/**
 * Numbers and keeps a decision: `FORGE-<group>-<year>-<nnn>`, the year in UTC. The counter's row is locked until the
 * transaction ends and rolls back with it, so that numbers have no gaps and no doubles.
 */
export async function recordDecision(
  tx: Transaction,
  { groupCode, ...decision }: NewDecision,
  actor: { userId: string; organization: { id: string } },
): Promise<{ id: string; number: string }> {
  const year = decision.adoptedAt.getUTCFullYear()
  const [counter] = await tx
    .insert(decisionCounters)
    .values({ groupId: decision.groupId, year, last: 1 })
    .onConflictDoUpdate({
      target: [decisionCounters.groupId, decisionCounters.year],
      set: { last: sql`${decisionCounters.last} + 1` },
    })
    .returning({ nth: decisionCounters.last })
  const nth = counter?.nth ?? 1
  const id = newId()
  const number = `FORGE-${groupCode}-${year}-${String(nth).padStart(3, '0')}`
  await tx.insert(decisions).values({ ...decision, id, number, year, nth })
  await recordAct(tx, {
    actor,
    act: 'decision.adopt',
    objectKind: 'decision',
    objectId: id,
    after: { number, how: decision.how, outcome: decision.outcome, sha256: decision.textSha256 },
  })
  return { id, number }
}
