/** What is wrong with the key facts, as it stands this moment. */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import type { FieldProblem } from '../../domain/document-fields'
import { FIELD_LABEL, type FieldName, proposalFieldSchemas } from '../../domain/proposal-fields'
import { FIELDS_MAP } from '../../domain/proposal-template'
import { REQUEST_FIELD_LABEL, type RequestFieldName, requestFieldSchemas } from '../../domain/request-fields'

/** A field of any document; what two kinds call the same is read alike. */
export type AnyField = FieldName | RequestFieldName

const SCHEMAS = { ...requestFieldSchemas, ...proposalFieldSchemas }
const LABELS = { ...REQUEST_FIELD_LABEL, ...FIELD_LABEL }

export const labelOfField = (name: AnyField): string => LABELS[name]

/** How a document's whole map is read: by its kind. */
export type ReadFields = (raw: Record<string, unknown>) => { problems: FieldProblem[] }

/** What is wrong with a value, as sentences; undefined for a good one and for none. */
export function problemOf(name: AnyField, value: unknown): string[] | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const parsed = SCHEMAS[name].safeParse(value)
  return parsed.success
    ? undefined
    : parsed.error.issues.map(({ message }) =>
        `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/\.\.$/, '.'),
      )
}

const NONE: readonly FieldProblem[] = []

/** Every value that lists cannot show, by the rules of the server's own reading of the fields. */
export function useFieldProblems(doc: Y.Doc, readAll: ReadFields): readonly FieldProblem[] {
  const fields = doc.getMap<unknown>(FIELDS_MAP)
  const last = useRef(NONE)
  const subscribe = useCallback(
    (listener: () => void) => {
      fields.observe(listener)
      return () => fields.unobserve(listener)
    },
    [fields],
  )
  const read = () => {
    const { problems } = readAll(fields.toJSON())
    // The same array for the same problems: React compares it.
    if (JSON.stringify(problems) !== JSON.stringify(last.current)) last.current = problems
    return last.current
  }
  return useSyncExternalStore(subscribe, read, () => NONE)
}
