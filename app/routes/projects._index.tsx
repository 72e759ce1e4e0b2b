import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { Sites } from '~/components/map/sites'
import { ProjectFilterChips, ProjectFilterForm } from '~/components/projects/project-filter'
import { ProjectList } from '~/components/projects/project-list'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader } from '~/components/ui/page'
import { Pages } from '~/components/ui/pages'
import { CORROBORATIONS } from '~/domain/corroboration'
import { isMoney, mapSizeFrom, sizeOf, stageGroupOf } from '~/domain/map-wish'
import { PROJECT_STATES, STAGES } from '~/domain/project-stage'
import { can } from '~/domain/rights'
import { latestRates } from '~/exchange-rates.server'
import { respond } from '~/faults.server'
import {
  allMinerals,
  allPartners,
  committedByProject,
  listProjects,
  MOST_PINS,
  PAGE_SIZE,
  type ProjectFilter,
  projectSites,
} from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Projects · FORGE' }]

const GRADES = [...CORROBORATIONS, 'own'] as const

/** Values that no list offers are as if they were not there. */
function filterFrom(search: URLSearchParams): ProjectFilter {
  const text = (name: string) => search.get(name)?.trim().replaceAll('\0', '').slice(0, 100) || null
  const oneOf = <T extends string>(values: readonly T[], name: string) =>
    values.find((value) => value === search.get(name)) ?? null
  return {
    search: text('q'),
    mineral: text('mineral'),
    stage: oneOf(STAGES, 'stage'),
    partner: text('partner'),
    state: oneOf(PROJECT_STATES, 'state'),
    corroboration: oneOf(GRADES, 'corroboration'),
    sort: oneOf(['cost', 'changed'] as const, 'sort') ?? 'title',
    page: Math.min(1000, Math.max(1, Math.trunc(Number(search.get('page')) || 1))),
  }
}

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const { searchParams } = new URL(request.url)
    const filter = filterFrom(searchParams)
    const asMap = searchParams.get('view') === 'map'
    const size = mapSizeFrom(searchParams)
    const [{ rows, total }, places, committed, rates, minerals, partners] = await Promise.all([
      listProjects(db, actor, filter),
      asMap ? projectSites(db, actor, filter) : [],
      asMap && size === 'committed' ? committedByProject(db, actor) : null,
      asMap && isMoney(size) ? latestRates(db) : [],
      allMinerals(db),
      allPartners(db),
    ])
    const today = new Date().toISOString().slice(0, 10)
    const sized = places.map(({ capacityTonnes, capitalCost, currency, ...site }) => ({
      ...{ ...site, group: stageGroupOf(site.stages) },
      ...sizeOf(
        size,
        { capacityTonnes, capitalCost, currency, committed: committed?.get(site.id) ?? [] },
        rates,
        today,
      ),
    }))
    return {
      projects: rows,
      total,
      /** Whether there may be more than are shown. */
      some: places.length === MOST_PINS,
      sites: sized.map(({ by: _by, ...site }) => site),
      rates: [
        ...new Map(
          sized.flatMap(({ by }) => by.map((one) => [`${one.base}${one.quote}`, one] as const)),
        ).values(),
      ],
      size,
      asMap,
      page: filter.page,
      pageSize: PAGE_SIZE,
      minerals: minerals.map(({ id, name }) => ({ id, name })),
      partners: partners.map(({ iso2, name }) => ({ id: iso2, name })),
      mayCreate: can(actor, 'create_project', { kind: 'delegation', id: actor.organization.id }),
    }
  })

export default function Projects() {
  const { projects, total, sites, some, rates, size, asMap, page, pageSize, minerals, partners, mayCreate } =
    useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'loading'
  return (
    <Page>
      <PageHeader
        title="Projects"
        actions={
          mayCreate ? (
            <LinkButton to="/projects/new" variant="primary">
              New project
            </LinkButton>
          ) : null
        }
      >
        <p>Announced projects with their sources, and those that delegations entered and let you see.</p>
      </PageHeader>
      <ProjectFilterForm minerals={minerals} partners={partners} />
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="text-sm text-muted">
          {total === 1 ? '1 project' : `${total.toLocaleString('en')} projects`}
          {asMap
            ? `, ${some ? 'the first ' : ''}${sites.length.toLocaleString('en')} with a known site or country`
            : ''}
        </p>
        <ProjectFilterChips minerals={minerals} partners={partners} />
        <ViewSwitch asMap={asMap} />
      </div>
      <div aria-busy={busy}>
        {total === 0 ? (
          <EmptyState title="No project fits these filters">
            <p>Take one of them away, or search for another part of the title, the operator or the place.</p>
          </EmptyState>
        ) : asMap ? (
          <Sites sites={sites} size={size} rates={rates} />
        ) : (
          <>
            <ProjectList
              projects={projects}
              mineralNames={Object.fromEntries(minerals.map(({ id, name }) => [id, name]))}
            />
            <Pages page={page} total={total} size={pageSize} />
          </>
        )}
      </div>
    </Page>
  )
}

/** The same projects as a list or on the map: links, so that either can be sent to a colleague. */
function ViewSwitch({ asMap }: { asMap: boolean }) {
  const [search] = useSearchParams()
  const to = (map: boolean) => {
    const next = new URLSearchParams(search)
    next.delete('page')
    if (map) next.set('view', 'map')
    else next.delete('view')
    return `?${next}`
  }
  const views = [
    { label: 'List', map: false },
    { label: 'Map', map: true },
  ]
  return (
    <nav aria-label="View" className="no-print ml-auto flex text-sm">
      {views.map(({ label, map }) => (
        <Link
          key={label}
          to={to(map)}
          preventScrollReset
          aria-current={map === asMap ? 'true' : undefined}
          className={`inline-flex min-h-8 items-center border px-3 first:rounded-l-sm last:-ml-px last:rounded-r-sm ${
            map === asMap
              ? 'border-accent bg-accent-wash font-semibold text-accent'
              : 'border-line bg-sheet text-muted hover:text-ink'
          }`}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
