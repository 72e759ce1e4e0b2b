import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { ProposalList } from '~/components/proposals/proposal-list'
import { EmptyState } from '~/components/ui/empty'
import { SelectField, TextField } from '~/components/ui/field'
import { FilterChips } from '~/components/ui/filter-chips'
import { FilterForm } from '~/components/ui/filter-form'
import { Page, PageHeader } from '~/components/ui/page'
import { Pages } from '~/components/ui/pages'
import { delegationOf } from '~/domain/people'
import { PROPOSAL_STATE_LABEL, PROPOSAL_STATES } from '~/domain/project-stage'
import { proposalFilterFrom } from '~/domain/proposal-filter'
import { respond } from '~/faults.server'
import { listProposals, PROPOSALS_A_PAGE } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Proposals · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const filter = proposalFilterFrom(new URL(request.url).searchParams)
    const { rows, total } = await listProposals(context.portal.db, actor, filter)
    return {
      proposals: rows,
      total,
      page: filter.page,
      size: PROPOSALS_A_PAGE,
      filtered: filter.search !== null || filter.state !== null,
      withPart: delegationOf(actor) !== null,
    }
  })

export default function Proposals() {
  const { proposals, total, page, size, filtered, withPart } = useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'loading'
  return (
    <Page>
      <PageHeader title="Proposals">
        <p>
          {withPart
            ? 'Cases that your delegation leads or takes part in, and submitted ones that you may know of.'
            : 'Cases that were submitted, as far as your role reads them.'}
        </p>
      </PageHeader>
      <Filter />
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="text-sm text-muted">
          {total === 1 ? '1 proposal' : `${total} proposals`}
        </p>
        <Chips />
        <FileLink />
      </div>
      <div aria-busy={busy}>
        {proposals.length ? (
          <ProposalList proposals={proposals} withPart={withPart} />
        ) : (
          <EmptyState title={filtered ? 'No proposal fits these filters' : 'No proposal yet'}>
            <p>
              {filtered
                ? 'Take one of them away, or search for another part of the title or the lead’s name.'
                : withPart
                  ? 'Open a project and start one: the case is written together, section by section.'
                  : 'Proposals appear here once a delegation has submitted them.'}
            </p>
          </EmptyState>
        )}
      </div>
      <Pages page={page} total={total} size={size} />
    </Page>
  )
}

function Filter() {
  return (
    <FilterForm
      label="Proposals"
      names={['q', 'state']}
      className="no-print mb-3 grid items-end gap-3 sm:grid-cols-[minmax(12rem,2fr)_minmax(10rem,1fr)_auto]"
    >
      {(value) => (
        <>
          <TextField
            label="Title, project or lead"
            name="q"
            type="search"
            autoComplete="off"
            spellCheck={false}
            defaultValue={value('q')}
          />
          <SelectField
            label="State"
            name="state"
            defaultValue={value('state')}
            options={[
              { value: '', label: 'Every state' },
              ...PROPOSAL_STATES.map((state) => ({ value: state, label: PROPOSAL_STATE_LABEL[state] })),
            ]}
          />
        </>
      )}
    </FilterForm>
  )
}

function Chips() {
  const [search] = useSearchParams()
  const q = search.get('q')?.trim()
  const state = PROPOSAL_STATES.find((one) => one === search.get('state'))
  return (
    <FilterChips
      chips={[
        ...(q ? [{ name: 'q', label: 'Search', value: q }] : []),
        ...(state ? [{ name: 'state', label: 'State', value: PROPOSAL_STATE_LABEL[state] }] : []),
      ]}
    />
  )
}

/** The same proposals as a file, by the same filters. */
function FileLink() {
  const [search] = useSearchParams()
  const filters = new URLSearchParams([...search].filter(([name]) => name !== 'page'))
  return (
    <a href={`/proposals/export?${filters}`} download className="no-print text-sm underline">
      Download as CSV
    </a>
  )
}
