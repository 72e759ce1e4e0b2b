import { describe, expect, it } from 'vitest'
import { mapSizeFrom, sizeOf, stageGroupOf } from './map-wish'

const RATES = [{ base: 'EUR', quote: 'USD', day: '2026-11-20', rate: '1.1', source: 'a bank' }]
const figures = { capacityTonnes: '120.5', capitalCost: '1000000', currency: 'EUR', committed: [] }

describe('a project on the map', () => {
  it('is coloured by the furthest stage that it reaches', () => {
    expect(stageGroupOf(['extraction', 'refining'])).toBe('processing')
    expect(stageGroupOf(['exploration'])).toBe('mining')
    expect(stageGroupOf(['infrastructure', 'recycling'])).toBe('products')
    expect(stageGroupOf([])).toBe('other')
  })

  it('is sized by its cost in one currency, with the rate', () => {
    expect(sizeOf('cost', figures, RATES, '2026-11-25')).toMatchObject({
      value: 1_100_000,
      by: [{ rate: '1.1' }],
    })
    expect(sizeOf('cost', { ...figures, currency: 'USD' }, [], '2026-11-25')).toMatchObject({
      value: 1_000_000,
      by: [],
    })
  })

  it('has no size without a rate or a figure, and still says its cost', () => {
    expect(sizeOf('cost', figures, [], '2026-11-25')).toEqual({ value: null, text: 'EUR 1000000', by: [] })
    expect(sizeOf('capacity', { ...figures, capacityTonnes: null }, [], '2026-11-25').value).toBeNull()
    expect(sizeOf('none', figures, RATES, '2026-11-25').value).toBeNull()
  })

  it('is sized by what is committed, over currencies by dated rates only', () => {
    const committed = [
      { amount: '1000.0000', currency: 'EUR' },
      { amount: '5.0000', currency: 'USD' },
      { amount: '0.0000', currency: 'JPY' },
    ]
    expect(sizeOf('committed', { ...figures, committed }, RATES, '2026-11-25')).toMatchObject({
      ...{ value: 1105, text: 'EUR 1000.0000 and USD 5.0000', by: [{ rate: '1.1' }] },
    })
    expect(sizeOf('committed', { ...figures, committed }, [], '2026-11-25').value).toBeNull()
    expect(sizeOf('committed', figures, RATES, '2026-11-25').text).toBeNull()
  })

  it('takes what the address bar does not know as nothing asked', () => {
    expect(mapSizeFrom(new URLSearchParams('size=huge'))).toBe('none')
    expect(mapSizeFrom(new URLSearchParams('size=cost'))).toBe('cost')
  })
})
