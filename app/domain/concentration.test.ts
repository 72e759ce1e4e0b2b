import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandOf, concentrationOf, hhiWords, type ProductionRow } from './concentration'

const row = (country: string, tonnes: number | null, more: Partial<ProductionRow> = {}): ProductionRow => ({
  ...{ country, iso2: null, kind: 'country', tonnes, qualifier: tonnes === null ? 'withheld' : 'value' },
  ...more,
})
const other = (tonnes: number) => row('Other countries', tonnes, { kind: 'other' })

describe('an example by hand', () => {
  const found = concentrationOf([
    row('A', 60),
    row('B', 20),
    row('C', null),
    row('D', 0),
    row('E', null, { qualifier: 'less_than_half_unit_or_small' }),
    other(20),
    row('World total', 99, { kind: 'world' }),
  ])

  it('60² + 20² = 4,000, and 20² more where the others are one', () => {
    expect(found?.hhi.low).toBeCloseTo(4000)
    expect(found?.hhi.high).toBeCloseTo(4400)
    expect(found && hhiWords(found.hhi)).toBe('4,000–4,400')
  })

  it('shares are of what is listed, beside the total that the source rounds', () => {
    expect(found).toMatchObject({ total: 100, stated: 99, other: 20 })
    expect(found?.largest).toMatchObject({ country: 'A', share: 0.6 })
    expect(found?.producers.map(({ country }) => country)).toEqual(['A', 'B'])
  })

  it('who is withheld is named', () => {
    expect(found?.without).toEqual(['C'])
  })

  it('without a figure there is none', () => {
    expect(concentrationOf([row('C', null), other(5)])).toBeNull()
    expect(concentrationOf([])).toBeNull()
  })

  it('bands are the guidelines’', () => {
    expect([999, 1000, 1800, 1801].map(bandOf)).toEqual(['low', 'moderate', 'moderate', 'high'])
  })
})

describe('whatever the figures', () => {
  const amount = fc.double({ min: 0.001, max: 1e9, noNaN: true })
  const amounts = fc.array(amount, { minLength: 1, maxLength: 30 })
  const rest = fc.oneof(fc.constant(0), amount)
  const of = (values: readonly number[], others: number) => {
    const found = concentrationOf([...values.map((value, index) => row(`${index}`, value)), other(others)])
    if (!found) throw new Error('there is a figure')
    return found
  }

  it('the index is between even shares and 10,000, and the bounds are in order', () => {
    fc.assert(
      fc.property(amounts, rest, (values, others) => {
        const { hhi } = of(values, others)
        expect(hhi.low).toBeGreaterThan(0)
        expect(hhi.low).toBeLessThanOrEqual(hhi.high)
        expect(hhi.high).toBeLessThanOrEqual(10_000.001)
        expect(hhi.high).toBeGreaterThanOrEqual(10_000 / (values.length + 1) - 0.001)
        if (others === 0) expect(hhi.low).toBe(hhi.high)
      }),
    )
  })

  it('the truth lies between the bounds, however the others are split', () => {
    fc.assert(
      fc.property(amounts, amounts, (values, split) => {
        const { hhi } = of(
          values,
          split.reduce((sum, value) => sum + value, 0),
        )
        const truth = of([...values, ...split], 0).hhi.low
        expect(truth).toBeGreaterThanOrEqual(hhi.low - 0.001)
        expect(truth).toBeLessThanOrEqual(hhi.high + 0.001)
      }),
    )
  })

  it('unit and order do not matter, and shares add up to one', () => {
    fc.assert(
      fc.property(amounts, rest, (values, others) => {
        const found = of(values, others)
        const turned = of(
          [...values].reverse().map((value) => value * 1000),
          others * 1000,
        )
        expect(turned.hhi.low).toBeCloseTo(found.hhi.low, 4)
        const shares = found.producers.reduce((sum, { share }) => sum + share, 0) + found.other / found.total
        expect(shares).toBeCloseTo(1, 9)
      }),
    )
  })
})
