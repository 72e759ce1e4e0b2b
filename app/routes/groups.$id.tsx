import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DecisionTable } from '~/components/review/decision-table'
import { Day } from '~/components/ui/date'
import { EmptyState } from '~/components/ui/empty'
import { Flag } from '~/components/ui/flag'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Source } from '~/components/ui/source'
import { Table, Td, Th } from '~/components/ui/table'
import { GROUP_ROLE_LABEL, type GroupRole } from '~/domain/groups'
import { respond } from '~/faults.server'
import { groupPage } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.group.name ?? 'Working group'} · FORGE` },
]

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    return groupPage(context.portal.db, actor, params.id ?? '')
  })

export default function Group() {
  const { group, members, former, before, decided } = useLoaderData<typeof loader>()
  return (
    <Page narrow>
      <PageHeader eyebrow={<Link to="/groups">Working groups</Link>} title={group.name}>
        <span>{group.code}</span>
        <span>Silence procedures run at least {group.silenceHours} hours</span>
      </PageHeader>
      <Section title="Mandate">
        <p className="max-w-prose">{group.mandate}</p>
        {group.source ? (
          <p className="mt-1 text-xs">
            <Source text={group.source} />
          </p>
        ) : null}
      </Section>
      <Section title="Before the group" note={before.length || null}>
        {before.length ? (
          <ul className="divide-y divide-rule border-y border-rule bg-sheet">
            {before.map((one) => (
              <li key={one.id} className="px-3 py-2 text-sm">
                {one.iso2 ? <Flag iso2={one.iso2} className="mr-2" /> : null}
                <Link to={`/proposals/${one.id}/case`} className="row-link">
                  {one.title}
                </Link>{' '}
                <span className="text-muted">{one.lead}</span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm text-muted">No proposal that you may know of is before it.</p>
        )}
      </Section>
      <Section title="Decisions" note={decided.length || null}>
        {decided.length ? (
          <DecisionTable decisions={decided} />
        ) : (
          <p className="text-sm text-muted">None yet.</p>
        )}
      </Section>
      <Section title="Delegations" note={members.length || null}>
        {members.length ? (
          <Seats seats={members} caption="Delegations" />
        ) : (
          <EmptyState title="No delegation sits in it yet" />
        )}
      </Section>
      {former.length ? (
        <Section title="Former seats">
          <Seats seats={former} caption="Former seats" />
        </Section>
      ) : null}
    </Page>
  )
}

function Seats({
  seats,
  caption,
}: {
  seats: readonly {
    id: string
    name: string
    iso2: string | null
    role: GroupRole
    from: string
    to: string | null
  }[]
  caption: string
}) {
  return (
    <Table caption={caption} stack>
      <thead>
        <tr>
          <Th>Delegation</Th>
          <Th>Role</Th>
          <Th>From</Th>
          <Th>To</Th>
        </tr>
      </thead>
      <tbody>
        {seats.map((seat) => (
          <tr key={seat.id}>
            <Th scope="row">
              {seat.iso2 ? <Flag iso2={seat.iso2} className="mr-2" /> : null}
              {seat.name}
            </Th>
            <Td label="Role">{GROUP_ROLE_LABEL[seat.role]}</Td>
            <Td label="From">
              <Day date={seat.from} />
            </Td>
            <Td label="To">
              <Day date={seat.to} none="open" />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
