import { Link } from '@remix-run/react'
import type { Marking } from '../../domain/marking'
import type { ProposalState } from '../../domain/project-stage'
import type { GrantLevel } from '../../domain/rights'
import { MarkingBadge, ProposalStateBadge } from '../ui/badge'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

type Row = {
  id: string
  title: string
  state: ProposalState
  marking: Marking
  projectTitle: string | null
  lead: string
  leadIso2: string | null
  readable: boolean
  part: 'own' | GrantLevel | null
  writtenAt: Date | string | null
  writtenBy: string | null
}

const PART: Record<'own' | GrantLevel, string> = {
  own: 'leads',
  write: 'writes',
  comment: 'comments',
  read: 'reads',
}

/** Proposals that the reader may know of; those they may not read have no link and no date. */
export function ProposalList({ proposals, withPart }: { proposals: readonly Row[]; withPart: boolean }) {
  return (
    <Table caption="Proposals" stack>
      <thead>
        <tr>
          <Th>Proposal</Th>
          <Th>Lead</Th>
          <Th>State</Th>
          {withPart ? <Th>Your delegation</Th> : null}
          <Th>Last written</Th>
        </tr>
      </thead>
      <tbody>
        {proposals.map((proposal) => (
          <tr key={proposal.id}>
            <Th scope="row" className="min-w-56">
              {proposal.readable ? (
                <Link to={`/proposals/${proposal.id}`} prefetch="intent" className="row-link">
                  {proposal.title}
                </Link>
              ) : (
                proposal.title
              )}
              {proposal.projectTitle && proposal.projectTitle !== proposal.title ? (
                <span className="block text-xs text-muted">For {proposal.projectTitle}</span>
              ) : null}
              <span className="mt-1 block">
                <MarkingBadge marking={proposal.marking} />
              </span>
            </Th>
            <Td label="Lead" className="whitespace-nowrap">
              {proposal.leadIso2 ? <Flag iso2={proposal.leadIso2} size={16} className="mr-1.5" /> : null}
              {proposal.lead}
            </Td>
            <Td label="State">
              <ProposalStateBadge state={proposal.state} />
            </Td>
            {withPart ? (
              <Td label="Your delegation">
                {proposal.part ? PART[proposal.part] : <span className="text-muted">takes no part</span>}
              </Td>
            ) : null}
            <Td label="Last written">
              {proposal.writtenAt ? (
                <>
                  <Moment at={proposal.writtenAt} />
                  {proposal.writtenBy ? (
                    <span className="block text-xs text-muted">{proposal.writtenBy}</span>
                  ) : null}
                </>
              ) : (
                <span className="text-muted">{proposal.readable ? 'not yet' : 'not open to you'}</span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
