import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastDigest } from './digest-hour'
import { wallClock } from './zoned'

const HOUR = 3_600_000
const ZONES = Intl.supportedValuesOf('timeZone')

test('in every zone, over a year, each day has one digest, at its hour or where clocks jump over it the next', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 23 }),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
      (zone, hour, now) => {
        const { day, at } = lastDigest(now, hour, zone)
        expect(at <= now).toBe(true)
        expect(now.getTime() - at.getTime()).toBeLessThanOrEqual(26 * HOUR)
        const shown = wallClock(at, zone)
        expect(shown.slice(0, 10)).toBe(day)
        expect(Number(shown.slice(11, 13))).toBeGreaterThanOrEqual(hour)
        expect(Number(shown.slice(11, 13))).toBeLessThanOrEqual(hour + 1)
        // Asked again at any moment until the next one, it is the same.
        expect(lastDigest(at, hour, zone)).toEqual({ day, at })
        const before = lastDigest(new Date(at.getTime() - 1), hour, zone)
        expect(before.day < day).toBe(true)
        const apart = at.getTime() - before.at.getTime()
        expect(apart).toBeGreaterThanOrEqual(22 * HOUR)
        expect(apart).toBeLessThanOrEqual(26 * HOUR)
      },
    ),
    { numRuns: 300 },
  )
})

test('the hour that does not exist, and the one that is there twice', () => {
  // Berlin puts its clocks forward at 2:00 on 29 March 2026 and back at 3:00 on 25 October.
  const spring = lastDigest(new Date('2026-03-29T12:00:00Z'), 2, 'Europe/Berlin')
  expect(spring).toEqual({ day: '2026-03-29', at: new Date('2026-03-29T01:00:00Z') })
  const between = lastDigest(new Date('2026-10-25T00:30:00Z'), 2, 'Europe/Berlin')
  expect(between.day).toBe('2026-10-24')
  const autumn = lastDigest(new Date('2026-10-25T01:00:00Z'), 2, 'Europe/Berlin')
  expect(autumn).toEqual({ day: '2026-10-25', at: new Date('2026-10-25T01:00:00Z') })
})

test('the night after clocks went forward, the last digest is the one of the day before', () => {
  // Helsinki put its clocks forward on 29 March 2026: at 0:00 on the 30th, 24 hours ago was 23:00 on the 28th.
  const night = lastDigest(new Date('2026-03-29T21:00:00Z'), 1, 'Europe/Helsinki')
  expect(night).toEqual({ day: '2026-03-29', at: new Date('2026-03-28T23:00:00Z') })
})
