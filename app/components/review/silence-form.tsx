import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { FieldProblems } from '../../domain/fault'
import { SILENCE_TEXT } from '../../domain/silence'
import { wallClock } from '../../domain/zoned'
import { Button } from '../ui/button'
import { SelectField, TextArea, TextField } from '../ui/field'
import { Section } from '../ui/page'

const ZONES =
  typeof Intl.supportedValuesOf === 'function' ? ['UTC', ...Intl.supportedValuesOf('timeZone')] : ['UTC']

/** Opens a silence procedure: text, outcome, and a deadline with its zone. */
export function SilenceForm({
  formKey,
  leastHours,
  title,
  kept,
  problems,
}: {
  formKey: string
  leastHours: number
  title: string
  /** What was typed before it was refused. */
  kept: Record<string, string>
  problems: FieldProblems
}) {
  const [own, setOwn] = useState<{ zone: string; at: string } | null>(null)
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const zone = ZONES.includes(timeZone) ? timeZone : 'UTC'
    // A day above the least, so that the time to read and send the form does not make it too short.
    setOwn({ zone, at: wallClock(new Date(Date.now() + (leastHours + 24) * 3_600_000), zone) })
  }, [leastHours])
  return (
    <Section title="Silence procedure">
      <Form method="post" key={own ? 'own' : 'still'} className="max-w-prose space-y-3">
        <p className="text-sm text-muted">
          The text is frozen and goes to every delegation of the group. Unless one breaks silence before the
          deadline, it is adopted by itself. The deadline is never shortened; the group asks for at least{' '}
          {leastHours} hours.
        </p>
        <input type="hidden" name="act" value="silence" />
        <input type="hidden" name="key" value={formKey} />
        <SelectField
          label="The text"
          name="outcome"
          defaultValue={kept.outcome ?? 'endorsed'}
          error={problems.outcome}
          options={[
            { value: 'endorsed', label: 'endorses the proposal' },
            { value: 'declined', label: 'declines the proposal' },
          ]}
        />
        <TextArea
          label="Text of the decision"
          name="text"
          rows={6}
          maxLength={SILENCE_TEXT.max}
          defaultValue={kept.text ?? `The group endorses the proposal “${title}”.`}
          error={problems.text}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="Deadline"
            name="at"
            type="datetime-local"
            defaultValue={kept.at ?? own?.at}
            error={problems.at}
          />
          <SelectField
            label="In the zone"
            name="zone"
            defaultValue={kept.zone ?? own?.zone}
            error={problems.zone}
            options={ZONES.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
          />
        </div>
        <Button variant="primary">Open the silence procedure</Button>
      </Form>
    </Section>
  )
}
