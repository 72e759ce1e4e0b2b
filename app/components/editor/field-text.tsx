import { useEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { FIELD_LABEL, type FieldName, proposalFieldSchemas } from '../../domain/proposal-fields'
import { TextField } from '../ui/field'

/** A pause in typing after which the value goes to the others. */
const PAUSE_MS = 300

/** What is wrong with a value; null for a good one and for none. */
export function problemOf(name: FieldName, value: unknown): string[] | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const parsed = proposalFieldSchemas[name].safeParse(value)
  return parsed.success ? undefined : parsed.error.issues.map((issue) => issue.message)
}

const show = (value: unknown) => (value === undefined || value === null ? '' : String(value))

/**
 * One line of the key facts. What somebody types stays theirs until they pause or leave the field; a colleague's value
 * shows as soon as it comes, unless one is typing here. A value that is not right is kept, and said so.
 */
export function FieldText({
  doc,
  name,
  editable,
  hint,
  inputMode,
  read = (text) => text,
}: {
  doc: Y.Doc
  name: FieldName
  editable: boolean
  hint?: string
  inputMode?: 'decimal' | 'numeric' | 'text'
  /** From what is typed to what is kept. */
  read?: (text: string) => unknown
}) {
  const [value, set] = useField<unknown>(doc, name)
  const [draft, setDraft] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const latest = useRef<string | null>(null)

  const commit = () => {
    clearTimeout(timer.current)
    const typed = latest.current
    latest.current = null
    if (typed === null) return
    const next = typed.trim() === '' ? null : read(typed.trim())
    if (show(next) !== show(value)) set(next)
  }
  const commitLatest = useRef(commit)
  commitLatest.current = commit
  // Leaving the page with a word half typed does not lose it.
  useEffect(() => () => commitLatest.current(), [])

  return (
    <TextField
      label={FIELD_LABEL[name]}
      name={name}
      hint={hint}
      inputMode={inputMode}
      readOnly={!editable}
      autoComplete="off"
      value={draft ?? show(value)}
      error={problemOf(name, draft === null ? value : read(draft.trim()) || undefined)}
      onChange={(event) => {
        const text = event.target.value
        setDraft(text)
        latest.current = text
        clearTimeout(timer.current)
        timer.current = setTimeout(commit, PAUSE_MS)
      }}
      onBlur={() => {
        commit()
        setDraft(null)
      }}
    />
  )
}
