import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantIn, isZone, wallClock } from './zoned'

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')].filter(isZone)

test('in every zone a wall clock and its instant belong together, over every change of clocks', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.date({
        min: new Date('2026-01-01T00:00:00Z'),
        max: new Date('2028-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
      (zone, at) => {
        const wall = wallClock(at, zone)
        const back = instantIn(wall, zone)
        expect(back && wallClock(back, zone)).toBe(wall)
        // Never earlier than any instant that shows this time: a deadline does not slip forward.
        expect(back?.getTime()).toBeGreaterThanOrEqual(Math.floor(at.getTime() / 60_000) * 60_000)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a time that clocks skip is none, one that they show twice is the later', () => {
  expect(instantIn('2026-03-29T02:30', 'Europe/Berlin')).toBeNull()
  expect(instantIn('2026-10-25T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T01:30:00.000Z')
  expect(instantIn('2026-11-01T01:30', 'America/New_York')?.toISOString()).toBe('2026-11-01T06:30:00.000Z')
  // A day that Kiritimati has and others have not yet.
  expect(instantIn('2026-12-01T00:00', 'Pacific/Kiritimati')?.toISOString()).toBe('2026-11-30T10:00:00.000Z')
})

test('what is no time or no zone is none', () => {
  expect(instantIn('2026-13-01T00:00', 'UTC')).toBeNull()
  expect(instantIn('tomorrow', 'UTC')).toBeNull()
  expect(instantIn('2026-12-01T00:00', 'Mars/Olympus')).toBeNull()
  expect(isZone('')).toBe(false)
})
