/** When somebody's daily digest is due: once each calendar day of their zone, at the hour they chose. */
import { instantIn, wallClock } from './zoned'

const DAY_MS = 86_400_000
const twoDigits = (value: number) => String(value).padStart(2, '0')

/** The day's instant. Where clocks are put forward over the hour, the next one that there is. */
function digestOn(day: string, hour: number, zone: string): Date | null {
  for (let later = 0; hour + later < 24; later++) {
    const at = instantIn(`${day}T${twoDigits(hour + later)}:00`, zone)
    if (at) return at
  }
  return null
}

/**
 * The last digest that was due by `now`: its calendar day in the zone, and its instant. A notice from before the instant
 * belongs into it; a later one waits for the next day's.
 */
export function lastDigest(now: Date, hour: number, zone: string): { day: string; at: Date } {
  // Steps of the calendar, not of 24 hours: an hour after midnight of the day after clocks went forward, 24 hours back is two
  // calendar days back.
  const today = Date.parse(`${wallClock(now, zone).slice(0, 10)}T00:00:00Z`)
  for (let back = 0; back < 4; back++) {
    const day = new Date(today - back * DAY_MS).toISOString().slice(0, 10)
    const at = digestOn(day, hour, zone)
    if (at && at <= now) return { day, at }
  }
  throw new RangeError(`no digest of ${zone} was ever due`)
}
