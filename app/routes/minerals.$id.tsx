import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { MentionedIn } from '~/components/documents/mentioned-in'
import { ProjectList } from '~/components/projects/project-list'
import { ChemicalSymbol } from '~/components/supply/chemical-symbol'
import { FormTable, RelianceTables, ReserveTable } from '~/components/supply/mineral-tables'
import { PriceCharts } from '~/components/supply/price-charts'
import { SeriesSection } from '~/components/supply/series-section'
import { Badge } from '~/components/ui/badge'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { SelectField } from '~/components/ui/field'
import { FilterForm } from '~/components/ui/filter-form'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { Source } from '~/components/ui/source'
import { SUPPLY_SOURCE_LABEL } from '~/domain/supply'
import { CEILINGS } from '~/domain/supply-gap'
import { ceilingFrom } from '~/domain/supply-wish'
import { respond } from '~/faults.server'
import { allMinerals, listProjects, mentionedIn } from '~/projects.server'
import { requireActor } from '~/session.server'
import { mineralPage } from '~/supply.server'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.mineral.name ?? 'Mineral'} · FORGE` },
]

const PROJECTS_SHOWN = 12

export const loader = ({ request, params, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const search = new URL(request.url).searchParams
    const id = params.id ?? ''
    const ceiling = ceilingFrom(search)
    const [page, projects, minerals, mentions] = await Promise.all([
      mineralPage(db, actor, id, ceiling),
      listProjects(db, actor, {
        ...{ search: null, mineral: id, stage: null, partner: null, state: null, corroboration: null },
        ...{ sort: 'title', page: 1 },
      }),
      allMinerals(db),
      mentionedIn(db, actor, { kind: 'mineral', id }),
    ])
    const year = search.get('year') === '2024' ? 2024 : 2025
    const supply = page.supply.filter((line) => line.year === year || line.dataset === 'IEA_CM_2024')
    return {
      ...page,
      ...{ supply, ceiling, year, mentions },
      hasYears: page.supply.some((line) => line.dataset === 'USGS_MCS_2026'),
      projects: projects.rows.slice(0, PROJECTS_SHOWN),
      projectCount: projects.total,
      names: Object.fromEntries(minerals.map((one) => [one.id, one.name])),
    }
  })

export default function Mineral() {
  const page = useLoaderData<typeof loader>()
  const { mineral, supply, ceiling } = page
  const sources = [...new Set(supply.map(({ dataset }) => dataset))]
  return (
    <Page>
      <PageHeader
        eyebrow={<Link to="/minerals">Minerals</Link>}
        title={mineral.name}
        actions={<LinkButton to="/supply">Supply</LinkButton>}
      >
        {mineral.symbol ? <ChemicalSymbol of={mineral.symbol} /> : null}
        <span>{mineral.group}</span>
        {mineral.usCritical2025 ? <Badge tone="accent">US critical 2025</Badge> : null}
        {mineral.euStrategic ? <Badge tone="accent">EU strategic</Badge> : null}
        {mineral.euCritical ? <Badge>EU critical</Badge> : null}
        {page.groups.length ? <Links label="Counted in" minerals={page.groups} /> : null}
        {page.members.length ? <Links label="Stands for" minerals={page.members} /> : null}
      </PageHeader>
      <Section title="Production and concentration">
        {supply.length ? (
          <>
            <FilterForm
              label="Choose year and ceiling"
              names={['year', 'ceiling']}
              className="no-print mb-4 flex flex-wrap items-end gap-3"
            >
              {(value) => (
                <>
                  {page.hasYears ? (
                    <SelectField
                      label="Year (USGS)"
                      name="year"
                      defaultValue={value('year')}
                      options={[
                        { value: '', label: '2025' },
                        { value: '2024', label: '2024' },
                      ]}
                    />
                  ) : null}
                  <SelectField
                    label="Ceiling for the largest country"
                    name="ceiling"
                    defaultValue={value('ceiling')}
                    options={CEILINGS.map((one, index) => ({
                      value: index ? String(Math.round(one * 100)) : '',
                      label: `${Math.round(one * 100)} %`,
                    }))}
                  />
                </>
              )}
            </FilterForm>
            {sources.map((dataset) => (
              <div key={dataset}>
                <p className="small-caps mb-2 text-muted">{SUPPLY_SOURCE_LABEL[dataset]}</p>
                {supply
                  .filter((line) => line.dataset === dataset)
                  .map((line) => (
                    <SeriesSection key={`${line.seriesId} ${line.year}`} line={line} ceiling={ceiling} />
                  ))}
              </div>
            ))}
          </>
        ) : (
          <EmptyState title="No production by country is published in the sources held here" />
        )}
      </Section>
      <Section
        title="Projects"
        note={page.projectCount || null}
        actions={
          page.projectCount ? (
            <LinkButton size="sm" to={`/projects?mineral=${mineral.id}`}>
              All of them, and the map
            </LinkButton>
          ) : null
        }
      >
        {page.projects.length ? (
          <ProjectList projects={page.projects} mineralNames={page.names} />
        ) : (
          <p className="text-sm text-muted">No project that you may see names it.</p>
        )}
      </Section>
      <MentionedIn mentions={page.mentions} />
      <Section title="Prices">
        {page.prices.length ? (
          <PriceCharts mineral={mineral.name} series={page.prices} />
        ) : (
          <p className="text-sm text-muted">No price is published in the sources held here.</p>
        )}
      </Section>
      {page.reliance.length ? (
        <Section title="Imports of the United States">
          <RelianceTables rows={page.reliance} />
          <SourceLine text={page.reliance[0]?.source ?? null} licence="CC0-1.0" />
        </Section>
      ) : null}
      {page.reserves.length ? (
        <Section title="Reserves">
          <ReserveTable rows={page.reserves} />
          <SourceLine text={page.reserves[0]?.source ?? null} licence={page.reserves[0]?.licence ?? ''} />
          <p className="mt-1 text-2xs text-muted">Basis: {page.reserves[0]?.basis}</p>
        </Section>
      ) : null}
      {page.forms.length ? (
        <Section title="Stages, traded forms and HS codes">
          <FormTable rows={page.forms} />
          {page.conversions.length ? (
            <p className="mt-2 text-sm">
              A tonne of{' '}
              {page.conversions
                .map(({ compound, element, share }) => `${compound} holds ${share} t ${element}`)
                .join('; of ')}
              . <span className="text-muted">Computed from standard atomic weights.</span>
            </p>
          ) : null}
        </Section>
      ) : null}
    </Page>
  )
}

const SourceLine = ({ text, licence }: { text: string | null; licence: string }) => (
  <p className="mt-1 text-2xs text-muted">
    <Source text={text} /> Licence: {licence}.
  </p>
)

function Links({ label, minerals }: { label: string; minerals: readonly { id: string; name: string }[] }) {
  return (
    <span>
      {label}{' '}
      {minerals.map(({ id, name }, index) => (
        <span key={id}>
          {index ? ', ' : ''}
          <Link to={`/minerals/${id}`} className="link">
            {name}
          </Link>
        </span>
      ))}
    </span>
  )
}
