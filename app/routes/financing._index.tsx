import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { PipelineTable } from '~/components/financing/pipeline-table'
import { SoughtLine } from '~/components/financing/sought'
import { LinkButton } from '~/components/ui/button'
import { Moment } from '~/components/ui/date'
import { SelectField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Pages } from '~/components/ui/pages'
import { FINANCING_STAGE_LABEL, FINANCING_STAGES } from '~/domain/money-stages'
import { institutionOf } from '~/domain/people'
import { respond } from '~/faults.server'
import { allInstitutions, draftRequests, PIPELINE_ROWS_A_PAGE, pipelinePage } from '~/financing.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Financing · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const query = new URL(request.url).searchParams
    const stage = FINANCING_STAGES.find((one) => one === query.get('stage')) ?? null
    const isInstitution = institutionOf(actor) !== null
    const bodies = isInstitution ? [] : await allInstitutions(db)
    const institution = bodies.find(({ code }) => code === query.get('institution'))?.code ?? null
    const page = Math.min(Math.max(Number.parseInt(query.get('page') ?? '1', 10) || 1, 1), 10_000)
    const [{ rows, total }, drafts] = await Promise.all([
      pipelinePage(db, actor, { stage, institution, projectId: null }, page),
      draftRequests(db, actor),
    ])
    return {
      rows,
      total,
      page,
      size: PIPELINE_ROWS_A_PAGE,
      drafts,
      isInstitution,
      institutions: bodies.map(({ code, name }) => ({ code, name })),
    }
  })

export default function Financing() {
  const { rows, total, page, size, drafts, isInstitution, institutions } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader title="Financing" actions={<LinkButton to="/financing/facilities">Facilities</LinkButton>}>
        {isInstitution
          ? 'What your institution was asked, and what it answered.'
          : 'What is asked, promised and paid, institution by institution. Kinds of money are never added up.'}
      </PageHeader>
      {drafts.length > 0 ? (
        <Section title="Requests being written" note={drafts.length}>
          <ul className="divide-y divide-rule border-y border-rule bg-sheet text-sm">
            {drafts.map((one) => (
              <li key={one.id} className="flex flex-wrap justify-between gap-2 px-3 py-2">
                <span>
                  <Link className="link" to={`/financing/${one.id}`}>
                    {one.title}
                  </Link>
                  <SoughtLine sought={one.sought} />
                </span>
                <span className="text-muted">
                  {one.lastWrittenAt ? 'last written' : 'begun'}{' '}
                  <Moment at={one.lastWrittenAt ?? one.createdAt} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <FilterForm
        label="Filter the pipeline"
        names={['stage', 'institution']}
        className="grid items-end gap-3 sm:grid-cols-[14rem_minmax(0,24rem)_auto] sm:justify-start"
      >
        {(value) => (
          <>
            <SelectField
              label="Stage"
              name="stage"
              defaultValue={value('stage')}
              options={[
                { value: '', label: 'Every stage' },
                ...FINANCING_STAGES.map((value) => ({ value, label: FINANCING_STAGE_LABEL[value] })),
              ]}
            />
            {isInstitution ? null : (
              <SelectField
                label="Institution"
                name="institution"
                defaultValue={value('institution')}
                options={[
                  { value: '', label: 'Every institution' },
                  ...institutions.map(({ code, name }) => ({ value: code, label: `${code}: ${name}` })),
                ]}
              />
            )}
          </>
        )}
      </FilterForm>
      <Section title="By institution" note={total} className="mt-6">
        {rows.length > 0 ? (
          <>
            <PipelineTable rows={rows} withProject />
            <Pages page={page} total={total} size={size} />
          </>
        ) : (
          <p className="text-sm text-muted">
            {isInstitution
              ? 'Nobody asked your institution for this yet. Requests appear here once a delegation sends them.'
              : 'Nothing that you may see. To ask for a project’s money, open the project and go to “Money”.'}
          </p>
        )}
      </Section>
    </Page>
  )
}
