import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  MaxPartSizeExceededError,
  type MetaFunction,
  unstable_createMemoryUploadHandler as memoryUpload,
  unstable_parseMultipartFormData as parseMultipart,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { useCallback, useState } from 'react'
import { AskTable } from '~/components/pipeline/ask-table'
import { Board } from '~/components/pipeline/board'
import { PipelineCharts } from '~/components/pipeline/charts'
import { PipelineFilterForm } from '~/components/pipeline/filter'
import { MoveDialog, type MoveWish } from '~/components/pipeline/move-dialog'
import { SumTable } from '~/components/pipeline/sums'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { FormErrors } from '~/components/ui/form-errors'
import { Page, PageHeader } from '~/components/ui/page'
import { Pages } from '~/components/ui/pages'
import { SavedViews } from '~/components/ui/saved-views'
import { parseForm } from '~/domain/form'
import { MARKING_LABEL, strictestOf } from '~/domain/marking'
import { moveAskForm } from '~/domain/money-forms'
import { FINANCING_MOVE_LABEL } from '~/domain/money-stages'
import { secretariatRole } from '~/domain/people'
import { PIPELINE_VIEW_LABEL, PIPELINE_VIEWS, pipelineWish } from '~/domain/pipeline'
import { inOneCurrency } from '~/domain/pipeline-totals'
import { savedViewForm } from '~/domain/saved-view'
import { latestRates } from '~/exchange-rates.server'
import { respond } from '~/faults.server'
import { attempt, refuseForm } from '~/form-action.server'
import {
  ASKS_A_PAGE,
  dropView,
  keepView,
  MAX_EVIDENCE_BYTES,
  moveAsk,
  movesFor,
  newMoveKey,
  pipelineCards,
  pipelineFunnel,
  pipelineInstitutions,
  pipelineMarkings,
  pipelineSums,
  pipelineTable,
  pipelineTimes,
  viewsOf,
} from '~/pipeline.server'
import { allMinerals, allPartners } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Pipeline · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const wish = pipelineWish(new URL(request.url).searchParams)
    const now = new Date()
    const [sums, asks, charts, institutions, minerals, partners, rates, views] = await Promise.all([
      pipelineSums(db, actor, wish),
      wish.view === 'board'
        ? pipelineCards(db, actor, wish, now)
        : wish.view === 'table'
          ? pipelineTable(db, actor, wish, { page: wish.page, size: ASKS_A_PAGE, now })
          : [],
      wish.view === 'charts'
        ? Promise.all([
            pipelineFunnel(db, actor, wish),
            pipelineTimes(db, actor, wish, now),
            pipelineMarkings(db, actor, wish),
          ])
        : null,
      pipelineInstitutions(db, actor),
      allMinerals(db),
      allPartners(db),
      latestRates(db),
      viewsOf(db, actor, PLACE),
    ])
    const today = now.toISOString().slice(0, 10)
    return {
      view: wish.view,
      page: wish.page,
      size: ASKS_A_PAGE,
      stages: sums.stages,
      totals: sums.totals,
      one: wish.currency ? inOneCurrency(sums.totals, wish.currency, rates, today) : null,
      asks: asks.map((ask) => ({ ...ask, moves: movesFor(actor, ask) })),
      charts: charts && { funnel: charts[0], times: charts[1] },
      marked: `${MARKING_LABEL[strictestOf(charts?.[2] ?? asks)].tlp}, ${today}, as seen by ${actor.organization.name}`,
      institutions: institutions.map(({ name }) => name),
      minerals: minerals.map(({ id, name }) => ({ id, name })),
      partners: partners.map(({ iso2, name }) => ({ id: iso2, name })),
      currencies: [
        ...new Set([
          ...sums.totals.map(({ currency }) => currency),
          ...rates.flatMap(({ base, quote }) => [base, quote]),
        ]),
      ].sort(),
      views,
      moveKey: newMoveKey(),
      /** A coordinator only records what an institution did. */
      proves: secretariatRole(actor) !== null,
    }
  })

const PLACE = '/pipeline'

export const action = ({ request, context }: ActionFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    if (request.headers.get('content-type')?.startsWith('multipart/')) return move(request, context, actor)
    const form = Object.fromEntries(await request.formData())
    if (form.act === 'drop') {
      await dropView(db, actor, String(form.view))
      return null
    }
    const parsed = parseForm(savedViewForm, form)
    if (!parsed.ok) return refuseForm(form, parsed.fields)
    return attempt(form, () => keepView(db, actor, PLACE, parsed.value))
  })

