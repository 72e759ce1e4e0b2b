import type { KeyboardEvent, ReactNode } from 'react'
import type * as Y from 'yjs'
import { CURRENCIES } from '../../domain/currency'
import { type AnyField, labelOfField, type ReadFields, useFieldProblems } from './field-problems'

export const CURRENCY_OPTIONS = [
  { value: '', label: 'Not given' },
  ...CURRENCIES.map((code) => ({ value: code, label: code })),
]

/** The key facts of a document: what of them cannot be read, the fields, and undo by keyboard. */
export function FactsFrame({
  doc,
  editable,
  read,
  list,
  undo,
  redo,
  children,
}: {
  doc: Y.Doc
  editable: boolean
  read: ReadFields
  /** Where what is read is shown, in words. */
  list: string
  undo: () => void
  redo: () => void
  children: ReactNode
}) {
  /** Undo is the document's, as in the text; in a line of text that is being typed it is the browser's. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || !(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    if (event.target instanceof HTMLInputElement && event.target.dataset.draft === 'typing') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) redo()
    else undo()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for what the fields within take
    <div className="space-y-4" onKeyDown={editable ? onKeyDown : undefined}>
      <Unread doc={doc} read={read} list={list} />
      {children}
    </div>
  )
}

const labelOf = (field: string) => labelOfField(field as AnyField) ?? field

/** What stands in the document and cannot be read, so that lists go without. It is kept until it is mended. */
function Unread({ doc, read, list }: { doc: Y.Doc; read: ReadFields; list: string }) {
  const problems = useFieldProblems(doc, read)
  if (problems.length === 0) return null
  return (
    <div className="border border-red border-l-4 bg-red-wash px-3 py-2 text-sm">
      <p className="font-semibold">Kept here, but not in {list}:</p>
      <ul>
        {problems.map(({ field, problem }) => (
          <li key={field}>
            {labelOf(field)}: {problem}.
          </li>
        ))}
      </ul>
    </div>
  )
}
