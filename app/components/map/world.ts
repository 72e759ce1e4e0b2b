/** The world's countries (Natural Earth, public domain, 1:110 m) in an equal-earth projection. */
import { geoEqualEarth, geoGraticule10, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-110m.json'

export const WIDTH = 960
export const HEIGHT = 467

const projection = geoEqualEarth().fitExtent(
  [
    [2, 2],
    [WIDTH - 2, HEIGHT - 2],
  ],
  { type: 'Sphere' },
)
const path = geoPath(projection)

/** The atlas's JSON is a topology of one collection of countries. */
const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>

export const LAND = path(feature(topology, topology.objects.countries)) ?? ''
export const GRATICULE = path(geoGraticule10()) ?? ''
export const SPHERE = path({ type: 'Sphere' }) ?? ''

/** WGS 84 degrees → place in the drawing, null for what it cannot show. */
export const place = (lat: number, lon: number): [number, number] | null => projection([lon, lat])

/** Place in the drawing → WGS 84 degrees to two decimals (about a kilometre), null outside the world. */
export function locate(x: number, y: number): { lat: number; lon: number } | null {
  const found = projection.invert?.([x, y])
  if (!found || Math.abs(found[0]) > 180 || Math.abs(found[1]) > 90) return null
  return { lat: Math.round(found[1] * 100) / 100, lon: Math.round(found[0] * 100) / 100 }
}
