import { Form } from '@remix-run/react'
import type { FieldProblems } from '../../domain/fault'
import { Button } from '../ui/button'
import { Day } from '../ui/date'
import { SelectField, TextField } from '../ui/field'
import { FormErrors } from '../ui/form-errors'
import { Section } from '../ui/page'

/** For the head of a delegation: who votes in its place, by which letter, until when. */
export function Alternates({
  people,
  held,
  refused,
}: {
  people: readonly { id: string; name: string }[]
  held: readonly { userId: string; name: string; to: string; letter: string }[]
  refused: { message: string | null; fields: FieldProblems; form: Record<string, string> } | null
}) {
  return (
    <Section title="Who votes in your place">
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      {held.length > 0 ? (
        <ul className="mb-3 divide-y divide-rule border-y border-rule bg-sheet text-sm">
          {held.map((one) => (
            <li key={one.userId} className="flex flex-wrap items-center justify-between gap-2 px-3 py-2">
              <span>
                {one.name} <span className="text-muted">{one.letter}, before</span> <Day date={one.to} />
              </span>
              <Form method="post">
                <input type="hidden" name="userId" value={one.userId} />
                <input type="hidden" name="to" value="" />
                <Button size="sm" variant="quiet">
                  End it
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mb-2 text-sm text-muted">Nobody: only the head of your delegation votes for it.</p>
      )}
      {people.length > 0 ? (
        <Form
          method="post"
          key={held.length}
          className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto_auto]"
        >
          <SelectField
            label="Alternate"
            name="userId"
            defaultValue={refused?.form.userId}
            error={refused?.fields.userId}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <TextField
            label="Letter (reference, date)"
            name="letter"
            maxLength={200}
            defaultValue={refused?.form.letter}
            error={refused?.fields.letter}
          />
          <TextField
            label="Until"
            name="to"
            type="date"
            required
            defaultValue={refused?.form.to}
            error={refused?.fields.to}
          />
          <Button>Name</Button>
        </Form>
      ) : null}
    </Section>
  )
}
