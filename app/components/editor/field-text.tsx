import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { TextField } from '../ui/field'
import { type Draft, meet, send, shownText, typed } from './field-draft'
import { type AnyField, labelOfField, problemOf } from './field-problems'

/** A pause in typing after which the value goes to the others. */
const PAUSE_MS = 300

/**
 * One line of the key facts. What somebody types stays theirs until they pause or leave the field; a colleague's value
 * shows as soon as it comes, unless one is typing here. A value that is not right is kept, and said so.
 */
export function FieldText({
  doc,
  name,
  editable,
  hint,
  placeholder,
  inputMode,
  read = (text) => text,
}: {
  doc: Y.Doc
  name: AnyField
  editable: boolean
  hint?: string
  placeholder?: string
  inputMode?: 'decimal' | 'numeric' | 'text'
  /** From what is typed to what is kept. */
  read?: (text: string) => unknown
}) {
  const [value, set] = useField<unknown>(doc, name)
  const [kept, setDraft] = useState<Draft>(null)
  const draft = meet(kept, value)
  const timer = useRef<ReturnType<typeof setTimeout>>()

  const commit = () => {
    clearTimeout(timer.current)
    const after = send(draft, value, read)
    if (after.draft !== draft) setDraft(after.draft)
    if (after.set !== undefined) set(after.set)
  }
  const latest = useRef(commit)
  latest.current = commit
  const commitLatest = useCallback(() => latest.current(), [])
  // Leaving the page with a word half typed does not lose it: before the document is let go of, so in a layout effect.
  useLayoutEffect(() => commitLatest, [commitLatest])

  return (
    <TextField
      label={labelOfField(name)}
      name={name}
      hint={hint}
      placeholder={placeholder}
      inputMode={inputMode}
      data-draft={draft?.state}
      readOnly={!editable}
      autoComplete="off"
      value={shownText(draft, value)}
      // A word half typed is not wrong yet.
      error={draft?.state === 'typing' ? undefined : problemOf(name, value)}
      onChange={(event) => {
        setDraft(typed(event.target.value))
        clearTimeout(timer.current)
        timer.current = setTimeout(commitLatest, PAUSE_MS)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape' && draft?.state === 'typing') {
          clearTimeout(timer.current)
          setDraft(null)
        }
      }}
      onBlur={() => {
        commit()
        setDraft(null)
      }}
    />
  )
}
