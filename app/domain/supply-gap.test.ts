import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CEILINGS, countCapacity, gapOf } from './supply-gap'

describe('the gap to a ceiling', () => {
  it('by hand: 80 of 100 come from one; at half, 60 more are missing', () => {
    const gap = gapOf(80, 100, 15, 0.5)
    expect(gap.missing).toBeCloseTo(60)
    expect(gap.closed).toBeCloseTo(0.25)
    expect(gap.shareThen).toBeCloseTo(80 / 115)
  })

  it('nothing is missing below the ceiling', () => {
    expect(gapOf(40, 100, 10, 0.5)).toMatchObject({ missing: 0, closed: null })
  })

  it('what is missing brings the share to the ceiling, and never closes more than all', () => {
    const amount = fc.double({ min: 1, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        fc.constantFrom(...CEILINGS),
        (largest, rest, capacity, ceiling) => {
          const total = largest + rest
          const gap = gapOf(largest, total, capacity, ceiling)
          expect(gap.shareThen).toBeLessThan(gap.shareNow)
          expect(gap.closed ?? 0).toBeLessThanOrEqual(1)
          if (gap.missing > 0)
            expect(gapOf(largest, total, gap.missing, ceiling).shareThen).toBeCloseTo(ceiling, 6)
          if (gap.closed === 1) expect(gap.shareThen).toBeLessThanOrEqual(ceiling + 1e-9)
        },
      ),
    )
  })
})

describe('what counts', () => {
  it('lies outside the largest country, in a country that is known', () => {
    const one = { countryIso2: 'KE', largestIso2: 'CN', tonnes: 5 }
    expect(countCapacity(one)).toEqual({ counted: true, tonnes: 5 })
    expect(countCapacity({ ...one, countryIso2: 'CN' }).counted).toBe(false)
    expect(countCapacity({ ...one, countryIso2: null }).counted).toBe(false)
  })
})
