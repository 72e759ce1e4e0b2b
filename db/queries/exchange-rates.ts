/** Exchange rates: those that convert, and all that were entered. Everybody may read them. */
import { and, count, desc, eq, isNull, or, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Rate } from '../../app/domain/exchange-rate'
import type { Queryable } from '../connection'
import { user } from '../schema/auth'
import { exchangeRates } from '../schema/exchange-rates'

export const RATES_A_PAGE = 100

const columns = {
  base: exchangeRates.base,
  quote: exchangeRates.quote,
  day: exchangeRates.day,
  rate: exchangeRates.rate,
  source: exchangeRates.source,
}

/** The latest rate of each pair of currencies that holds: what figures of today are converted by. One query. */
export function latestRates(db: Queryable): Promise<Rate[]> {
  return db
    .selectDistinctOn([exchangeRates.base, exchangeRates.quote], columns)
    .from(exchangeRates)
    .where(isNull(exchangeRates.withdrawnAt))
    .orderBy(exchangeRates.base, exchangeRates.quote, desc(exchangeRates.day))
}

const withdrawer = alias(user, 'withdrawer')

/** A page of all rates, the latest day first, of one currency or of all; withdrawn ones with their reason. */
export async function rateList(db: Queryable, wish: { currency: string | null; page: number }) {
  const condition: SQL | undefined = wish.currency
    ? or(eq(exchangeRates.base, wish.currency), eq(exchangeRates.quote, wish.currency))
    : undefined
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: exchangeRates.id,
        ...columns,
        enteredBy: user.name,
        enteredAt: exchangeRates.enteredAt,
        withdrawnBy: withdrawer.name,
        withdrawnAt: exchangeRates.withdrawnAt,
        withdrawnWhy: exchangeRates.withdrawnWhy,
      })
      .from(exchangeRates)
      .innerJoin(user, eq(user.id, exchangeRates.enteredBy))
      .leftJoin(withdrawer, eq(withdrawer.id, exchangeRates.withdrawnBy))
      .where(and(condition))
      .orderBy(
        desc(exchangeRates.day),
        exchangeRates.base,
        exchangeRates.quote,
        desc(exchangeRates.enteredAt),
      )
      .limit(RATES_A_PAGE)
      .offset((wish.page - 1) * RATES_A_PAGE),
    db.select({ count: count() }).from(exchangeRates).where(condition),
  ])
  return { rows, total: total?.count ?? 0 }
}
