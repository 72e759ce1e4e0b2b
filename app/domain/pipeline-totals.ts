/** Sums of money over several currencies: of each kind by itself, and only by dated rates, which are named. */
import { convert, type Rate } from './exchange-rate'
import { sumOf } from './money-amount'
import { LEDGER_KINDS, type LedgerKind, type Totals } from './money-ledger'

export type OneCurrency = {
  currency: string
  /** Null where a currency has no rate: a part is never shown as the whole. */
  sums: Record<LedgerKind, string> | null
  by: Rate[]
  /** Currencies without a rate. */
  missing: string[]
}

const isNothing = (amount: string) => /^-?0(\.0*)?$/.test(amount)

/** Totals of each currency in one, by the latest rates that are not after the day (ISO). */
export function inOneCurrency(
  totals: readonly Totals[],
  currency: string,
  rates: readonly Rate[],
  on: string,
): OneCurrency {
  const parts = totals.map((total) => ({
    total,
    one: convert('1', total.currency, currency, rates, on),
  }))
  const missing = parts.flatMap(({ total, one }) => (one || isEmpty(total) ? [] : [total.currency]))
  const by = parts.flatMap(({ one, total }) => (one?.by && !isEmpty(total) ? [one.by] : []))
  if (missing.length) return { currency, sums: null, by, missing }
  const sums = Object.fromEntries(
    LEDGER_KINDS.map((kind) => [
      kind,
      sumOf(
        totals.map(({ sums: own, currency: from }) =>
          isNothing(own[kind]) ? '0' : (convert(own[kind], from, currency, rates, on)?.amount ?? '0'),
        ),
      ),
    ]),
  ) as Record<LedgerKind, string>
  return { currency, sums, by, missing }
}

const isEmpty = ({ sums }: Totals) => LEDGER_KINDS.every((kind) => isNothing(sums[kind]))
