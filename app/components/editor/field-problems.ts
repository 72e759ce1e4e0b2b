/** What is wrong with the key facts, as it stands this moment. */
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type * as Y from 'yjs'
import {
  type FieldName,
  type FieldProblem,
  proposalFieldSchemas,
  readProposalFields,
} from '../../domain/proposal-fields'
import { FIELDS_MAP } from '../../domain/proposal-template'

/** What is wrong with a value, as sentences; undefined for a good one and for none. */
export function problemOf(name: FieldName, value: unknown): string[] | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const parsed = proposalFieldSchemas[name].safeParse(value)
  return parsed.success
    ? undefined
    : parsed.error.issues.map(({ message }) =>
        `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/\.\.$/, '.'),
      )
}

const NONE: readonly FieldProblem[] = []

/** Every value that the project list cannot show, by the rules of the server's own reading of the fields. */
export function useFieldProblems(doc: Y.Doc): readonly FieldProblem[] {
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
    const { problems } = readProposalFields(fields.toJSON())
    // The same array for the same problems: React compares it.
    if (JSON.stringify(problems) !== JSON.stringify(last.current)) last.current = problems
    return last.current
  }
  return useSyncExternalStore(subscribe, read, () => NONE)
}
