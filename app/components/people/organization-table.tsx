import { Link } from '@remix-run/react'
import { Badge } from '../ui/badge'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

type OrganizationRow = {
  id: string
  name: string
  iso2: string | null
  people: number
  leading: number
  invited: number
}

/** Every delegation and how it is staffed; administrators open one to invite its head. */
export function OrganizationTable({ organizations }: { organizations: readonly OrganizationRow[] }) {
  return (
    <Table caption="Delegations" stack>
      <thead>
        <tr>
          <Th>Delegation</Th>
          <Th numeric>People</Th>
          <Th numeric>Open invitations</Th>
          <Th>Head</Th>
        </tr>
      </thead>
      <tbody>
        {organizations.map(({ id, name, iso2, people, leading, invited }) => (
          <tr key={id}>
            <Th scope="row">
              <Link to={`/delegation?of=${encodeURIComponent(id)}`} className="row-link">
                {iso2 ? <Flag iso2={iso2} className="mr-2" /> : null}
                {name}
              </Link>
            </Th>
            <Td numeric label="People">
              {people}
            </Td>
            <Td numeric label="Open invitations">
              {invited}
            </Td>
            <Td label="Head">
              {leading > 0 ? (
                <Badge tone="green">yes</Badge>
              ) : invited > 0 ? (
                <Badge tone="ochre">invited</Badge>
              ) : (
                <Badge>none yet</Badge>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
