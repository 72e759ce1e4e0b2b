/** From Natural Earth's countries (public domain) to paths of the drawing. */
import { geoGraticule10, geoPath } from 'd3-geo'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import overview from 'world-atlas/countries-110m.json'
import { HEIGHT, projection, type View, WIDTH } from './projection'

const path = geoPath(projection).digits(2)

export const GRATICULE = path(geoGraticule10()) ?? ''
export const SPHERE = path({ type: 'Sphere' }) ?? ''

/** A country's shape, and the box around it: left, top, right, bottom. */
export type Shape = { id: string; d: string; box: readonly [number, number, number, number] }

/** The package's JSON is typed as any JSON; it is a topology of one collection of countries. */
const asTopology = (atlas: unknown) => atlas as Topology<{ countries: GeometryCollection }>

export function shapesOf(atlas: unknown): Shape[] {
  const topology = asTopology(atlas)
  return feature(topology, topology.objects.countries).features.flatMap((country, index) => {
    const d = path(country)
    if (!d) return []
    const [[left, top], [right, bottom]] = path.bounds(country)
    return [{ id: String(index), d, box: [left, top, right, bottom] as const }]
  })
}

/** 1 : 110 million, for the whole world. */
export const OVERVIEW = shapesOf(overview)

/** The overview's countries with their numeric codes of ISO 3166-1 as ids. */
export function overviewCountries() {
  const topology = asTopology(overview)
  return feature(topology, topology.objects.countries).features
}

/** 1 : 50 million, for looking closer: a file of its own, fetched when it is first needed. */
export const closeShapes = () =>
  import('world-atlas/countries-50m.json').then((atlas) => shapesOf(atlas.default))

/** Those of which something is in sight. */
export const inSight = (shapes: readonly Shape[], { x, y, scale }: View): Shape[] =>
  shapes.filter(
    ({ box: [left, top, right, bottom] }) =>
      right >= x && left <= x + WIDTH / scale && bottom >= y && top <= y + HEIGHT / scale,
  )
