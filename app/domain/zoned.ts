/** Wall-clock times and the instants they are, in any zone of the IANA database, over changes of clocks. */

/** Whether this machine knows the zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone.includes('/') || zone === 'UTC'
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** The wall clock of an instant in a zone, as `2026-11-30T17:00`. */
export function wallClock(at: Date, zone: string): string {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`
}

/**
 * The instant at which a zone's wall clock shows `wall` (`2026-11-30T17:00`). Where it shows it twice, as clocks are put
 * back, the later one: a deadline never comes early. Null where it never shows it, and for what is no time.
 */
export function instantIn(wall: string, zone: string): Date | null {
  const asUtc = Date.parse(`${wall}:00Z`)
  if (Number.isNaN(asUtc) || !isZone(zone)) return null
  let found: Date | null = null
  // Offsets lie between −12 and +14 hours and change by whole quarters: two days hold every candidate's offset.
  for (const near of [asUtc - 86_400_000, asUtc, asUtc + 86_400_000]) {
    const shown = Date.parse(`${wallClock(new Date(near), zone)}:00Z`)
    const offset = shown - Math.floor(near / 60_000) * 60_000
    const candidate = new Date(asUtc - offset)
    if (wallClock(candidate, zone) === wall && (!found || candidate > found)) found = candidate
  }
  return found
}