/** The board's and the table's move, with the document that proves it where one is needed. */
async function move(
  request: Request,
  context: ActionFunctionArgs['context'],
  actor: Awaited<ReturnType<typeof requireActor>>,
) {
  try {
    const form = await parseMultipart(request, memoryUpload({ maxPartSize: MAX_EVIDENCE_BYTES }))
    const fields = Object.fromEntries([...form].filter(([name]) => name !== 'file'))
    const parsed = parseForm(moveAskForm, fields)
    if (!parsed.ok) return refuseForm(fields, parsed.fields)
    const sent = form.get('file')
    const file =
      sent instanceof File && sent.size > 0
        ? { name: sent.name, bytes: new Uint8Array(await sent.arrayBuffer()) }
        : null
    const refused = await attempt(fields, () =>
      moveAsk(context.portal.db, actor, String(fields.ask ?? ''), parsed.value, file, context.from),
    )
    return refused ?? data({ moved: `You ${FINANCING_MOVE_LABEL[parsed.value.move].done}.` })
  } catch (error) {
    if (error instanceof MaxPartSizeExceededError)
      return refuseForm({}, { file: ['A file has at most 10 MB.'] })
    throw error
  }
}

export default function Pipeline() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const refused = reply && 'fields' in reply ? reply : null
  const [wish, setWish] = useState<MoveWish | null>(null)
  const close = useCallback(() => setWish(null), [])
  const [search] = useSearchParams()
  const busy = useNavigation().state === 'loading'
  const total = page.stages.reduce((sum, { count }) => sum + count, 0)
  const stuck = page.stages.reduce((sum, one) => sum + one.stuck, 0)
  const closed = page.stages.reduce((sum, one) => sum + one.closed, 0)
  const withQuery = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    next.delete('page')
    next.set(name, value)
    return next
  }
  return (
    <Page>
      <PageHeader
        title="Pipeline"
        actions={['csv', 'xlsx', 'pdf'].map((format) => (
          <LinkButton key={format} to={`/pipeline/export?${withQuery('format', format)}`} reloadDocument>
            {format.toUpperCase()}
          </LinkButton>
        ))}
      >
        <p>
          Each institution’s answer to each financing request that you may know of, and what was announced.
        </p>
      </PageHeader>
      {refused?.message ? <FormErrors message={refused.message} /> : null}
      <PipelineFilterForm {...page} />
      <SavedViews views={page.views} problems={refused?.fields.name} />
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="text-sm text-muted">
          {total === 1 ? '1 ask' : `${total.toLocaleString('en')} asks`}
          {stuck ? `, ${stuck.toLocaleString('en')} stuck` : ''}
        </p>
        <nav aria-label="View" className="no-print ml-auto flex text-sm">
          {PIPELINE_VIEWS.map((view) => (
            <Link
              key={view}
              to={`?${withQuery('view', view)}`}
              preventScrollReset
              aria-current={view === page.view ? 'true' : undefined}
              className={`inline-flex min-h-8 items-center border px-3 first:rounded-l-sm last:rounded-r-sm not-first:-ml-px ${
                view === page.view
                  ? 'border-accent bg-accent-wash font-semibold text-accent'
                  : 'border-line bg-sheet text-muted hover:text-ink'
              }`}
            >
              {PIPELINE_VIEW_LABEL[view]}
            </Link>
          ))}
        </nav>
      </div>
      <div id="asks" tabIndex={-1} aria-busy={busy} className="outline-none">
        {total === 0 ? (
          <EmptyState title="Nothing of the pipeline fits">
            <p>Take a filter away. Requests appear here once a delegation has asked an institution.</p>
          </EmptyState>
        ) : (
          <>
            <SumTable totals={page.totals} one={page.one} closed={closed} />
            {page.view === 'board' ? (
              <Board stages={page.stages} asks={page.asks} search={search} onMove={setWish} />
            ) : page.view === 'table' ? (
              <>
                <AskTable asks={page.asks} onMove={setWish} />
                <Pages page={page.page} total={total} size={page.size} />
              </>
            ) : page.charts ? (
              <PipelineCharts {...page.charts} marked={page.marked} />
            ) : null}
          </>
        )}
      </div>
      <MoveDialog wish={wish} moveKey={page.moveKey} proves={page.proves} onClose={close} />
    </Page>
  )
}
