import { Form } from '@remix-run/react'
import { Button } from '../ui/button'
import { ConfirmForm } from '../ui/dialog'
import { SelectField } from '../ui/field'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

type Party = { name: string; iso2: string | null }

const LEVELS = [
  { value: 'write', label: 'write' },
  { value: 'comment', label: 'comment' },
  { value: 'read', label: 'read' },
]

/** The delegations of a document, the one it belongs to first; its people change and end the others' part here. */
export function Grants({
  owner,
  grants,
  manages,
}: {
  /** Null: nobody leads it, as a text of a session. */
  owner: Party | null
  grants: readonly (Party & { delegationId: string; level: string })[]
  manages: boolean
}) {
  return (
    <Table caption="Delegations" stack>
      <thead>
        <tr>
          <Th>Delegation</Th>
          <Th>Part</Th>
          {manages ? <Th>Change</Th> : null}
        </tr>
      </thead>
      <tbody>
        {owner ? (
          <tr>
            <Th scope="row" className="font-semibold">
              <Name party={owner} />
            </Th>
            <Td label="Part">leads</Td>
            {manages ? <Td /> : null}
          </tr>
        ) : null}
        {grants.map((grant) => (
          <tr key={grant.delegationId}>
            <Th scope="row">
              <Name party={grant} />
            </Th>
            <Td label="Part">{grant.level}</Td>
            {manages ? (
              <Td label="Change">
                <div className="flex flex-wrap items-center gap-2">
                  <Form method="post" className="flex items-center gap-2">
                    <input type="hidden" name="act" value="grant" />
                    <input type="hidden" name="delegationId" value={grant.delegationId} />
                    <SelectField
                      key={grant.level}
                      label={`Part of ${grant.name}`}
                      hideLabel
                      name="level"
                      defaultValue={grant.level}
                      options={LEVELS}
                    />
                    <Button size="sm">Set</Button>
                  </Form>
                  <ConfirmForm
                    trigger={
                      <Button size="sm" variant="danger">
                        End
                      </Button>
                    }
                    title={`End the part of ${grant.name}?`}
                    confirm="End its part"
                  >
                    <p>Its people’s open pages close at once. What they wrote stays, under their names.</p>
                    <input type="hidden" name="act" value="withdraw" />
                    <input type="hidden" name="delegationId" value={grant.delegationId} />
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

function Name({ party }: { party: Party }) {
  return (
    <>
      {party.iso2 ? <Flag iso2={party.iso2} size={16} className="mr-1.5" /> : null}
      {party.name}
    </>
  )
}
