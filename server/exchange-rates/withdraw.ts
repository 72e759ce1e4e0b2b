import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { rateWords } from '../../app/domain/exchange-rate'
import { conflict, forbidden, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { can, PORTAL } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { exchangeRates } from '../../db/schema/exchange-rates'
import { recordAct } from '../audit/record'

export const withdrawForm = z.object({
  id: z.string().refine(isId),
  why: z.string().trim().min(3, 'Say what is wrong with it.').max(300, 'At most 300 characters.'),
})

/** Withdraws a rate: it stays on record with the reason, and converts nothing any more. */
export async function withdrawRate(
  db: Database,
  actor: Actor,
  { id, why }: z.output<typeof withdrawForm>,
  from: string | null,
): Promise<void> {
  if (!can(actor, 'set_rates', PORTAL)) throw forbidden('Administrators withdraw exchange rates.')
  await db.transaction(async (tx) => {
    const [withdrawn] = await tx
      .update(exchangeRates)
      .set({ withdrawnBy: actor.userId, withdrawnAt: new Date(), withdrawnWhy: why })
      .where(and(eq(exchangeRates.id, id), isNull(exchangeRates.withdrawnAt)))
      .returning()
    if (!withdrawn) {
      const [found] = await tx.select().from(exchangeRates).where(eq(exchangeRates.id, id))
      throw found ? conflict('This rate is withdrawn already.') : notFound()
    }
    await recordAct(tx, {
      ...{ actor, from },
      act: 'exchange_rate.withdraw',
      objectKind: 'exchange_rate',
      objectId: id,
      before: rateWords(withdrawn),
      after: { withdrawn: why },
    })
  })
}
