import { eq, sql } from 'drizzle-orm'
import { isId } from '../../app/domain/id'
import type { SilenceScope } from '../../app/domain/review-rights'
import type { Transaction } from '../../db/connection'
import { silenceEntitled, silenceProcedures } from '../../db/schema/decisions'

/** A procedure, locked until the transaction ends, with what `can` asks and the database's clock; null when there is none. */
export async function lockedSilence(tx: Transaction, id: string) {
  if (!isId(id)) return null
  const [procedure] = await tx
    .select()
    .from(silenceProcedures)
    .where(eq(silenceProcedures.id, id))
    .for('update')
  if (!procedure) return null
  const entitled = await tx
    .select({ id: silenceEntitled.delegationId })
    .from(silenceEntitled)
    .where(eq(silenceEntitled.procedureId, id))
  const { rows } = await tx.execute<{ now: Date }>(sql`select clock_timestamp() as now`)
  const scope: SilenceScope = {
    kind: 'silence',
    state: procedure.state,
    entitledIds: entitled.map((one) => one.id),
  }
  return { procedure, scope, now: new Date(rows[0]?.now ?? Date.now()) }
}
