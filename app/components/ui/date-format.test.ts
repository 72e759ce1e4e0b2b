import { describe, expect, test } from 'vitest'
import { formatDay, formatMoment, isDay } from './date-format'
import { formatMoney } from './money'

describe('dates', () => {
  test.each([
    ['2026-02-04', '4 Feb 2026'],
    ['2026-12', 'Dec 2026'],
    ['2026', '2026'],
    ['2026-13-01', '2026-13-01'],
    ['early 2027', 'early 2027'],
  ])('%s reads %s', (date, words) => {
    expect(formatDay(date)).toBe(words)
  })

  test('only dates go into <time>', () => {
    expect(['2026-02-04', '2026-02', '2026', 'early 2027'].map(isDay)).toEqual([true, true, true, false])
  })

  test('an instant is shown in the zone asked for, across midnight too', () => {
    const instant = new Date('2026-11-24T23:30:00Z')
    expect(formatMoment(instant, 'UTC')).toBe('24 Nov 2026, 23:30')
    expect(formatMoment(instant, 'Asia/Tokyo')).toBe('25 Nov 2026, 08:30')
    expect(formatMoment(new Date('2026-11-24T00:05:00Z'), 'UTC')).toBe('24 Nov 2026, 00:05')
  })
})

describe('money', () => {
  test.each([
    ['1670000000.0000', 'USD', 'USD 1,670,000,000'],
    ['12.5', 'EUR', 'EUR 12.50'],
    ['999999999999999.1234', 'USD', 'USD 999,999,999,999,999.1234'],
    ['0', 'AUD', 'AUD 0'],
    ['-1200', 'USD', 'USD −1,200'],
    [1_000_000, 'USD', 'USD 1,000,000'],
  ])('%s %s reads %s', (amount, currency, words) => {
    expect(formatMoney(amount, currency)).toBe(words)
  })
})
