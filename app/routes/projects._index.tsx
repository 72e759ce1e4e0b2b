import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { ProjectsMap } from '~/components/map/projects-map'
import { ProjectFilterForm } from '~/components/projects/project-filter'
import { ProjectList } from '~/components/projects/project-list'
import { LinkButton } from '~/components/ui/button'
import { EmptyState } from '~/components/ui/empty'
import { Page, PageHeader, Section } from '~/components/ui/page'
import { PROJECT_STATES, STAGES } from '~/domain/project-stage'
import { can } from '~/domain/rights'
import { respond } from '~/faults.server'
import { allMinerals, allPartners, listProjects, PAGE_SIZE, type ProjectFilter } from '~/projects.server'
import { requireActor } from '~/session.server'

export const meta: MetaFunction = () => [{ title: 'Projects · FORGE' }]

/** Values that no list offers are as if they were not there. */
function filterFrom(search: URLSearchParams): ProjectFilter {
  const text = (name: string) => search.get(name)?.trim().slice(0, 100) || null
  const sort = search.get('sort')
  return {
    search: text('q'),
    mineral: text('mineral'),
    stage: STAGES.find((stage) => stage === search.get('stage')) ?? null,
    partner: text('partner'),
    state: PROJECT_STATES.find((state) => state === search.get('state')) ?? null,
    sort: sort === 'cost' || sort === 'changed' ? sort : 'title',
    page: Math.min(1000, Math.max(1, Math.trunc(Number(search.get('page')) || 1))),
  }
}

export const loader = ({ request, context }: LoaderFunctionArgs) =>
  respond(async () => {
    const actor = await requireActor(request, context)
    const { db } = context.portal
    const filter = filterFrom(new URL(request.url).searchParams)
    const [{ rows, total }, minerals, partners] = await Promise.all([
      listProjects(db, actor, filter),
      allMinerals(db),
      allPartners(db),
    ])
    return {
      projects: rows,
      total,
      page: filter.page,
      size: PAGE_SIZE,
      minerals: minerals.map(({ id, name }) => ({ id, name })),
      partners: partners.map(({ iso2, name }) => ({ id: iso2, name })),
      mayCreate: can(actor, 'create_project', { kind: 'delegation', id: actor.organization.id }),
    }
  })

export default function Projects() {
  const { projects, total, page, size, minerals, partners, mayCreate } = useLoaderData<typeof loader>()
  const busy = useNavigation().state === 'loading'
  const pins = projects.flatMap(({ id, title, lat, lon }) =>
    lat !== null && lon !== null ? [{ id, title, lat, lon }] : [],
  )
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
      <p role="status" className="mb-2 text-sm text-muted">
        {total === 1 ? '1 project' : `${total} projects`}
      </p>
      <div aria-busy={busy}>
        {projects.length ? (
          <ProjectList
            projects={projects}
            mineralNames={Object.fromEntries(minerals.map(({ id, name }) => [id, name]))}
          />
        ) : (
          <EmptyState title="No project fits these filters">
            <p>Take one of them away, or search for another part of the title, the operator or the place.</p>
          </EmptyState>
        )}
      </div>
      <Pages page={page} total={total} size={size} />
      {pins.length ? (
        <Section
          title="On the map"
          note={`${pins.length} of ${projects.length} have a known site`}
          className="mt-8"
        >
          <ProjectsMap pins={pins} />
        </Section>
      ) : null}
    </Page>
  )
}

function Pages({ page, total, size }: { page: number; total: number; size: number }) {
  const [search] = useSearchParams()
  const last = Math.max(1, Math.ceil(total / size))
  if (last === 1) return null
  const to = (number: number) => {
    const next = new URLSearchParams(search)
    next.set('page', String(number))
    return `?${next}`
  }
  return (
    <nav aria-label="Pages" className="mt-3 flex items-center gap-4 text-sm">
      {page > 1 ? (
        <Link className="link" to={to(page - 1)} rel="prev">
          Previous
        </Link>
      ) : null}
      <span className="text-muted">
        Page {page} of {last}
      </span>
      {page < last ? (
        <Link className="link" to={to(page + 1)} rel="next">
          Next
        </Link>
      ) : null}
    </nav>
  )
}
