import { Form, useLocation } from '@remix-run/react'
import { type ReactNode, useState } from 'react'
import type { FieldProblems } from '../../domain/fault'
import { Button, type ButtonVariant } from '../ui/button'
import { TextField } from '../ui/field'
import { type RefusedForm, useDone } from '../ui/use-done'

/**
 * The key under which a page's next act is sent. It stays while an act is on its way or was refused, and whenever the page
 * is only read again; once one was done it is another, so a second press sends nothing twice.
 */
export function useActKey(fresh: string, refused: RefusedForm): string {
  const { pathname } = useLocation()
  const done = useDone(() => true, refused)
  const place = `${pathname} ${done}`
  const [kept, keep] = useState({ place, key: fresh })
  if (kept.place === place) return kept.key
  keep({ place, key: fresh })
  return fresh
}

/**
 * A form of one act that opens on its own line. It is empty and closed once its own act was done; another act of the page,
 * or the page read again, leaves it as it is, with all that is typed. `id` names it among the page's.
 */
export function ActForm(props: {
  id: string
  label: string
  refused: RefusedForm
  actKey: string
  hidden: Record<string, string>
  variant?: ButtonVariant
  children?: ReactNode
}) {
  const { pathname } = useLocation()
  const done = useDone((sent) => sent.get('form') === props.id, props.refused)
  return <OneAct key={`${pathname} ${done}`} {...props} />
}

function OneAct({
  id,
  label,
  refused,
  actKey,
  hidden,
  variant = 'primary',
  children,
}: Parameters<typeof ActForm>[0]) {
  const isRefused = refused?.form.form === id
  const [open, setOpen] = useState(isRefused)
  const [told, setTold] = useState(refused)
  if (told !== refused) {
    setTold(refused)
    if (isRefused) setOpen(true)
  }
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="border border-rule bg-sheet"
    >
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
