import { Link } from '@remix-run/react'
import type { DeskProject } from '../../domain/desk'
import { MarkingBadge, ProjectStateBadge } from '../ui/badge'
import { Flag } from '../ui/flag'
import { Table, Td, Th } from '../ui/table'

export function ProjectTable({ projects, caption }: { projects: readonly DeskProject[]; caption: string }) {
  return (
    <Table stack caption={caption}>
      <thead>
        <tr>
          <Th>Project</Th>
          <Th>Site</Th>
          <Th>Minerals</Th>
          <Th>State</Th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <tr key={project.id}>
            <Th scope="row" className="min-w-56">
              <Link to={`/projects/${project.id}`} prefetch="intent" className="row-link">
                {project.title}
              </Link>
              <span className="mt-0.5 block">
                <MarkingBadge marking={project.marking} />
              </span>
            </Th>
            <Td label="Site">
              {project.countryIso2 ? <Flag iso2={project.countryIso2} size={16} className="mr-1.5" /> : null}
              {siteOf(project) ?? <span className="text-muted">not given</span>}
            </Td>
            <Td label="Minerals">
              {project.minerals.join(', ') || <span className="text-muted">not given</span>}
            </Td>
            <Td label="State">
              <ProjectStateBadge state={project.state} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** "Kivu, Democratic Republic of the Congo"; the country once, where the place names it already. */
function siteOf({ place, country }: DeskProject): string | null {
  if (!place || !country) return place ?? country
  return place.includes(country) ? place : `${place}, ${country}`
}
