import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { QueueBoard, QueueTable } from '~/components/review/queue'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { SelectField, TextField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { Page, PageHeader } from '~/components/ui/page'
import { PROPOSAL_STATE_LABEL } from '~/domain/project-stage'
import { QUEUE_STATES, queueFilterFrom } from '~/domain/queue'
import { respond } from '~/faults.server'
import { queueRows } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Queue · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const search = new URL(request.url).searchParams
    return {
      rows: await queueRows(context.portal.db, actor, queueFilterFrom(search)),
      board: search.get('view') === 'board',
    }
  })

export default function Queue() {
  const { rows, board } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const withQuery = (changes: Record<string, string>) => {
    const next = new URLSearchParams(search)
    for (const [name, to] of Object.entries(changes)) to ? next.set(name, to) : next.delete(name)
    return next.toString()
  }
  const late = rows.filter(({ isLate }) => isLate).length
  return (
    <Page>
      <PageHeader
        eyebrow={<Link to="/reviews">Reviews</Link>}
        title="Queue"
        actions={
          <>
            <LinkButton to={`?${withQuery({ view: board ? '' : 'board' })}`}>
              {board ? 'Table' : 'Board'}
            </LinkButton>
            <LinkButton to={`/reviews/queue-export?${withQuery({ format: 'csv' })}`} reloadDocument>
              CSV
            </LinkButton>
            <LinkButton to={`/reviews/queue-export?${withQuery({ format: 'xlsx' })}`} reloadDocument>
              XLSX
            </LinkButton>
          </>
        }
      >
        <p>
          {rows.length === 1 ? '1 proposal' : `${rows.length} proposals`}
          {late ? `, ${late} late` : ''}
        </p>
      </PageHeader>
      <FilterForm
        label="Filter the queue"
        names={['q', 'state', 'late']}
        className="no-print mb-5 grid items-end gap-3 sm:grid-cols-[minmax(12rem,2fr)_minmax(9rem,1fr)_minmax(8rem,1fr)_auto]"
      >
        {(value) => (
          <>
            {board ? <input type="hidden" name="view" value="board" /> : null}
            <TextField
              label="Title or project"
              name="q"
              type="search"
              autoComplete="off"
              defaultValue={value('q')}
            />
            <SelectField
              label="State"
              name="state"
              defaultValue={value('state')}
              options={[
                { value: '', label: 'Every state' },
                ...QUEUE_STATES.map((state) => ({ value: state, label: PROPOSAL_STATE_LABEL[state] })),
              ]}
            />
            <SelectField
              label="Deadline"
              name="late"
              defaultValue={value('late')}
              options={[
                { value: '', label: 'All' },
                { value: '1', label: 'Late only' },
              ]}
            />
          </>
        )}
      </FilterForm>
      {rows.length === 0 ? (
        <EmptyState title="Nothing is in the queue">
          <p>Submitted proposals appear here until they are decided or withdrawn.</p>
        </EmptyState>
      ) : board ? (
        <QueueBoard rows={rows} />
      ) : (
        <QueueTable rows={rows} />
      )}
    </Page>
  )
}
