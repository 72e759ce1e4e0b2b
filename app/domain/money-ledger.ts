/** The kinds of money in the ledger. Two kinds are never added up: a letter of interest is not money. */
import { decimalOf, storedAmount } from './money-amount'

export const LEDGER_KINDS = [
  'indicated',
  'requested',
  'approved',
  'committed',
  'disbursed',
  'repaid',
  'cancelled',
] as const
export type LedgerKind = (typeof LEDGER_KINDS)[number]

export const LEDGER_LABEL: Record<LedgerKind, { label: string; meaning: string }> = {
  indicated: { label: 'Indicated', meaning: 'Named in a letter of interest or an announcement: not money.' },
  requested: { label: 'Requested', meaning: 'Asked of the institution.' },
  approved: { label: 'Approved', meaning: 'The institution’s board or head said yes, with conditions.' },
  committed: { label: 'Committed', meaning: 'Signed; what was cancelled is taken off.' },
  disbursed: { label: 'Disbursed', meaning: 'Paid out.' },
  repaid: { label: 'Repaid', meaning: 'Paid back.' },
  cancelled: { label: 'Cancelled', meaning: 'Taken back from the commitment; it gives headroom back.' },
}

/** One line of the ledger as totals need it. A reversal carries the negative of what it reverses. */
export type LedgerLine = { kind: LedgerKind; amount: string; currency: string }

/** Net sums by kind of one currency, as decimals; `committed` is less what was cancelled. */
export type Totals = { currency: string; sums: Record<LedgerKind, string> }

/** The totals by currency, currencies in the order of their first line; kinds stay apart. */
export function totalsOf(lines: readonly LedgerLine[]): Totals[] {
  const byCurrency = new Map<string, Record<LedgerKind, bigint>>()
  for (const { kind, amount, currency } of lines) {
    const sums =
      byCurrency.get(currency) ??
      (Object.fromEntries(LEDGER_KINDS.map((one) => [one, 0n])) as Record<LedgerKind, bigint>)
    byCurrency.set(currency, sums)
    sums[kind] += storedAmount(amount)
    if (kind === 'cancelled') sums.committed -= storedAmount(amount)
  }
  return [...byCurrency].map(([currency, sums]) => ({
    currency,
    sums: Object.fromEntries(LEDGER_KINDS.map((kind) => [kind, decimalOf(sums[kind])])) as Record<
      LedgerKind,
      string
    >,
  }))
}

/** What is left of a commitment to pay out: committed − disbursed. */
export const undrawn = (sums: Totals['sums']): string =>
  decimalOf(storedAmount(sums.committed) - storedAmount(sums.disbursed))

/** A project's gap: capital cost − committed, never below zero; null where the two cannot be set against each other. */
export function gapOf(
  cost: { amount: string; currency: string } | null,
  totals: readonly Totals[],
): string | null {
  if (!cost) return null
  const committed = totals.filter(({ sums }) => storedAmount(sums.committed) !== 0n)
  if (committed.some(({ currency }) => currency !== cost.currency)) return null
  const sum = committed.reduce((total, { sums }) => total + storedAmount(sums.committed), 0n)
  const gap = storedAmount(cost.amount) - sum
  return decimalOf(gap < 0n ? 0n : gap)
}
