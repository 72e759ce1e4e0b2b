import { pairOf, type RateInput } from '../../app/domain/exchange-rate'
import { conflict, forbidden, invalid } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can, PORTAL } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { exchangeRates } from '../../db/schema/exchange-rates'
import { recordAct } from '../audit/record'
import { newId } from '../ids'

/**
 * Enters rates of one form or file: all of them or none. A pair of currencies has one rate a day; a wrong one is
 * withdrawn first. Throws `forbidden`, `invalid` for a day to come, `conflict` naming the pairs that have a rate.
 */
export async function enterRates(
  db: Database,
  actor: Actor,
  rates: readonly RateInput[],
  from: string | null,
): Promise<void> {
  if (!can(actor, 'set_rates', PORTAL)) throw forbidden('Administrators enter exchange rates.')
  const today = new Date().toISOString().slice(0, 10)
  const early = rates.find(({ day }) => day > today)
  if (early)
    throw invalid(`${early.day} is still to come: a rate is of today or an earlier day (UTC).`, {
      day: ['Give today (UTC) or an earlier day.'],
    })
  await db.transaction(async (tx) => {
    const rows = rates.map((rate) => ({ id: newId(), ...rate, enteredBy: actor.userId }))
    const entered = await tx
      .insert(exchangeRates)
      .values(rows)
      .onConflictDoNothing()
      .returning({ id: exchangeRates.id })
    if (entered.length < rows.length) {
      const ids = new Set(entered.map(({ id }) => id))
      const taken = rows.filter(({ id }) => !ids.has(id)).map(pairOf)
      const named = taken.slice(0, 5).join('; ') + (taken.length > 5 ? ` and ${taken.length - 5} more` : '')
      throw conflict(`There is a rate already for ${named}. Withdraw it first, then enter the right one.`)
    }
    await recordAct(tx, {
      ...{ actor, from },
      act: 'exchange_rate.enter',
      objectKind: 'exchange_rate',
      objectId: rows.length === 1 ? (rows[0]?.id ?? '') : `${rows.length} rates`,
      after: rates.map(
        ({ base, quote, day, rate, source }) => `1 ${base} = ${rate} ${quote}, ${day}, ${source}`,
      ),
    })
  })
}
