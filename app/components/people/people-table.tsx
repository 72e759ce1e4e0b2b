import { Form } from '@remix-run/react'
import { type ORGANIZATION_ROLES, ROLE_LABEL } from '../../domain/account'
import { Button } from '../ui/button'
import { ConfirmForm } from '../ui/dialog'
import { SelectField } from '../ui/field'
import { Table, Td, Th } from '../ui/table'

type Role = (typeof ORGANIZATION_ROLES)[number]
type PersonRow = { memberId: string; userId: string; name: string; email: string; role: string }

const labelOf = (role: string) => (role in ROLE_LABEL ? ROLE_LABEL[role as Role].label : role)

/** Everybody of an organization; its head changes roles and removes people here. */
export function PeopleTable({
  people,
  roles,
  manages,
  self,
}: {
  people: readonly PersonRow[]
  roles: readonly Role[]
  manages: boolean
  self: string
}) {
  return (
    <Table caption="People" stack>
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Email</Th>
          <Th>Role</Th>
          {manages ? <Th>Change</Th> : null}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.memberId}>
            <Th scope="row" className="font-semibold">
              {person.name}
              {person.userId === self ? <span className="ml-2 font-normal text-muted">you</span> : null}
            </Th>
            <Td label="Email">{person.email}</Td>
            <Td label="Role">{labelOf(person.role)}</Td>
            {manages ? (
              <Td label="Change">
                <div className="flex flex-wrap items-center gap-2">
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
                    <Button size="sm">Set</Button>
                  </Form>
                  <ConfirmForm
                    trigger={
                      <Button size="sm" variant="danger">
                        Remove
                      </Button>
                    }
                    title={`Remove ${person.name}?`}
                    confirm="Remove from the delegation"
                  >
                    <p>They are signed out everywhere at once. What they wrote stays under their name.</p>
                    <input type="hidden" name="act" value="remove" />
                    <input type="hidden" name="memberId" value={person.memberId} />
                  </ConfirmForm>
                </div>
              </Td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
