import { describe, expect, test } from 'vitest'
import { dueStanding } from './due'

describe('how an obligation stands', () => {
  test.each([
    ['2026-11-23', 'past'],
    ['2026-11-24', 'soon'],
    ['2027-01-23', 'soon'],
    ['2027-01-24', 'later'],
    [null, 'undated'],
  ] as const)('due %s, on 24 November 2026: %s', (due, standing) => {
    expect(dueStanding({ due, state: 'open' }, '2026-11-24')).toBe(standing)
  })

  test('a settled one is never past', () => {
    expect(dueStanding({ due: '2020-01-01', state: 'met' }, '2026-11-24')).toBe('settled')
  })
})
