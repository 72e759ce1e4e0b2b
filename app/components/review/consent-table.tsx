import { Link } from '@remix-run/react'
import type { AskedConsentState } from '../../domain/host-consent'
import type { ProposalState } from '../../domain/project-stage'
import { ProposalStateBadge } from '../ui/badge'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'
import { ConsentBadge } from './consent-badge'

export type ConsentLine = {
  id: string
  state: AskedConsentState
  title: string
  lead: string
  iso2: string | null
  caseState: ProposalState
  at: string
}

export function ConsentTable({ consents }: { consents: readonly ConsentLine[] }) {
  return (
    <Table caption="Consents asked of your country" stack>
      <thead>
        <tr>
          <Th>Proposal</Th>
          <Th>Consent</Th>
          <Th>Since</Th>
          <Th>Case</Th>
        </tr>
      </thead>
      <tbody>
        {consents.map((one) => (
          <tr key={one.id}>
            <Th scope="row">
              <Link to={`/consents/${one.id}`} prefetch="intent" className="row-link">
                {one.title}
              </Link>
              <span className="block text-xs text-muted">
                {one.iso2 ? <Flag iso2={one.iso2} size={16} /> : null} {one.lead}
              </span>
            </Th>
            <Td label="Consent">
              <ConsentBadge state={one.state} />
            </Td>
            <Td label="Since">
              <Moment at={one.at} />
            </Td>
            <Td label="Case">
              <ProposalStateBadge state={one.caseState} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
