import type { z } from 'zod'
import type { FieldProblems } from './fault'

export type Parsed<T> = { ok: true; value: T } | { ok: false; fields: FieldProblems }

/** What a schema says of a form, by field, in the words shown beside it. */
export function parseForm<S extends z.ZodType>(schema: S, input: unknown): Parsed<z.output<S>> {
  const result = schema.safeParse(input)
  if (result.success) return { ok: true, value: result.data }
  const fields: FieldProblems = {}
  for (const issue of result.error.issues) {
    const name = issue.path.join('.')
    fields[name] = [...(fields[name] ?? []), issue.message]
  }
  return { ok: false, fields }
}
