import { Form } from '@remix-run/react'
import { type ReactNode, useState } from 'react'
import type { FieldProblems } from '../../domain/fault'
import { Button, type ButtonVariant } from '../ui/button'
import { TextField } from '../ui/field'

/** What an act's form came back with; null while nothing was refused. */
export type RefusedForm = { fields: FieldProblems; form: Record<string, string> } | null

/**
 * The key under which a page's next act is sent. It stays while an act was refused, and what was typed stays with it; once
 * one was done it is another, and forms keyed by it are empty again: nothing is sent twice by a second press.
 */
export function useActKey(fresh: string, refused: RefusedForm): string {
  const [key, setKey] = useState(fresh)
  if (refused || key === fresh) return key
  setKey(fresh)
  return fresh
}

/** A form of one act that opens on its own line, and stays open when it was refused. `id` names it among the page's. */
export function ActForm({
  id,
  label,
  refused,
  actKey,
  hidden,
  variant = 'primary',
  children,
}: {
  id: string
  label: string
  refused: RefusedForm
  actKey: string
  hidden: Record<string, string>
  variant?: ButtonVariant
  children?: ReactNode
}) {
  return (
    <details key={actKey} open={refused?.form.form === id} className="border border-rule bg-sheet">
      <summary className="cursor-pointer px-3 py-2 text-sm font-semibold text-accent">{label}</summary>
      <Form method="post" encType="multipart/form-data" className="space-y-3 border-t border-rule p-3">
        <input type="hidden" name="form" value={id} />
        <input type="hidden" name="key" value={actKey} />
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <Button variant={variant}>{label}</Button>
      </Form>
    </details>
  )
}

/** What a form's fields came back with, when it was this form. */
export const refusedOf = (refused: RefusedForm, id: string) =>
  refused?.form.form === id ? refused : { fields: {} as FieldProblems, form: {} as Record<string, string> }

export const FileField = ({ error, hint }: { error?: readonly string[]; hint?: string }) => (
  <TextField
    label="Document"
    name="file"
    type="file"
    accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
    hint={hint ?? 'PDF, .docx, .xlsx, .png or .jpg, at most 10 MB.'}
    error={error}
  />
)
