import { z } from 'zod'
import { COUNTRY_NAMES } from './country-names'

/** ISO 3166-1 alpha-2, or EU. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters, as KE.')

/** A country's name in English; the code itself for one that is not known. */
export const countryName = (iso2: string): string =>
  COUNTRY_NAMES[iso2] ?? (iso2 === 'EU' ? 'European Union' : iso2)

/** Every country, by name: for lists to choose from. */
export const COUNTRIES: readonly { iso2: string; name: string }[] = Object.entries(COUNTRY_NAMES).map(
  ([iso2, name]) => ({
    iso2,
    name,
  }),
)
