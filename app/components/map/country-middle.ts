import { geoArea, geoCentroid } from 'd3-geo'
import { NUMERIC_BY_ISO2 } from '../../domain/country-codes'
import { overviewCountries } from './land'
import type { Site } from './projection'

type Country = ReturnType<typeof overviewCountries>[number]

/** Of a country of several parts, the largest: a middle between France and Guiana lies in the sea. */
function largestPart(geometry: Country['geometry']): Country['geometry'] {
  if (geometry.type !== 'MultiPolygon') return geometry
  const parts = geometry.coordinates.map((coordinates) => ({ type: 'Polygon' as const, coordinates }))
  return parts.reduce((best, part) => (geoArea(part) > geoArea(best) ? part : best))
}

const middleOf = ({ geometry }: Country): Site => {
  const [lon, lat] = geoCentroid(largestPart(geometry))
  return { lat, lon }
}

let middles: Map<string, Site> | null = null

/** The middle of a country by its alpha-2 code; null for those too small to be drawn on the overview. */
export function countryMiddle(iso2: string): Site | null {
  middles ??= new Map(overviewCountries().map((country) => [String(country.id), middleOf(country)]))
  return middles.get(NUMERIC_BY_ISO2.get(iso2) ?? '') ?? null
}
