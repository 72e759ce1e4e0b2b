import { Link } from '@remix-run/react'
import { rateWords } from '../../domain/exchange-rate'
import { LEDGER_KINDS, LEDGER_LABEL, type LedgerKind, type Totals } from '../../domain/money-ledger'
import type { OneCurrency } from '../../domain/pipeline-totals'
import { Money } from '../ui/money'
import { Table, Td, Th } from '../ui/table'

const isNothing = (amount: string) => /^-?0(\.0*)?$/.test(amount)

/** A stage's or an ask's sums, a line for each kind and currency; two are never added. */
export function SumLines({
  totals,
  kinds = LEDGER_KINDS,
}: {
  totals: readonly Totals[]
  kinds?: readonly LedgerKind[]
}) {
  const lines = kinds.flatMap((kind) =>
    totals.flatMap(({ currency, sums }) =>
      isNothing(sums[kind]) ? [] : [{ kind, currency, amount: sums[kind] }],
    ),
  )
  if (!lines.length) return null
  return (
    <ul className="text-xs">
      {lines.map(({ kind, currency, amount }) => (
        <li key={`${kind} ${currency}`}>
          <span className="text-muted">{LEDGER_LABEL[kind].label.toLowerCase()}</span>{' '}
          <Money amount={amount} currency={currency} />
        </li>
      ))}
    </ul>
  )
}

/** All that the filter keeps: each currency by itself, and in one currency where every rate is known. */
export function SumTable({
  totals,
  one,
  closed,
}: {
  totals: readonly Totals[]
  one: OneCurrency | null
  /** Asks whose amounts are not open to the reader. */
  closed: number
}) {
  const kinds = LEDGER_KINDS.filter((kind) => totals.some(({ sums }) => !isNothing(sums[kind])))
  if (!kinds.length)
    return (
      <p className="mb-4 text-sm text-muted">
        No amount that is open to you stands in the ledger for this choice.
        {closed ? ` Amounts of ${closed} are not open to you.` : ''}
      </p>
    )
  return (
    <div className="mb-5">
      <Table caption="Sums by currency and kind" stack>
        <thead>
          <tr>
            <Th>Currency</Th>
            {kinds.map((kind) => (
              <Th key={kind} numeric title={LEDGER_LABEL[kind].meaning}>
                {LEDGER_LABEL[kind].label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {totals.map(({ currency, sums }) => (
            <tr key={currency}>
              <Th scope="row">{currency}</Th>
              {kinds.map((kind) => (
                <Td key={kind} numeric label={LEDGER_LABEL[kind].label}>
                  {isNothing(sums[kind]) ? (
                    <span className="text-muted">–</span>
                  ) : (
                    <Money amount={sums[kind]} currency={currency} />
                  )}
                </Td>
              ))}
            </tr>
          ))}
          {one?.sums ? (
            <tr className="font-semibold">
              <Th scope="row" className="font-semibold">
                All, in {one.currency}
              </Th>
              {kinds.map((kind) => (
                <Td key={kind} numeric label={LEDGER_LABEL[kind].label}>
                  <Money amount={one.sums?.[kind] ?? '0'} currency={one.currency} />
                </Td>
              ))}
            </tr>
          ) : null}
        </tbody>
      </Table>
      <p className="mt-1 text-xs text-muted">
        Kinds are never added up: a letter of interest is not money.
        {one?.sums && one.by.length ? ` Converted by ${one.by.map(rateWords).join('; ')}.` : ''}
        {one && !one.sums
          ? ` No total in ${one.currency}: there is no rate of ${one.missing.join(', ')}.`
          : ''}
        {closed ? ` Amounts of ${closed} are not open to you and are in no sum.` : ''}{' '}
        <Link to="/exchange-rates" className="link">
          Exchange rates
        </Link>
      </p>
    </div>
  )
}
