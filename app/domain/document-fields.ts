/** How the structured answers of any document are read: one key each in the `Y.Map` named `fields`, plain JSON values. */
import { z } from 'zod'

/** An exact number as people write it together: a decimal string. */
export const decimalField = (what: string) =>
  z
    .string()
    .regex(/^\d{1,15}(\.\d{1,4})?$/, `${what} is a number of at most 15 digits, with a point before decimals`)

export const monthField = z
  .string()
  .regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/, 'a date is a year and month, as 2028-06')

/** ISO 4217. */
export const currencyField = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, as USD')

/** What could not be read, by field: told beside the field, never dropped. */
export type FieldProblem = { field: string; problem: string }

/** Zero characters and halves of characters: JSON and browsers let them pass, a database does not. */
const UNSTORABLE = /\p{Surrogate}/u
const storable = (value: unknown): boolean =>
  typeof value === 'string'
    ? !value.includes('\0') && !UNSTORABLE.test(value)
    : !Array.isArray(value) || value.every(storable)

const printable = (name: string) =>
  name
    .slice(0, 60)
    .replaceAll('\0', '\ufffd')
    .replace(/\p{Surrogate}/gu, '\ufffd')

/** Each kind of issue once: a list of a thousand wrong entries says one thing. */
const inWords = (error: z.ZodError) =>
  [...new Set(error.issues.map((issue) => issue.message))].slice(0, 3).join('; ')

/**
 * Reads a `fields` map by a schema for each name. In: the map as plain JSON. Out: the values that are valid and, for every
 * other one, the problem. Values that are null or '' are "not given" and no problem.
 */
export function readFieldsBy(
  schemas: Readonly<Record<string, z.ZodType>>,
  raw: Record<string, unknown>,
): { fields: Record<string, unknown>; problems: FieldProblem[] } {
  const fields: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  for (const [name, value] of Object.entries(raw)) {
    if (value === null || value === undefined || value === '') continue
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined
    if (!schema) {
      problems.push({ field: printable(name), problem: 'this portal does not know the field' })
      continue
    }
    const parsed = schema.safeParse(value)
    if (!parsed.success) problems.push({ field: name, problem: inWords(parsed.error) })
    else if (!storable(parsed.data))
      problems.push({ field: name, problem: 'it holds characters that no text can hold' })
    else fields[name] = parsed.data
  }
  return { fields, problems }
}

/** Somebody who writes a map full of nonsense is not kept word by word. */
const MOST_PROBLEMS = 40

/** As many problems as are kept, and how many more there are. */
export const atMostProblems = (problems: readonly FieldProblem[]): FieldProblem[] =>
  problems.length <= MOST_PROBLEMS
    ? [...problems]
    : [
        ...problems.slice(0, MOST_PROBLEMS),
        { field: '', problem: `${problems.length - MOST_PROBLEMS} more fields that cannot be read` },
      ]
