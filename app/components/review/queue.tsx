import { Link } from '@remix-run/react'
import { PROPOSAL_STATE_LABEL, type ProposalState } from '../../domain/project-stage'
import { QUEUE_STATES } from '../../domain/queue'
import { Badge, ProposalStateBadge } from '../ui/badge'
import { Day, Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

export type QueueRow = {
  id: string
  title: string
  project: string
  state: ProposalState
  lead: string
  iso2: string | null
  group: string | null
  since: string
  dueOn: string | null
  isLate: boolean
  asked: number
  reading: number
  handedIn: number
}

const reviewers = ({ asked, reading, handedIn }: QueueRow) =>
  [
    handedIn ? `${handedIn} handed in` : '',
    reading ? `${reading} reading` : '',
    asked ? `${asked} asked` : '',
  ]
    .filter(Boolean)
    .join(', ')

function Due({ row }: { row: QueueRow }) {
  return (
    <>
      <Day date={row.dueOn} none="no date" />
      {row.isLate ? (
        <Badge tone="red" className="ml-2">
          late
        </Badge>
      ) : null}
    </>
  )
}

/** With boxes to tick: what is ticked goes with the form around it as `id`. */
export function QueueTable({ rows }: { rows: readonly QueueRow[] }) {
  return (
    <Table caption="Queue" stack>
      <thead>
        <tr>
          <Th className="w-8">
            <span className="sr-only">Tick</span>
          </Th>
          <Th>Proposal</Th>
          <Th>Lead</Th>
          <Th>State</Th>
          <Th>Since</Th>
          <Th>Due</Th>
          <Th>Reviewers</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {/* On a phone it stands before the title, not on a line of its own. */}
            <Td className="max-sm:float-left max-sm:pr-2">
              <input
                type="checkbox"
                name="id"
                value={row.id}
                aria-label={`Tick ${row.title}`}
                className="size-4 accent-accent max-sm:mt-1"
              />
            </Td>
            <Th scope="row" className="min-w-56">
              <Link to={`/proposals/${row.id}/case`} prefetch="intent" className="row-link">
                {row.title}
              </Link>
              {row.project === row.title ? null : (
                <span className="block text-xs text-muted">For {row.project}</span>
              )}
            </Th>
            <Td label="Lead">
              {row.iso2 ? <Flag iso2={row.iso2} className="mr-2" /> : null}
              {row.lead}
            </Td>
            <Td label="State">
              <ProposalStateBadge state={row.state} />
              {row.group && row.state === 'in_decision' ? (
                <span className="block text-xs text-muted">{row.group}</span>
              ) : null}
            </Td>
            <Td label="Since">
              <Moment at={row.since} />
            </Td>
            <Td label="Due">
              <Due row={row} />
            </Td>
            <Td label="Reviewers">{reviewers(row) || <span className="text-muted">none</span>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** One column for each state. */
export function QueueBoard({ rows }: { rows: readonly QueueRow[] }) {
  return (
    <div className="grid gap-4 md:grid-cols-3 xl:grid-cols-5">
      {QUEUE_STATES.map((state) => {
        const here = rows.filter((row) => row.state === state)
        return (
          <section key={state} aria-label={PROPOSAL_STATE_LABEL[state]} className="min-w-0">
            <h2 className="mb-2 border-b-2 border-ink/60 pb-1 text-base">
              {PROPOSAL_STATE_LABEL[state]}{' '}
              <span className="font-sans text-sm font-normal text-muted">{here.length}</span>
            </h2>
            <ul className="space-y-2">
              {here.map((row) => (
                <li key={row.id} className="border border-rule bg-sheet px-3 py-2 text-sm">
                  <Link to={`/proposals/${row.id}/case`} prefetch="intent" className="row-link">
                    {row.title}
                  </Link>
                  <p className="text-xs text-muted">
                    {row.iso2 ? <Flag iso2={row.iso2} size={16} /> : null} {row.lead}
                  </p>
                  <p className="mt-1 text-xs">
                    {row.dueOn ? 'due ' : null}
                    <Due row={row} />
                  </p>
                  {reviewers(row) ? <p className="text-xs text-muted">{reviewers(row)}</p> : null}
                </li>
              ))}
              {here.length === 0 ? <li className="text-sm text-muted">None</li> : null}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
