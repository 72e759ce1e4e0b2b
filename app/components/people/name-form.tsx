import type { FieldProblems } from '../../domain/fault'
import { Button } from '../ui/button'
import { CheckedForm } from '../ui/checked-form'
import { TextField } from '../ui/field'

export function NameForm({
  name,
  refused,
}: {
  name: string
  refused: { name: string; fields: FieldProblems } | undefined
}) {
  return (
    <CheckedForm
      schema={() => import('../../domain/account').then((forms) => forms.accountForm)}
      refused={refused}
      className="max-w-md"
    >
      {(problems) => (
        <div className="flex flex-wrap items-start gap-3">
          <input type="hidden" name="act" value="rename" />
          <TextField
            className="flex-1"
            label="Your name"
            name="name"
            autoComplete="name"
            hint="As it stands under what you write."
            defaultValue={refused?.name ?? name}
            error={problems.name}
          />
          <Button className="mt-6.5">Change the name</Button>
        </div>
      )}
    </CheckedForm>
  )
}
