import { Link } from '@remix-run/react'
import type { Totals } from '../../domain/money-ledger'
import type { SecretariatRole } from '../../domain/people'
import { ROLE_LABEL } from '../../domain/role-words'
import type { StageSum } from '../pipeline/board'
import { Badge } from '../ui/badge'
import { LinkButton } from '../ui/button'
import { EmptyState } from '../ui/empty'
import { Flag } from '../ui/flag'
import { Page, PageHeader, Section } from '../ui/page'
import { Table, Td, Th } from '../ui/table'
import { ActsWaiting, type WaitingActLine } from './acts-waiting'
import { Portfolio } from './portfolio'
import { type DeskProposalLine, ProposalTable } from './proposal-table'

export type DelegationSize = {
  id: string
  name: string
  iso2: string | null
  people: number
  heads: number
  openInvitations: number
}

export function SecretariatDesk({
  name,
  role,
  submitted,
  acts,
  delegations,
  portfolio,
}: {
  name: string
  role: SecretariatRole
  submitted: readonly DeskProposalLine[]
  acts: readonly WaitingActLine[]
  delegations: readonly DelegationSize[]
  /** For coordinators. */
  portfolio: { stages: StageSum[]; totals: Totals[] } | null
}) {
  const people = delegations.reduce((sum, delegation) => sum + delegation.people, 0)
  const begun = delegations.filter((delegation) => delegation.people > 0 || delegation.openInvitations > 0)
  const empty = delegations.filter((delegation) => !begun.includes(delegation))
  return (
    <Page>
      <PageHeader
        eyebrow="Desk"
        title={name}
        actions={
          role === 'administrator' ? (
            <>
              <LinkButton to="/exchange-rates">Exchange rates</LinkButton>
              <LinkButton to="/delegation">People and invitations</LinkButton>
            </>
          ) : role === 'coordinator' ? (
            <LinkButton to="/reviews/queue" variant="primary">
              Queue
            </LinkButton>
          ) : null
        }
      >
        <span>{ROLE_LABEL[role].label}</span>
      </PageHeader>
      {acts.length ? (
        <Section title="Running" note={acts.length}>
          <ActsWaiting acts={acts} />
        </Section>
      ) : null}
      {role === 'coordinator' ? (
        <Section title="Submitted proposals" note={submitted.length || null}>
          {submitted.length ? (
            <ProposalTable proposals={submitted} of="submitted" />
          ) : (
            <EmptyState title="Nothing has been submitted">
              <p>
                A proposal appears here when the head of its lead delegation submits it. Until then it belongs
                to the delegations that write it, and the secretariat does not see it.
              </p>
              <p>
                Meanwhile the{' '}
                <Link to="/projects" className="link">
                  projects
                </Link>{' '}
                and the{' '}
                <Link to="/partners" className="link">
                  directory of partners
                </Link>{' '}
                are open to you.
              </p>
            </EmptyState>
          )}
        </Section>
      ) : null}
      {portfolio ? <Portfolio {...portfolio} /> : null}
      <Section
        title="Delegations in the portal"
        note={`${counted(begun.length, 'delegation', 'delegations')}, ${counted(people, 'person', 'people')}`}
      >
        {begun.length ? (
          <DelegationTable delegations={begun} mayInvite={role === 'administrator'} />
        ) : (
          <EmptyState title="No delegation yet">
            <p>An administrator invites the first head of a delegation under “People”.</p>
          </EmptyState>
        )}
      </Section>
      {empty.length ? (
        <Section title="Delegations without people" note={String(empty.length)}>
          <p className="mb-2 max-w-prose text-sm text-muted">
            {role === 'administrator'
              ? 'Open one to invite its head; the head invites the others.'
              : 'An administrator invites the head of each; the head invites the others.'}
          </p>
          <ul className="columns-2 gap-x-6 text-sm leading-7 md:columns-4">
            {empty.map((delegation) => (
              <li key={delegation.id} className="break-inside-avoid pl-7 -indent-7">
                <DelegationName delegation={delegation} mayInvite={role === 'administrator'} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </Page>
  )
}

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** To its people for an administrator, who invites there; to its partner's page for the others. */
function DelegationName({ delegation, mayInvite }: { delegation: DelegationSize; mayInvite: boolean }) {
  return (
    <>
      {delegation.iso2 ? <Flag iso2={delegation.iso2} className="mr-2" /> : null}
      <Link
        to={mayInvite ? `/delegation?of=${delegation.id}` : `/partners/${delegation.iso2}`}
        prefetch="intent"
        className="row-link"
      >
        {delegation.name}
      </Link>
    </>
  )
}

function DelegationTable({
  delegations,
  mayInvite,
}: {
  delegations: readonly DelegationSize[]
  mayInvite: boolean
}) {
  return (
    <Table stack caption="Delegations in the portal">
      <thead>
        <tr>
          <Th>Delegation</Th>
          <Th numeric>People</Th>
          <Th numeric>Heads</Th>
          <Th numeric>Open invitations</Th>
        </tr>
      </thead>
      <tbody>
        {delegations.map((delegation) => (
          <tr key={delegation.id}>
            <Th scope="row">
              <DelegationName delegation={delegation} mayInvite={mayInvite} />
            </Th>
            <Td numeric label="People">
              {delegation.people}
            </Td>
            <Td numeric label="Heads">
              {delegation.heads || <Badge tone="ochre">no head</Badge>}
            </Td>
            <Td numeric label="Invitations">
              {delegation.openInvitations}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
