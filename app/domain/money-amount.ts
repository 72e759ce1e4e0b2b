/**
 * Exact money. An amount is a bigint of ten-thousandths of a unit (`numeric(19,4)` in the database), so that sums are
 * exact whatever their size; no amount is ever a floating-point number.
 */
const SCALE = 4
const ONE = 10n ** BigInt(SCALE)
/** What `numeric(19,4)` holds at most: fifteen digits before the point. */
const MOST = 10n ** 15n * ONE - 1n

/** Digits after the point by ISO 4217, where they are not two. */
const EXPONENT: Record<string, number> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
])
/** How many digits a currency has after its point. */
const exponentOf = (currency: string): number => EXPONENT[currency] ?? 2

/** Ten-thousandths of a decimal as the database or a form has it ("1250.5"); null for what is none. */
export function amountOf(decimal: string): bigint | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,4}))?$/.exec(decimal.trim())
  if (!match) return null
  const [, sign, whole = '0', fraction = ''] = match
  const value = BigInt(whole) * ONE + BigInt(fraction.padEnd(SCALE, '0'))
  return sign ? -value : value
}

/** A decimal that the portal wrote itself. Throws for anything else: then something is broken. */
export function storedAmount(decimal: string): bigint {
  const amount = amountOf(decimal)
  if (amount === null) throw new Error('an amount in the database is no decimal')
  return amount
}

/** The decimal of an amount, without needless zeros: "1250.5". */
export function decimalOf(amount: bigint): string {
  const size = amount < 0n ? -amount : amount
  const fraction = String(size % ONE)
    .padStart(SCALE, '0')
    .replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${size / ONE}${fraction ? `.${fraction}` : ''}`
}

/** What is wrong with an amount that somebody typed, in a sentence; null when it can be taken. */
export function amountProblem(decimal: string, currency: string): string | null {
  const amount = amountOf(decimal)
  if (amount === null) return 'An amount is a number of at most 15 digits, as 1200000 or 12.50.'
  if (amount <= 0n) return 'An amount is more than zero.'
  if (amount > MOST) return 'An amount has at most 15 digits.'
  const digits = exponentOf(currency)
  if (amount % 10n ** BigInt(SCALE - digits) !== 0n)
    return digits === 0
      ? `${currency} has no smaller unit: give a whole number.`
      : `${currency} has ${digits} digits after the point.`
  return null
}

/** The sum of decimals of one currency. */
export const sumOf = (decimals: readonly string[]): string =>
  decimalOf(decimals.reduce((sum, one) => sum + storedAmount(one), 0n))
