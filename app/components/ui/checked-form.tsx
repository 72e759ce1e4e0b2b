import { Form, type FormProps } from '@remix-run/react'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { z } from 'zod'
import type { FieldProblems } from '../../domain/fault'
import { parseForm } from '../../domain/form'
import { FormErrors } from './form-errors'

type Refused = { message?: string | null; fields: FieldProblems } | undefined

/**
 * A form that is checked in the browser by the schema its action parses with, so that a slip shows before anything is
 * sent. The schema is fetched when somebody enters the form; until then, and without scripts, the server's check stands.
 * In: `refused`, the action's last answer. Out: what is wrong, by field, to the function that draws the fields.
 */
export function CheckedForm({
  schema,
  refused,
  children,
  ...form
}: Omit<FormProps, 'children'> & {
  schema: () => Promise<z.ZodType>
  refused: Refused
  children: (problems: FieldProblems) => ReactNode
}) {
  const check = useRef<z.ZodType | null>(null)
  const [found, setFound] = useState<FieldProblems | null>(null)

  function enter() {
    if (check.current) return
    schema().then(
      (loaded) => {
        check.current = loaded
      },
      // Offline, say: then the server's check stands.
      () => {},
    )
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    form.onSubmit?.(event)
    const parsed =
      check.current && parseForm(check.current, Object.fromEntries(new FormData(event.currentTarget)))
    const wrong = parsed && !parsed.ok ? parsed.fields : null
    if (wrong) event.preventDefault()
    setFound(wrong)
  }

  const problems = found ?? refused?.fields ?? {}
  return (
    <Form method="post" noValidate {...form} onFocus={enter} onSubmit={submit}>
      <FormErrors message={found ? null : refused?.message} fields={problems} />
      {children(problems)}
    </Form>
  )
}
