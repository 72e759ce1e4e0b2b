import { Form, useNavigation } from '@remix-run/react'
import type { FieldProblems } from '../../domain/fault'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { TextArea } from '../ui/field'
import { FormErrors } from '../ui/form-errors'

type Refused = { message: string | null; fields: FieldProblems; form: Record<string, string> } | null

/** Makes a text of what the log tells, to be written on together. */
export function DraftMinutes({ actKey }: { actKey: string }) {
  const busy = useNavigation().state !== 'idle'
  return (
    <Form method="post">
      <input type="hidden" name="key" value={actKey} />
      <Button variant="primary" name="act" value="draft_minutes" aria-busy={busy || undefined}>
        Draft the minutes
      </Button>
    </Form>
  )
}

/** Opens approved minutes to be written again, with the reason; what was approved stays as it is. */
export function CorrectMinutes({ actKey, refused }: { actKey: string; refused: Refused }) {
  const busy = useNavigation().state !== 'idle'
  return (
    <Dialog trigger={<Button>Correct them</Button>} title="Correct the minutes">
      <Form method="post" className="space-y-3">
        <FormErrors message={refused?.message ?? null} fields={refused?.fields ?? {}} />
        <p className="text-sm">
          The text is opened to be written again. What was approved stays readable as it is, until a decision
          of the group’s next session approves the corrected version.
        </p>
        <input type="hidden" name="key" value={actKey} />
        <TextArea
          label="What is to be corrected"
          name="reason"
          required
          minLength={3}
          maxLength={500}
          defaultValue={refused?.form.reason ?? ''}
          error={refused?.fields.reason}
          data-autofocus
        />
        <Button variant="primary" name="act" value="correct_minutes" aria-busy={busy || undefined}>
          Open them for correction
        </Button>
      </Form>
    </Dialog>
  )
}
