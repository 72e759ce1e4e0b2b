import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { BulkActs, BulkOutcomes } from '~/components/review/bulk-acts'
import { QueueBoard, QueueTable } from '~/components/review/queue'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { SelectField, TextField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader } from '~/components/ui/page'
import { SavedViews } from '~/components/ui/saved-views'
import { type FieldProblems, notFound } from '~/domain/fault'
import { parseForm } from '~/domain/form'
import { PROPOSAL_STATE_LABEL } from '~/domain/project-stage'
import { type BulkOutcome, bulkAssignForm, QUEUE_STATES, queueFilterFrom } from '~/domain/queue'
import { can, PORTAL } from '~/domain/rights'
import { savedViewForm } from '~/domain/saved-view'
import { respond } from '~/faults.server'
import { bulkAssign, bulkRemind, dropView, keepView, poolPage, queueRows, viewsOf } from '~/reviews.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Queue · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const search = new URL(request.url).searchParams
    const { db } = context.portal
    const [rows, reviewers, views] = await Promise.all([
      queueRows(db, actor, queueFilterFrom(search)),
      poolPage(db, actor),
      viewsOf(db, actor, PLACE),
    ])
    return { rows, reviewers, views, board: search.get('view') === 'board' }
  })

const PLACE = '/reviews/queue'

type Reply = { outcomes: BulkOutcome[] | null; message: string | null; fields: FieldProblems }

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { portal, from } = context
    if (!can(actor, 'name_reviewers', PORTAL)) throw notFound()
    const sent = await request.formData()
    const form = Object.fromEntries(sent)
    const done = (outcomes: BulkOutcome[] | null = null) =>
      data<Reply>({ outcomes, message: null, fields: {} })
    const refuse = (fields: FieldProblems, message: string | null = null) =>
      data<Reply>({ outcomes: null, message, fields }, { status: 422 })
    if (form.act === 'drop') {
      await dropView(portal.db, actor, String(form.view))
      return done()
    }
    if (form.act === 'keep') {
      const parsed = parseForm(savedViewForm, form)
      if (!parsed.ok) return refuse(parsed.fields)
      await keepView(portal.db, actor, PLACE, parsed.value)
      return done()
    }
    const parsed = parseForm(bulkAssignForm, { ...form, ids: sent.getAll('id') })
    if (!parsed.ok) return refuse(parsed.fields)
    if (form.act === 'assign') return done(await bulkAssign(portal.db, actor, parsed.value, from))
    if (form.act === 'remind') return done(await bulkRemind(portal.db, actor, parsed.value.ids, from))
    return refuse({}, 'This page does not know that act. Load it again.')
  })

export default function Queue() {
  const { rows, reviewers, views, board } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const busy = useNavigation().state === 'submitting'
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
      {reply?.message ? <FormErrors message={reply.message} /> : null}
      {reply?.outcomes ? <BulkOutcomes outcomes={reply.outcomes} /> : null}
      <SavedViews views={views} problems={reply?.fields.name} />
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
        <Form
          method="post"
          action={`?${search}`}
          key={reply?.outcomes ? JSON.stringify(reply.outcomes) : 'new'}
        >
          <QueueTable rows={rows} />
          <BulkActs reviewers={reviewers} shown={rows.length} problems={reply?.fields ?? {}} busy={busy} />
        </Form>
      )}
    </Page>
  )
}
