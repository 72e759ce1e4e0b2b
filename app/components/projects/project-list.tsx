import { Link } from '@remix-run/react'
import { countryName } from '../../domain/country'
import type { Marking } from '../../domain/marking'
import { type ProjectState, STAGE_LABEL, STAGES } from '../../domain/project-stage'
import { Badge, MarkingBadge, ProjectStateBadge } from '../ui/badge'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'
import { Money } from '../ui/money'
import { Table, Td, Th } from '../ui/table'
import { CorroborationBadge } from './corroboration'
import { Tonnes } from './tonnes'

export type ProjectRow = {
  id: string
  title: string
  state: ProjectState
  marking: Marking
  confidence: string | null
  countryIso2: string | null
  place: string | null
  stages: string[]
  minerals: string[]
  capacityTonnes: string | null
  capitalCost: string | null
  currency: string | null
  live: { proposalId: string; lead: string; writtenAt: string | null } | null
}

export const stageLabel = (stage: string) => {
  const known = STAGES.find((one) => one === stage)
  return known ? STAGE_LABEL[known] : stage
}

const unknown = <span className="text-muted">not given</span>

/** Figures that come from a proposal the reader may read are marked as its draft. */
export function ProjectList({
  projects,
  mineralNames,
}: {
  projects: readonly ProjectRow[]
  mineralNames: Record<string, string>
}) {
  return (
    <Table stack caption="Projects">
      <thead>
        <tr>
          <Th>Project</Th>
          <Th>Site</Th>
          <Th>Minerals</Th>
          <Th>Stages</Th>
          <Th>State</Th>
          <Th numeric>Capital cost</Th>
          <Th numeric>Capacity, t/a</Th>
          <Th>Corroboration</Th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <tr key={project.id}>
            <Th scope="row" className="min-w-52">
              <Link to={`/projects/${project.id}`} prefetch="intent" className="row-link">
                {project.title}
              </Link>
              <span className="mt-0.5 flex flex-wrap gap-1.5">
                <MarkingBadge marking={project.marking} />
                {project.live ? (
                  <Badge tone="accent" className="whitespace-normal">
                    <span>
                      draft of {project.live.lead}
                      {project.live.writtenAt ? (
                        <span className="font-normal">
                          , <Moment at={project.live.writtenAt} />
                        </span>
                      ) : null}
                    </span>
                  </Badge>
                ) : null}
              </span>
            </Th>
            <Td label="Site">
              {project.countryIso2 ? (
                <span className="block whitespace-nowrap">
                  <Flag iso2={project.countryIso2} size={16} className="mr-1.5" />
                  {countryName(project.countryIso2)}
                </span>
              ) : null}
              {project.place ? <span className="block text-muted">{project.place}</span> : null}
              {project.countryIso2 || project.place ? null : unknown}
            </Td>
            <Td label="Minerals">
              {project.minerals.map((id) => mineralNames[id] ?? id).join(', ') || unknown}
            </Td>
            <Td label="Stages">{project.stages.map(stageLabel).join(', ') || unknown}</Td>
            <Td label="State">
              <ProjectStateBadge state={project.state} />
            </Td>
            <Td label="Capital cost" numeric>
              {project.capitalCost ? (
                <Money amount={project.capitalCost} currency={project.currency ?? ''} />
              ) : (
                unknown
              )}
            </Td>
            <Td label="Capacity" numeric>
              {project.capacityTonnes ? <Tonnes amount={project.capacityTonnes} /> : unknown}
            </Td>
            <Td label="Corroboration">
              <CorroborationBadge words={project.confidence} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
