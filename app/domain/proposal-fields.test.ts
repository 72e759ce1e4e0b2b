import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIELD_NAMES, readProposalFields } from './proposal-fields'

test('valid answers are read; empty ones are no problem', () => {
  const raw = {
    minerals: ['cobalt'],
    stages: ['refining'],
    capacity: '12500',
    capitalCost: '640000000.50',
    currency: 'USD',
    priceYear: 2026,
    site: { lat: -4.06, lon: 39.67 },
    'timetable.first_production': '2029-06',
    product: '',
    place: null,
  }
  const { product: _product, place: _place, ...given } = raw
  expect(readProposalFields(raw)).toEqual({ fields: given, problems: [] })
})

test.each<[string, unknown, RegExp]>([
  ['capacity', '12,5', /capacity is a number/],
  ['capacity', 12_500, /./],
  ['capitalCost', '-1', /capital cost is a number/],
  ['currency', 'usd', /three capital letters/],
  ['priceYear', 1789, /1990 or later/],
  ['site', { lat: 91, lon: 0 }, /latitude/],
  ['site', { lat: 1 }, /./],
  ['stages', ['smelting'], /./],
  ['minerals', 'cobalt', /./],
  ['timetable.permits', '2028-13', /year and month/],
  ['product', 'a\0b', /characters/],
  ['operator', 'half \ud83d', /characters/],
  ['minerals', ['\udc00'], /characters/],
  ['colour', 'red', /does not know/],
  ['constructor', 'x', /does not know/],
])('%s = %j is told beside its field, and nothing else is lost', (field, value, words) => {
  const { fields, problems } = readProposalFields({ place: 'Mrima Hill', [field]: value })
  expect(fields).toEqual({ place: 'Mrima Hill' })
  expect(problems).toEqual([{ field, problem: expect.stringMatching(words) }])
})

test('whatever the map holds, each entry is either a value, a problem or empty, and can be stored', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constant('\ud800'),
    fc.constant('\0'),
  )
  const name = fc.oneof(fc.constantFrom(...FIELD_NAMES), fc.string({ unit: 'binary', maxLength: 80 }))
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 12 }), (raw) => {
      const { fields, problems } = readProposalFields(raw)
      const empty = Object.values(raw).filter((one) => one === null || one === '').length
      expect(Object.keys(fields).length + problems.length + empty).toBe(Object.keys(raw).length)
      const stored = JSON.stringify({ fields, problems })
      expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/)
    }),
  )
})
