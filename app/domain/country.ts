import { z } from 'zod'

/** ISO 3166-1 alpha-2, or EU. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters, as KE.')

const names = new Intl.DisplayNames(['en'], { type: 'region' })

/** A country's name in English, as Unicode's data has it; the code itself where there is none. */
export function countryName(iso2: string): string {
  if (!country.safeParse(iso2).success) return iso2
  return names.of(iso2) ?? iso2
}

/** Every country that has a name, by name: for lists to choose from. */
export function allCountries(): { iso2: string; name: string }[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  return codes
    .map((iso2) => ({ iso2, name: names.of(iso2) ?? iso2 }))
    .filter(({ iso2, name }) => name !== iso2 && !NO_COUNTRY.has(iso2))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** Codes that Unicode names and ISO 3166 gives to no country (or to none any more). */
const NO_COUNTRY = new Set(
  'AC AN BU CP CQ CS CT DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO QU RH SU TA TP UK UN VD WK XA XB XK YD YU ZR ZZ'.split(
    ' ',
  ),
)
