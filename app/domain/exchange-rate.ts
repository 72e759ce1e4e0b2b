/**
 * Exchange rates by day, and what an amount is in another currency: exact decimals, no floating point. A converted
 * amount always comes with the rate, its day and its source.
 */
import { z } from 'zod'
import { readCsv } from './csv-read'
import { CURRENCIES } from './currency'
import type { FieldProblems } from './fault'
import { parseForm } from './form'

const currency = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => CURRENCIES.includes(code), 'Give a currency by its three letters (ISO 4217), as USD.')

const isDay = (text: string) => {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** One rate as it is entered: one `base` is `rate` `quote` on `day`. */
export const rateForm = z
  .object({
    base: currency,
    quote: currency,
    day: z
      .string()
      .trim()
      .refine(isDay, 'Give the day as 2026-11-25.')
      .refine((day) => day >= '1990-01-01', 'Give a day since 1990.'),
    rate: z
      .string()
      .trim()
      .regex(/^\d{1,12}(\.\d{1,12})?$/, 'Give the rate as digits with a point, as 1.0842.')
      .refine((rate) => /[1-9]/.test(rate), 'A rate is more than zero.'),
    source: z
      .string()
      .trim()
      .min(3, 'Say where the rate comes from.')
      .max(300, 'At most 300 characters for the source.'),
  })
  .refine(({ base, quote }) => base !== quote, {
    path: ['quote'],
    message: 'Choose two different currencies.',
  })
export type RateInput = z.output<typeof rateForm>

const COLUMNS = ['base', 'quote', 'day', 'rate', 'source'] as const
export const RATES_HEAD = COLUMNS.join(',')
export const MOST_RATES = 5000

/** A problem of an imported file: the line and column of it, and what is wrong, in words. */
export type RateProblem = { line: number; column: string; text: string }
type ReadRates = { ok: true; rates: RateInput[] } | { ok: false; problems: RateProblem[] }

/** Reads a file of rates with the columns of `RATES_HEAD` in any order. All of it is right, or nothing is taken. */
export function readRates(text: string): ReadRates {
  const [head, ...rows] = readCsv(text)
  const names = head?.cells.map((name) => name.trim().toLowerCase()) ?? []
  const missing = COLUMNS.filter((column) => !names.includes(column))
  if (missing.length)
    return {
      ok: false,
      problems: [
        { line: 1, column: missing.join(', '), text: `The first line must name the columns ${RATES_HEAD}.` },
      ],
    }
  if (rows.length === 0 || rows.length > MOST_RATES)
    return {
      ok: false,
      problems: [
        {
          line: 1,
          column: '',
          text: `Between 1 and ${MOST_RATES} rates fit into one file; this has ${rows.length}.`,
        },
      ],
    }
  const problems: RateProblem[] = []
  const rates: RateInput[] = []
  const lines = new Map<string, number>()
  for (const { line, cells } of rows) {
    const row = Object.fromEntries(COLUMNS.map((column) => [column, cells[names.indexOf(column)] ?? '']))
    const parsed = parseForm(rateForm, row)
    if (!parsed.ok) {
      problems.push(...problemsOf(line, parsed.fields))
      continue
    }
    const key = pairOf(parsed.value)
    const before = lines.get(key)
    if (before)
      problems.push({ line, column: 'day', text: `The same currencies and day stand on line ${before}.` })
    lines.set(key, line)
    rates.push(parsed.value)
  }
  return problems.length ? { ok: false, problems } : { ok: true, rates }
}

const problemsOf = (line: number, fields: FieldProblems): RateProblem[] =>
  Object.entries(fields).flatMap(([column, texts]) => texts.map((text) => ({ line, column, text })))

/** The two currencies, whichever stands first, and the day: there is one rate of them. */
export const pairOf = ({ base, quote, day }: { base: string; quote: string; day: string }) =>
  `${[base, quote].sort().join('/')} ${day}`

/** A rate as it is kept. */
export type Rate = { base: string; quote: string; day: string; rate: string; source: string }

/** An amount in another currency, with the rate that it was converted by; `inverse`: the rate is of the other direction. */
export type Converted = { amount: string; currency: string; by: (Rate & { inverse: boolean }) | null }

/**
 * The rate to convert by on a day (ISO): the latest of the two currencies that is not after it, or null. Rates are never
 * chained over a third currency.
 */
export function rateFor(rates: readonly Rate[], from: string, to: string, on: string): Converted['by'] {
  let best: Rate | null = null
  for (const rate of rates) {
    const fits = (rate.base === from && rate.quote === to) || (rate.base === to && rate.quote === from)
    if (fits && rate.day <= on && (!best || rate.day > best.day)) best = rate
  }
  return best && { ...best, inverse: best.base !== from }
}

/** Converts an exact decimal amount; null where no rate is known. The result has at most four decimals, half away from zero. */
export function convert(
  amount: string,
  from: string,
  to: string,
  rates: readonly Rate[],
  on: string,
): Converted | null {
  if (from === to) return { amount, currency: to, by: null }
  const by = rateFor(rates, from, to, on)
  if (!by) return null
  const value = scaled(amount, 4)
  const rate = scaled(by.rate, 12)
  const tenTo12 = 10n ** 12n
  const units = by.inverse ? divide(value * tenTo12, rate) : divide(value * rate, tenTo12)
  return { amount: plain(units, 4), currency: to, by }
}

/** A decimal as an integer of `places` decimals; what is finer is cut off. */
function scaled(text: string, places: number): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim())
  if (!match) throw new Error(`not a decimal: ${text}`)
  const [, sign, whole = '0', part = ''] = match
  const digits = BigInt(whole + part.slice(0, places).padEnd(places, '0'))
  return sign ? -digits : digits
}

/** Divides, rounding half away from zero. `by` is positive. */
function divide(value: bigint, by: bigint): bigint {
  const half = by / 2n
  return value < 0n ? -((-value + half) / by) : (value + half) / by
}

function plain(units: bigint, places: number): string {
  const sign = units < 0n ? '-' : ''
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  const part = digits.slice(-places).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -places)}${part ? `.${part}` : ''}`
}

/** In words, for beside a converted figure: "1 EUR = 1.0842 USD on 2026-11-20 (ECB)". */
export const rateWords = ({ base, quote, rate, day, source }: Rate): string =>
  `1 ${base} = ${rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate} ${quote} on ${day} (${source})`
