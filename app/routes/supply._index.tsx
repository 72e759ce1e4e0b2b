import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { Method } from '~/components/supply/method'
import { SupplyChart } from '~/components/supply/supply-chart'
import { SupplyTable } from '~/components/supply/supply-table'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { SelectField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { Page, PageHeader } from '~/components/ui/page'
import { SUPPLY_SOURCE_LABEL, SUPPLY_SOURCES, SUPPLY_STAGE_LABEL, SUPPLY_STAGES } from '~/domain/supply'
import { CEILINGS } from '~/domain/supply-gap'
import { MEASURE_LABEL, MEASURES, supplyWish, YEARS } from '~/domain/supply-wish'
import { respond } from '~/faults.server'
import { requireActor } from '~/session.server'
import { supplyOverview } from '~/supply.server'

export const meta: MetaFunction = () => [{ title: 'Supply · FORGE' }]

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const wish = supplyWish(new URL(request.url).searchParams)
    const all = await supplyOverview(context.portal.db, actor, wish)
    const shown = all.filter(({ stage }) => !wish.stage || stage === wish.stage)
    const [first] = shown
    return {
      wish,
      source: first ? { text: first.source, licence: first.licence } : null,
      // A page of lines: what projects are behind a figure stands on the mineral's own page.
      lines: shown.map(({ capacities, basis: _basis, source: _source, licence: _licence, ...line }) => ({
        ...line,
        projects: capacities.filter(({ count }) => count.counted).length,
      })),
    }
  })

export default function Supply() {
  const { wish, source, lines } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const percent = `${Math.round(wish.ceiling * 100)} %`
  const withFormat = (format: string) => {
    const next = new URLSearchParams(search)
    next.set('format', format)
    return `/supply/export?${next}`
  }
  const high = lines.filter(({ concentration }) => concentration && concentration.hhi.low > 1800).length
  return (
    <Page>
      <PageHeader
        title="Supply"
        actions={
          <>
            <LinkButton to="/minerals">All minerals</LinkButton>
            <LinkButton to={withFormat('csv')} reloadDocument>
              CSV
            </LinkButton>
            <LinkButton to={withFormat('xlsx')} reloadDocument>
              XLSX
            </LinkButton>
          </>
        }
      >
        <p>
          Who produces what, how concentrated it is, and how much of the gap the projects that you may see
          would close.
        </p>
      </PageHeader>
      <FilterForm
        label="Choose the figures"
        names={['source', 'year', 'stage', 'ceiling', 'measure']}
        className="no-print mb-5 grid items-end gap-3 sm:grid-cols-3 lg:grid-cols-[2fr_1fr_1.2fr_1fr_2fr_auto]"
      >
        {(value) => (
          <>
            <SelectField
              label="Source"
              name="source"
              defaultValue={value('source')}
              options={SUPPLY_SOURCES.map((one, index) => ({
                value: index ? one : '',
                label: SUPPLY_SOURCE_LABEL[one],
              }))}
            />
            <SelectField
              label="Year"
              name="year"
              defaultValue={value('year')}
              options={YEARS[wish.dataset].map((year, index) => ({
                value: index ? String(year) : '',
                label: String(year),
              }))}
            />
            <SelectField
              label="Stage"
              name="stage"
              defaultValue={value('stage')}
              options={[
                { value: '', label: 'Every stage' },
                ...SUPPLY_STAGES.map((stage) => ({ value: stage, label: SUPPLY_STAGE_LABEL[stage] })),
              ]}
            />
            <SelectField
              label="Ceiling"
              name="ceiling"
              defaultValue={value('ceiling')}
              options={CEILINGS.map((ceiling, index) => ({
                value: index ? String(Math.round(ceiling * 100)) : '',
                label: `${Math.round(ceiling * 100)} %`,
              }))}
            />
            <SelectField
              label="In the chart"
              name="measure"
              defaultValue={value('measure')}
              options={MEASURES.map((measure, index) => ({
                value: index ? measure : '',
                label: MEASURE_LABEL[measure],
              }))}
            />
          </>
        )}
      </FilterForm>
      <p role="status" className="mb-3 text-sm text-muted">
        {lines.length === 1 ? '1 series' : `${lines.length} series`}
        {high ? `, ${high} highly concentrated` : ''}
      </p>
      <Method ceiling={percent} />
      {lines.length ? (
        <>
          <SupplyChart
            lines={lines}
            measure={wish.measure}
            year={wish.year}
            ceiling={wish.ceiling}
            notes={source ? [`Source: ${source.text}`, `Licence: ${source.licence}`] : []}
          />
          <SupplyTable lines={lines} ceiling={percent} />
        </>
      ) : (
        <EmptyState title="The source has nothing at this stage">
          <p>Choose every stage, or the other source.</p>
        </EmptyState>
      )}
    </Page>
  )
}
