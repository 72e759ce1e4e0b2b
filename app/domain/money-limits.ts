/** Lenders' published limits: dated, sourced warnings at entry, not walls. */
import { amountOf } from './money-amount'
import type { Instrument } from './money-instruments'

export type LimitWarning = { text: string; source: string; asOf: string }

type Asked = {
  institution: string
  instrument: Instrument
  amount: string
  currency: string
  tenorYears: number | null
  /** In the same currency; null where it is not known. */
  capitalCost: string | null
}

const DFC = {
  source: 'https://www.dfc.gov/what-we-offer-our-products-debt-financing/financing-terms-and-processes',
  asOf: '2026-11',
} as const
const MILLION = 1_000_000n * 10_000n

/** What the institution's published limits say of an ask. DFC: 5–15 years, USD 1 m to 1 bn, generally at most half the cost. */
export function limitWarnings({
  institution,
  instrument,
  amount,
  currency,
  tenorYears,
  capitalCost,
}: Asked): LimitWarning[] {
  if (institution !== 'DFC' || currency !== 'USD') return []
  const asked = amountOf(amount)
  if (asked === null) return []
  const warnings: string[] = []
  if (asked < MILLION || asked > 1000n * MILLION)
    warnings.push('DFC publishes USD 1 million to 1 billion for one transaction.')
  if (instrument === 'direct_loan' && tenorYears !== null && (tenorYears < 5 || tenorYears > 15))
    warnings.push('DFC publishes tenors of 5 to 15 years for its loans.')
  const cost = capitalCost === null ? null : amountOf(capitalCost)
  if (cost !== null && asked * 2n > cost)
    warnings.push('DFC generally finances at most half of a project’s cost.')
  return warnings.map((text) => ({ text, ...DFC }))
}
