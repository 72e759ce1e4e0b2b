import { Form } from '@remix-run/react'
import type { Actor } from '../../domain/people'
import { ROLE_LABEL, roleWords } from '../../domain/role-words'
import { Button } from '../ui/button'
import { Day } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { SelectField } from '../ui/field'
import { Table, Td, Th } from '../ui/table'

type Role = Actor['organization']['role']
type PersonRow = { memberId: string; userId: string; name: string; email: string; role: string; since: Date }

/** Everybody of an organization; who manages it changes roles and removes people here. */
export function PeopleTable({
  people,
  roles,
  manages,
  self,
  organization,
}: {
  people: readonly PersonRow[]
  roles: readonly Role[]
  manages: boolean
  self: string
  organization: string
}) {
  if (people.length === 0) return <p className="text-sm text-muted">Nobody is here yet.</p>
  return (
    <Table caption={`People of ${organization}`} stack>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Email</Th>
          <Th>Since</Th>
          <Th>Role</Th>
          {manages ? (
            <Th>
              <span className="sr-only">Change</span>
            </Th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.memberId}>
            <Th scope="row">
              <span className="font-semibold">{person.name}</span>
              {person.userId === self ? <span className="ml-2 text-muted">you</span> : null}
            </Th>
            <Td label="Email">{person.email}</Td>
            <Td label="Since">
              <Day date={person.since.toISOString().slice(0, 10)} />
            </Td>
            <Td label="Role">
              {manages ? (
                <ChangeRole person={person} roles={roles} />
              ) : (
                (roleWords(person.role)?.label ?? person.role)
              )}
            </Td>
            {manages ? (
              <Td>
                <Remove person={person} organization={organization} isSelf={person.userId === self} />
              </Td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function ChangeRole({ person, roles }: { person: PersonRow; roles: readonly Role[] }) {
  return (
    <Form method="post" className="flex items-center gap-2">
      <input type="hidden" name="act" value="role" />
      <input type="hidden" name="memberId" value={person.memberId} />
      <SelectField
        key={person.role}
        label={`Role of ${person.name}`}
        hideLabel
        name="role"
        defaultValue={person.role}
        options={roles.map((role) => ({ value: role, label: ROLE_LABEL[role].label }))}
      />
      <Button size="sm" aria-label={`Set: ${person.name}`}>
        Set
      </Button>
    </Form>
  )
}

function Remove({
  person,
  organization,
  isSelf,
}: {
  person: PersonRow
  organization: string
  isSelf: boolean
}) {
  return (
    <ConfirmForm
      trigger={
        <Button size="sm" variant="danger" aria-label={`Remove ${person.name}`}>
          Remove
        </Button>
      }
      title={isSelf ? `Leave ${organization}?` : `Remove ${person.name}?`}
      confirm={isSelf ? `Leave ${organization}` : `Remove from ${organization}`}
    >
      <p>
        {isSelf ? 'You are' : 'They are'} signed out everywhere at once. What {isSelf ? 'you' : 'they'} wrote
        stays under {isSelf ? 'your' : 'their'} name.
      </p>
      <input type="hidden" name="act" value="remove" />
      <input type="hidden" name="memberId" value={person.memberId} />
    </ConfirmForm>
  )
}
