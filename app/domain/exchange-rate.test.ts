import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convert, RATES_HEAD, type Rate, rateFor, rateWords, readRates } from './exchange-rate'

const rate = (base: string, quote: string, day: string, value: string): Rate => ({
  ...{ base, quote, day, rate: value },
  source: 'a bank',
})
const RATES = [
  rate('EUR', 'USD', '2026-11-20', '1.08'),
  rate('EUR', 'USD', '2026-11-24', '1.1'),
  rate('USD', 'JPY', '2026-11-20', '150'),
]

describe('the rate of a day', () => {
  it('is the latest that is not after it, in either direction', () => {
    expect(rateFor(RATES, 'EUR', 'USD', '2026-11-23')?.rate).toBe('1.08')
    expect(rateFor(RATES, 'EUR', 'USD', '2026-11-24')?.rate).toBe('1.1')
    expect(rateFor(RATES, 'JPY', 'USD', '2026-12-01')).toMatchObject({ inverse: true, rate: '150' })
  })

  it('is none before the first, and never made over a third currency', () => {
    expect(rateFor(RATES, 'EUR', 'USD', '2026-11-19')).toBeNull()
    expect(rateFor(RATES, 'EUR', 'JPY', '2026-11-24')).toBeNull()
  })

  it('says itself in words', () => {
    expect(rateWords(rate('EUR', 'USD', '2026-11-20', '1.080000000000'))).toBe(
      '1 EUR = 1.08 USD on 2026-11-20 (a bank)',
    )
    expect(rateWords(rate('USD', 'JPY', '2026-11-20', '150'))).toContain('= 150 JPY')
  })
})

describe('converting', () => {
  const on = '2026-11-23'
  it('is exact, and rounds half away from zero at four decimals', () => {
    expect(convert('100', 'EUR', 'USD', RATES, on)?.amount).toBe('108')
    expect(convert('0.0001', 'EUR', 'USD', RATES, on)?.amount).toBe('0.0001')
    expect(convert('100', 'JPY', 'USD', RATES, on)?.amount).toBe('0.6667')
    expect(convert('-100', 'JPY', 'USD', RATES, on)?.amount).toBe('-0.6667')
    expect(convert('123456789012345.6789', 'EUR', 'USD', RATES, on)?.amount).toBe('133333332133333.3332')
  })

  it('changes nothing within a currency, and gives nothing without a rate', () => {
    expect(convert('5', 'USD', 'USD', [], on)).toEqual({ amount: '5', currency: 'USD', by: null })
    expect(convert('5', 'KES', 'USD', RATES, on)).toBeNull()
  })

  it('there and back is what it was, within what was rounded', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 14n })
    const value = fc.integer({ min: 1, max: 999_999 })
    fc.assert(
      fc.property(amount, value, (units, thousandths) => {
        const by = [rate('EUR', 'USD', on, (thousandths / 1000).toFixed(3))]
        const there = convert(String(units), 'EUR', 'USD', by, on)
        const back = there && convert(there.amount, 'USD', 'EUR', by, on)
        expect(Math.abs(Number(back?.amount) - Number(units))).toBeLessThan(0.06)
      }),
    )
  })
})

describe('a file of rates', () => {
  it('is read with its columns in any order', () => {
    const read = readRates('source,rate,day,quote,base\nECB,1.0842,2026-11-20,usd,eur')
    expect(read).toEqual({
      ok: true,
      rates: [{ ...rate('EUR', 'USD', '2026-11-20', '1.0842'), source: 'ECB' }],
    })
  })

  it('is refused whole, each problem with its line and column', () => {
    const file = `${RATES_HEAD}\nEUR,USD,2026-11-31,1.08,ECB\nEUR,EUR,2026-11-20,0,x\nEUR,USD,2026-11-20,1,ECB\nUSD,EUR,2026-11-20,1,ECB`
    const read = readRates(file)
    expect(read.ok).toBe(false)
    const told = read.ok ? [] : read.problems.map(({ line, column }) => `${line} ${column}`)
    expect(told).toEqual(['2 day', '3 rate', '3 source', '3 quote', '5 day'])
  })

  it('without its columns or without rows says so', () => {
    expect(readRates('a,b\n1,2')).toMatchObject({ ok: false, problems: [{ line: 1 }] })
    expect(readRates(RATES_HEAD)).toMatchObject({ ok: false })
    expect(readRates('')).toMatchObject({ ok: false })
  })
})
