import type { FieldProblems } from '../../domain/fault'
import { MIN_PASSWORD } from '../../domain/password-length'
import { Button } from '../ui/button'
import { CheckedForm } from '../ui/checked-form'
import { TextField } from '../ui/field'

export function PasswordForm({
  email,
  refused,
}: {
  email: string
  refused: { fields: FieldProblems } | undefined
}) {
  return (
    <CheckedForm
      schema={() => import('../../domain/account').then((forms) => forms.changePasswordForm)}
      refused={refused}
      className="max-w-md space-y-3"
    >
      {(problems) => (
        <>
          <input type="hidden" name="act" value="password" />
          {/* For password managers: whose password it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <TextField
            label="Present password"
            name="current"
            type="password"
            autoComplete="current-password"
            error={problems.current}
          />
          <TextField
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint={`At least ${MIN_PASSWORD} characters. You are signed out everywhere else.`}
            error={problems.password}
          />
          <Button>Change the password</Button>
        </>
      )}
    </CheckedForm>
  )
}
