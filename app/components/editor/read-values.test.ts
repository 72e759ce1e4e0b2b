import { describe, expect, it } from 'vitest'
import { readDecimal, readDegrees, readMonth, readYear } from './read-values'

describe('what people type', () => {
  it.each([
    ['12500', '12500'],
    ['12 500', '12500'],
    ['12\u202f500.5', '12500.5'],
    ['1,200,000,000', '1200000000'],
    ['1’200’000', '1200000'],
    ['12,5', '12.5'],
    ['about 12', 'about12'],
  ])('number %s', (text, value) => expect(readDecimal(text)).toBe(value))

  it.each([
    ['2028', 2028],
    ['28', '28'],
    ['next year', 'next year'],
  ])('year %s', (text, value) => expect(readYear(text)).toBe(value))

  it.each([
    ['2028-06', '2028-06'],
    ['2028-6', '2028-06'],
    ['2028/06', '2028-06'],
    ['6/2028', '2028-06'],
    ['06.2028', '2028-06'],
    ['June 2028', '2028-06'],
    ['Sept. 2028', '2028-09'],
    ['2028 December', '2028-12'],
    ['2028-13', '2028-13'],
    ['Q3 2028', 'Q3 2028'],
    ['soon', 'soon'],
  ])('month %s', (text, value) => expect(readMonth(text)).toBe(value))

  it.each([
    ['-4.35', 'S', -4.35],
    ['4,35 S', 'S', -4.35],
    ['4.35° n', 'S', 4.35],
    ['39.3746', 'W', 39.3746],
    ['122 W', 'W', -122],
    ['95', 'S', 95],
    ['0 S', 'S', 0],
    ['39 E', 'S', null],
    ['here', 'S', null],
    ['', 'S', null],
  ] as const)('degrees %s', (text, negative, value) => expect(readDegrees(text, negative)).toBe(value))
})
