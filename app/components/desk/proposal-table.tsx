import { Link } from '@remix-run/react'
import type { DeskProposal } from '../../domain/desk'
import type { GrantLevel } from '../../domain/rights'
import { MarkingBadge, ProposalStateBadge } from '../ui/badge'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

/** A proposal as the desk shows it: instants may have come through JSON. */
export type DeskProposalLine = Omit<DeskProposal, 'lastWritten'> & {
  lastWritten: { at: Date | string; by: string | null } | null
}

const MAY: Record<GrantLevel, string> = { write: 'writes', comment: 'comments', read: 'reads' }
const YOU: Record<'own' | GrantLevel, string> = {
  own: 'You lead',
  write: 'You write',
  comment: 'You comment',
  read: 'You read',
}

/** `of`: whose these are, for the reader: its own, those it is invited to, or all that were submitted. */
export function ProposalTable({
  proposals,
  of,
}: {
  proposals: readonly DeskProposalLine[]
  of: 'own' | 'others' | 'submitted'
}) {
  return (
    <Table stack caption={CAPTION[of]}>
      <thead>
        <tr>
          <Th>Proposal</Th>
          {of === 'own' ? null : <Th>Lead</Th>}
          <Th>State</Th>
          <Th>Last written</Th>
          <Th>{of === 'others' ? 'Your part' : 'Invited'}</Th>
        </tr>
      </thead>
      <tbody>
        {proposals.map((proposal) => (
          <tr key={proposal.id}>
            <Th scope="row" className="min-w-56">
              <Link to={`/proposals/${proposal.id}`} prefetch="intent" className="row-link">
                {proposal.title}
              </Link>
              {proposal.project.title === proposal.title ? null : (
                <span className="block text-xs text-muted">For {proposal.project.title}</span>
              )}
              <span className="mt-1 block">
                <MarkingBadge marking={proposal.marking} />
              </span>
            </Th>
            {of === 'own' ? null : (
              <Td label="Lead" className="whitespace-nowrap">
                <Flag iso2={proposal.lead.iso2} size={16} /> {proposal.lead.name}
              </Td>
            )}
            <Td label="State">
              <ProposalStateBadge state={proposal.state} />
            </Td>
            <Td label="Last written">
              {proposal.lastWritten ? (
                <>
                  <Moment at={proposal.lastWritten.at} />
                  {proposal.lastWritten.by ? (
                    <span className="block text-xs text-muted">{proposal.lastWritten.by}</span>
                  ) : null}
                </>
              ) : (
                <span className="text-muted">not yet</span>
              )}
            </Td>
            {of === 'others' ? (
              <Td label="Your part">{YOU[proposal.level]}</Td>
            ) : (
              <Td label="Invited">
                <Invited invited={proposal.invited} />
              </Td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

const CAPTION = {
  own: 'Proposals of your delegation',
  others: 'Proposals of other delegations in which yours takes part',
  submitted: 'Submitted proposals',
}

function Invited({ invited }: { invited: DeskProposal['invited'] }) {
  if (!invited.length) return <span className="text-muted">nobody</span>
  return (
    <ul>
      {invited.map((delegation) => (
        <li key={delegation.iso2} className="whitespace-nowrap">
          <Flag iso2={delegation.iso2} size={16} /> {delegation.name}{' '}
          <span className="text-muted">{MAY[delegation.level]}</span>
        </li>
      ))}
    </ul>
  )
}
