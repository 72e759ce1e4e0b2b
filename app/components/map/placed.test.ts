import { describe, expect, it } from 'vitest'
import { countryMiddle } from './country-middle'
import { type MapPin, placed, radiusOf } from './placed'

const pin = (more: Partial<MapPin>): MapPin => ({ id: '1', title: 'A mine', lat: null, lon: null, ...more })

describe('where a project is drawn', () => {
  it('is its site, else the middle of its country, else nowhere', () => {
    const [site, country, ...rest] = placed(
      [pin({ lat: -4, lon: 39 }), pin({ countryIso2: 'AU' }), pin({ countryIso2: 'XX' }), pin({})],
      countryMiddle,
    )
    expect(site).toMatchObject({ approximate: false, offset: [0, 0] })
    expect(country).toMatchObject({ approximate: true })
    expect(rest).toEqual([])
  })

  it('several of one country do not cover each other', () => {
    const many = placed(
      Array.from({ length: 12 }, (_, nth) => pin({ id: `${nth}`, countryIso2: 'CA' })),
      countryMiddle,
    )
    for (const [index, a] of many.entries())
      for (const b of many.slice(index + 1))
        expect(Math.hypot(a.offset[0] - b.offset[0], a.offset[1] - b.offset[1])).toBeGreaterThan(5)
  })

  it('the middle lies in the largest part of a country', () => {
    expect(countryMiddle('FR')?.lat).toBeGreaterThan(40)
    expect(countryMiddle('US')?.lon).toBeLessThan(-80)
    expect(countryMiddle('XX')).toBeNull()
  })
})

describe('the size', () => {
  it('is by area, and one for all where nothing has a value', () => {
    expect(radiusOf(100, 100) / radiusOf(25, 100)).toBeCloseTo(2)
    expect(radiusOf(null, 0)).toBe(radiusOf(null, 0))
    expect(radiusOf(null, 100)).toBeLessThanOrEqual(radiusOf(1, 100))
  })
})
