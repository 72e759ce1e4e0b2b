/** Where projects are drawn: at their site, or around the middle of their country where only that is known. Pure. */
import type { StageGroup } from '../../domain/map-wish'
import { place } from './projection'

export type MapPin = {
  id: string
  title: string
  lat: number | null
  lon: number | null
  countryIso2?: string | null
  group?: StageGroup
  /** For the size of the circle; null: has none. */
  value?: number | null
  /** Beside the name: what the size says. */
  text?: string | null
}

export type Placed = MapPin & {
  at: [number, number]
  /** Pixels away from `at`, so that several at one place are seen. */
  offset: [number, number]
  /** Only the country is known. */
  approximate: boolean
  radius: number
}

const SAME = 5
const [SMALLEST, LARGEST] = [4, 24]
/** The angle at which points of a spiral lie farthest from each other. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/** Areas, not radii, are in proportion to values; where nothing has a value, all are the same. */
export function radiusOf(value: number | null | undefined, most: number): number {
  if (most <= 0) return SAME
  return value ? Math.max(SMALLEST, LARGEST * Math.sqrt(value / most)) : SMALLEST
}

/** `middle`: of a country by its alpha-2 code. What has no place at all is left out. */
export function placed(
  pins: readonly MapPin[],
  middle: (iso2: string) => { lat: number; lon: number } | null,
): Placed[] {
  const most = Math.max(0, ...pins.map(({ value }) => value ?? 0))
  const there = new Map<string, number>()
  return pins
    .flatMap((pin) => {
      const exact = pin.lat !== null && pin.lon !== null ? place(pin.lat, pin.lon) : null
      const rough = exact || !pin.countryIso2 ? null : middle(pin.countryIso2)
      const at = exact ?? (rough && place(rough.lat, rough.lon))
      return at ? [{ ...pin, at, approximate: !exact, radius: radiusOf(pin.value, most) }] : []
    })
    .sort((a, b) => b.radius - a.radius)
    .map((pin) => {
      const key = pin.at.map((part) => part.toFixed(1)).join()
      const nth = there.get(key) ?? 0
      there.set(key, nth + 1)
      const away = nth ? 9 * Math.sqrt(nth) + 4 : 0
      return { ...pin, offset: [Math.cos(nth * GOLDEN) * away, Math.sin(nth * GOLDEN) * away] }
    })
}
