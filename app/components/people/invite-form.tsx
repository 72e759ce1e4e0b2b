import { useNavigation } from '@remix-run/react'
import type { FieldProblems } from '../../domain/fault'
import type { Actor } from '../../domain/people'
import { ROLE_LABEL } from '../../domain/role-words'
import { Button } from '../ui/button'
import { CheckedForm } from '../ui/checked-form'
import { SelectField, TextField } from '../ui/field'

type Role = Actor['organization']['role']

/** Invites somebody by address and role. `first`: nobody is here yet, so the first one leads. */
export function InviteForm({
  roles,
  refused,
  first,
}: {
  roles: readonly Role[]
  refused:
    | { message: string | null; fields: FieldProblems; typed: { email: string; role: string } }
    | undefined
  first: boolean
}) {
  const { state, formData } = useNavigation()
  return (
    <CheckedForm
      schema={() => import('../../domain/account').then((forms) => forms.inviteForm)}
      refused={refused}
      className="max-w-3xl"
    >
      {(problems) => (
        <div className="grid items-start gap-4 sm:grid-cols-[1fr_16rem_auto]">
          <input type="hidden" name="act" value="invite" />
          <TextField
            label="Email"
            name="email"
            type="email"
            autoComplete="off"
            defaultValue={refused?.typed.email}
            error={problems.email}
          />
          <SelectField
            label="Role"
            name="role"
            defaultValue={refused?.typed.role || roles[first ? 0 : 1]}
            options={roles.map((role) => ({
              value: role,
              label: `${ROLE_LABEL[role].label}: ${ROLE_LABEL[role].may}`,
            }))}
            error={problems.role}
          />
          <Button
            variant="primary"
            className="sm:mt-6.5"
            busy={state === 'submitting' && formData?.get('act') === 'invite'}
          >
            Send the invitation
          </Button>
        </div>
      )}
    </CheckedForm>
  )
}
