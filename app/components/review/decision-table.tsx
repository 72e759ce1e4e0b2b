import { Link } from '@remix-run/react'
import type { Outcome } from '../../domain/silence'
import { Badge } from '../ui/badge'
import { Moment } from '../ui/date'
import { Table, Td, Th } from '../ui/table'

const HOW = { silence: 'silence procedure', consensus: 'consensus', vote: 'vote' } as const

export const OutcomeBadge = ({ outcome }: { outcome: Outcome }) => (
  <Badge tone={outcome === 'endorsed' ? 'green' : 'red'}>
    {outcome === 'endorsed' ? 'Endorsed' : 'Declined'}
  </Badge>
)

export function DecisionTable({
  decisions,
}: {
  decisions: readonly {
    number: string
    title: string
    outcome: Outcome
    how: keyof typeof HOW
    adoptedAt: Date | string
    group: string
  }[]
}) {
  return (
    <Table caption="Decisions" stack>
      <thead>
        <tr>
          <Th>Number</Th>
          <Th>About</Th>
          <Th>Decision</Th>
          <Th>Group</Th>
          <Th>Adopted</Th>
        </tr>
      </thead>
      <tbody>
        {decisions.map((one) => (
          <tr key={one.number}>
            <Th scope="row" className="whitespace-nowrap">
              <Link to={`/decisions/${one.number}`} prefetch="intent" className="row-link">
                {one.number}
              </Link>
            </Th>
            <Td label="About">{one.title}</Td>
            <Td label="Decision">
              <OutcomeBadge outcome={one.outcome} />
            </Td>
            <Td label="Group">{one.group}</Td>
            <Td label="Adopted">
              <Moment at={one.adoptedAt} />
              <span className="block text-xs text-muted">by {HOW[one.how]}</span>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
