/** The drawing's geometry: an equal-earth world of 960 × 467 units, and the part of it that is looked at. Pure. */
import { geoEqualEarth } from 'd3-geo'

export const WIDTH = 960
export const HEIGHT = 467
/** At the closest the drawing's unit, of about 40 km, is 60 pixels or more. */
const CLOSEST = 64

export const projection = geoEqualEarth().fitExtent(
  [
    [2, 2],
    [WIDTH - 2, HEIGHT - 2],
  ],
  { type: 'Sphere' },
)

/** WGS 84, degrees. */
export type Site = { lat: number; lon: number }

/** WGS 84 degrees → place in the drawing; null for what is no place on Earth. */
export function place(lat: number, lon: number): [number, number] | null {
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return null
  return projection([lon, lat])
}

/** Place in the drawing → WGS 84 degrees, rounded to `decimals`; null outside the world. */
export function locate(x: number, y: number, decimals = 2): Site | null {
  const found = projection.invert?.([x, y])
  if (!found) return null
  const [lon, lat] = found
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return null
  // What lies beside the globe is inverted to somewhere as well; it does not come back to the same place.
  const again = projection(found)
  if (!again || Math.hypot(again[0] - x, again[1] - y) > 0.5) return null
  return { lat: roundTo(lat, decimals), lon: roundTo(lon, decimals) }
}

const roundTo = (value: number, decimals: number) => Number(value.toFixed(decimals))

/** How exactly a click can be meant: two decimals are about a kilometre. */
export const decimalsAt = (scale: number) => (scale > 24 ? 4 : scale > 6 ? 3 : 2)

/** Moves a site by degrees: over the date line, and no further than the poles. */
export function step({ lat, lon }: Site, north: number, east: number): Site {
  return {
    lat: roundTo(Math.min(90, Math.max(-90, lat + north)), 4),
    lon: roundTo(((((lon + east + 180) % 360) + 360) % 360) - 180, 4),
  }
}

/** The part of the drawing in sight: its left upper corner, and how many times closer than the whole world. */
export type View = { x: number; y: number; scale: number }
export const WHOLE: View = { x: 0, y: 0, scale: 1 }

/** The view held within the world. */
export function within({ x, y, scale }: View): View {
  const held = Math.min(CLOSEST, Math.max(1, scale))
  const clamp = (value: number, size: number) => Math.min(size - size / held, Math.max(0, value))
  return { x: clamp(x, WIDTH), y: clamp(y, HEIGHT), scale: held }
}

/** Closer by `factor` (or farther, below 1), keeping the place (x, y) where it is on the screen. */
export function zoom(view: View, factor: number, x: number, y: number): View {
  const scale = Math.min(CLOSEST, Math.max(1, view.scale * factor))
  const ratio = view.scale / scale
  return within({ x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio, scale })
}

export const middleOf = ({ x, y, scale }: View): [number, number] => [
  x + WIDTH / scale / 2,
  y + HEIGHT / scale / 2,
]

/** The view with (x, y) in its middle, as far as the world goes. */
export const centredOn = (x: number, y: number, scale: number): View =>
  within({ x: x - WIDTH / scale / 2, y: y - HEIGHT / scale / 2, scale })

/** Whether (x, y) is in sight, and not at the very edge. */
export function isInSight({ x: left, y: top, scale }: View, x: number, y: number): boolean {
  const [w, h] = [WIDTH / scale, HEIGHT / scale]
  return x > left + w * 0.05 && x < left + w * 0.95 && y > top + h * 0.05 && y < top + h * 0.95
}

/** The smallest view that shows all the places, with some room around them. */
export function viewOf(places: readonly (readonly [number, number])[], closest = 6): View {
  if (places.length === 0) return WHOLE
  const xs = places.map(([x]) => x)
  const ys = places.map(([, y]) => y)
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const scale = Math.min(
    closest,
    WIDTH / Math.max(1, (right - left) * 1.3),
    HEIGHT / Math.max(1, (bottom - top) * 1.3),
  )
  return centredOn((left + right) / 2, (top + bottom) / 2, Math.max(1, scale))
}

/** In words, as they are read out: 4.35° S, 39.37° E. */
export const spoken = ({ lat, lon }: Site): string =>
  `${Math.abs(lat)}° ${lat < 0 ? 'S' : 'N'}, ${Math.abs(lon)}° ${lon < 0 ? 'W' : 'E'}`
