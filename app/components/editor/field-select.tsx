import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { SelectField } from '../ui/field'
import { textOf } from './field-draft'
import { type AnyField, labelOfField, problemOf } from './field-problems'

/** What of a field's value is a list of texts. */
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** One of a list, in the key facts. */
export function FieldSelect({
  doc,
  name,
  editable,
  options,
}: {
  doc: Y.Doc
  editable: boolean
  name: AnyField
  options: readonly { value: string; label: string }[]
}) {
  const [value, set] = useField<unknown>(doc, name)
  const now = textOf(value)
  // A value that is not in the list is shown all the same.
  const known = options.some((option) => option.value === now)
  return (
    <SelectField
      label={labelOfField(name)}
      name={name}
      options={known ? options : [...options, { value: now, label: now }]}
      disabled={!editable}
      value={now}
      error={problemOf(name, value)}
      onChange={(event) => set(event.target.value || null)}
    />
  )
}
