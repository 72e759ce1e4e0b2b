/** Capacities of projects that are still to produce, as far as the reader may see the projects. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Marking } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import type { ProjectState } from '../../app/domain/project-stage'
import { addsAt, type CapacityBound, membersOf, type SupplyStage, TO_COME } from '../../app/domain/supply'
import type { Queryable } from '../connection'
import { projects } from '../schema/projects'
import { announcedCapacities } from '../schema/supply'
import { liveFigures, shownFigures } from './project-figures'
import { visibleProject } from './visibility'

/** A project's capacity, contained tonnes a year. Its minerals are more than one where the figure is of all together. */
export type Capacity = {
  projectId: string
  title: string
  state: ProjectState
  marking: Marking
  countryIso2: string | null
  minerals: string[]
  /** A stage of the sources, where the capacity was read from an announcement for it; else the project's own stages. */
  at: { stage: SupplyStage } | { stages: string[] }
  tonnes: number
  bound: CapacityBound
  /** Where the figure is from, in words. */
  basis: string
}

/** Two queries. A figure that a delegation gave stands before one read from an announcement. */
export async function visibleCapacities(db: Queryable, actor: Actor): Promise<Capacity[]> {
  const live = liveFigures(db, actor)
  const shown = shownFigures(live)
  const toCome = and(visibleProject(actor), inArray(projects.state, [...TO_COME]))
  const [given, read] = await Promise.all([
    db
      .select({
        ...{
          projectId: projects.id,
          title: projects.title,
          state: projects.state,
          marking: projects.marking,
        },
        ...{ countryIso2: shown.countryIso2, minerals: shown.minerals, stages: shown.stages },
        ...{ tonnes: shown.capacityTonnes, product: shown.product, lead: live.lead },
      })
      .from(projects)
      .leftJoin(live, eq(live.projectId, projects.id))
      .where(and(toCome, sql`${shown.capacityTonnes} > 0`))
      .orderBy(asc(projects.title), asc(projects.id)),
    db
      .select({
        ...{
          projectId: projects.id,
          title: projects.title,
          state: projects.state,
          marking: projects.marking,
        },
        ...{ countryIso2: projects.countryIso2, mineralId: announcedCapacities.mineralId },
        ...{ stage: announcedCapacities.stage, tonnes: announcedCapacities.tonnes },
        ...{ bound: announcedCapacities.bound, words: announcedCapacities.words },
        reading: announcedCapacities.reading,
      })
      .from(announcedCapacities)
      .innerJoin(projects, eq(projects.id, announcedCapacities.projectId))
      .where(toCome)
      .orderBy(asc(projects.title), asc(announcedCapacities.stage)),
  ])
  const giving = new Set(given.map(({ projectId }) => projectId))
  return [
    ...given.map(
      ({ stages, tonnes, product, lead, ...row }): Capacity => ({
        ...row,
        at: { stages },
        tonnes: Number(tonnes),
        bound: 'stated',
        basis: [product, lead ? `proposal of ${lead}` : 'as entered'].filter(Boolean).join(', '),
      }),
    ),
    ...read
      .filter(({ projectId }) => !giving.has(projectId))
      .map(
        ({ mineralId, stage, tonnes, words, reading, ...row }): Capacity => ({
          ...row,
          minerals: [mineralId],
          at: { stage },
          tonnes: Number(tonnes),
          basis: `“${words}”: ${reading}`,
        }),
      ),
  ]
}

/** Capacities that add to a series: all their minerals are its own, and they are at its stage. */
export function capacitiesOf(
  capacities: readonly Capacity[],
  series: { mineralId: string; stage: SupplyStage },
): Capacity[] {
  const members = membersOf(series.mineralId)
  return capacities.filter(
    ({ minerals, at }) =>
      minerals.length > 0 &&
      minerals.every((one) => members.includes(one)) &&
      ('stage' in at ? at.stage === series.stage : addsAt(series.stage, at.stages)),
  )
}
