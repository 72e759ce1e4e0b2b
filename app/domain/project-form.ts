/** A delegation's own project, as its form has it. Texts in, typed values out; '' is "not given". */
import { z } from 'zod'
import { country } from './country'
import { MARKINGS } from './marking'
import { STAGES } from './project-stage'

const text = (what: string, max: number) =>
  z.string().trim().max(max, `${what} has at most ${max} characters.`)

const optionalText = (what: string, max: number) => text(what, max).transform((value) => value || null)

/** Spaces between thousands and one decimal comma or point are how people write numbers. */
const decimal = (what: string) =>
  z
    .string()
    .trim()
    .transform((value) => value.replace(/[\s\u00a0\u202f']/g, '').replace(/^(\d+),(\d{1,2})$/, '$1.$2'))
    .refine(
      (value) => value === '' || /^\d{1,15}(\.\d{1,4})?$/.test(value),
      `${what} is a number of at most 15 digits, as 1200000 or 12.5.`,
    )
    .transform((value) => value || null)

const degrees = (what: string, limit: number) =>
  z
    .string()
    .trim()
    .transform((value) => value.replace(',', '.'))
    .refine(
      (value) => value === '' || (/^-?\d+(\.\d+)?$/.test(value) && Math.abs(Number(value)) <= limit),
      `${what} is in degrees from -${limit} to ${limit}, as -4.06.`,
    )
    .transform((value) => (value === '' ? null : Number(value)))

export const projectForm = z
  .object({
    title: text('The title', 200).min(3, 'The title has at least 3 characters.'),
    summary: text('The summary', 4000),
    marking: z.enum(MARKINGS, 'Choose who may know of the project.').exclude(['group']),
    readers: z.array(z.string().max(64)).max(80),
    minerals: z
      .array(z.string().max(64))
      .min(1, 'Choose at least one mineral.')
      .max(40, 'At most 40 minerals.'),
    stages: z.array(z.enum(STAGES)).min(1, 'Choose at least one stage of production.'),
    countryIso2: z.union([z.literal('').transform(() => null), country]),
    place: optionalText('The place', 200),
    lat: degrees('Latitude', 90),
    lon: degrees('Longitude', 180),
    product: optionalText('The product', 200),
    capacityTonnes: decimal('Capacity'),
    capitalCost: decimal('Capital cost'),
    currency: z.union([
      z.literal('').transform(() => null),
      z.string().regex(/^[A-Z]{3}$/, 'A currency is three capital letters, as USD.'),
    ]),
    priceYear: z
      .string()
      .trim()
      .refine(
        (value) => value === '' || /^(199\d|20\d\d|2100)$/.test(value),
        'The price year is from 1990 to 2100.',
      )
      .transform((value) => (value === '' ? null : Number(value))),
    firstProduction: z
      .string()
      .trim()
      .refine(
        (value) => value === '' || /^(19|20|21)\d\d(-(0[1-9]|1[0-2]))?$/.test(value),
        'First production is a year, or a year and month as 2029-06.',
      )
      .transform((value) => value || null),
    operator: optionalText('The operator', 200),
    operatorCountryIso2: z.union([z.literal('').transform(() => null), country]).prefault(''),
  })
  .refine((form) => (form.lat === null) === (form.lon === null), {
    path: ['lon'],
    message: 'Give both latitude and longitude, or neither.',
  })
  .refine((form) => form.capitalCost === null || form.currency !== null, {
    path: ['currency'],
    message: 'Give the currency of the capital cost.',
  })

export type ProjectInput = z.output<typeof projectForm>

const LISTS = ['minerals', 'stages', 'readers'] as const

/** What the browser sends, as the schema wants it: fields with several values become lists. */
export function projectFormValues(form: FormData): Record<string, string | string[]> {
  const names = Object.keys(projectForm.shape)
  return Object.fromEntries(
    names.map((name) => {
      // No text of the database can hold a zero character; no keyboard types one.
      const all = form.getAll(name).map((value) => String(value).replaceAll('\0', ''))
      return [name, LISTS.some((list) => list === name) ? all : (all[0] ?? '')]
    }),
  )
}
