/** Projects as lines of a list: what the desk and a partner's page show of each. */
import { and, asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { countryName } from '../../app/domain/country'
import type { DeskProject } from '../../app/domain/desk'
import type { Actor } from '../../app/domain/people'
import type { Queryable } from '../connection'
import { minerals, partners, projectMinerals, projectPartners, projects } from '../schema'
import { visibleProject } from './visibility'

export const projectLine = {
  id: projects.id,
  title: projects.title,
  state: projects.state,
  marking: projects.marking,
  countryIso2: projects.countryIso2,
  country: partners.name,
  place: projects.place,
}

/** Condition on `projects`: the partner takes part besides the lead. */
export const takesPart = (iso2: string): SQL =>
  sql`exists (select 1 from ${projectPartners} where ${projectPartners.projectId} = ${projects.id} and ${projectPartners.partnerIso2} = ${iso2})`

/** Projects that the partner leads, takes part in or has on its ground, as far as the actor may know of them. */
export async function projectsOfPartner(db: Queryable, actor: Actor, iso2: string): Promise<DeskProject[]> {
  const rows = await db
    .select(projectLine)
    .from(projects)
    .leftJoin(partners, eq(partners.iso2, projects.countryIso2))
    .where(
      and(
        visibleProject(actor),
        or(eq(projects.leadPartnerIso2, iso2), eq(projects.countryIso2, iso2), takesPart(iso2)),
      ),
    )
    .orderBy(asc(projects.title))
  return withNames(db, rows)
}

/**
 * Adds the names of each project's minerals, and of its country where the directory does not have it. Done here, not
 * in the browser: its names for countries may be others.
 */
export async function withNames<T extends { id: string; country: string | null; countryIso2: string | null }>(
  db: Queryable,
  rows: readonly T[],
): Promise<(T & { minerals: string[] })[]> {
  if (!rows.length) return []
  const contained = await db
    .select({ projectId: projectMinerals.projectId, name: minerals.name })
    .from(projectMinerals)
    .innerJoin(minerals, eq(minerals.id, projectMinerals.mineralId))
    .where(
      inArray(
        projectMinerals.projectId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(minerals.name))
  return rows.map((row) => ({
    ...row,
    country: row.country ?? (row.countryIso2 ? countryName(row.countryIso2) : null),
    minerals: contained.filter((one) => one.projectId === row.id).map((one) => one.name),
  }))
}
