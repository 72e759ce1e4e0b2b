import { Link } from '@remix-run/react'
import { PROPOSAL_STATE_LABEL, type ProposalState } from '../../domain/project-stage'
import { REVIEW_STATE_LABEL, type ReviewState } from '../../domain/review'
import { Badge } from '../ui/badge'
import { Day } from '../ui/date'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

/** What somebody is asked to review. */
export function ReviewTable({
  reviews,
  today,
}: {
  reviews: readonly {
    id: string
    title: string
    state: ReviewState
    caseState: ProposalState
    dueOn: string
    version: number
    lead: string
    leadIso2: string | null
  }[]
  today: string
}) {
  return (
    <Table caption="Your reviews" stack>
      <thead>
        <tr>
          <Th>Proposal</Th>
          <Th>Lead</Th>
          <Th>Your review</Th>
          <Th>Due</Th>
        </tr>
      </thead>
      <tbody>
        {reviews.map((one) => (
          <tr key={one.id}>
            <Th scope="row" className="min-w-56">
              <Link to={`/reviews/${one.id}`} prefetch="intent" className="row-link">
                {one.title}
              </Link>
              <span className="block text-xs text-muted">
                Version {one.version} · {PROPOSAL_STATE_LABEL[one.caseState]}
              </span>
            </Th>
            <Td label="Lead">
              {one.leadIso2 ? <Flag iso2={one.leadIso2} className="mr-2" /> : null}
              {one.lead}
            </Td>
            <Td label="Your review">
              <Badge tone={one.state === 'handed_in' ? 'green' : one.state === 'asked' ? 'ochre' : 'accent'}>
                {REVIEW_STATE_LABEL[one.state]}
              </Badge>
            </Td>
            <Td label="Due">
              <Day date={one.dueOn} />
              {one.state !== 'handed_in' && one.dueOn < today ? (
                <Badge tone="red" className="ml-2">
                  late
                </Badge>
              ) : null}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
