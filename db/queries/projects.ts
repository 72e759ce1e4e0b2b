/** Projects as a reader lists them: announced figures, and live ones of a proposal they may read. */
import { and, asc, count, desc, eq, exists, ilike, isNotNull, like, or, type SQL, sql } from 'drizzle-orm'
import type { Corroboration } from '../../app/domain/corroboration'
import type { Actor } from '../../app/domain/people'
import type { ProjectState, Stage } from '../../app/domain/project-stage'
import type { Queryable } from '../connection'
import { projectPartners, projects } from '../schema/projects'
import { contains } from './contains'
import { type Live, liveFigures, shownFigures } from './project-figures'
import { visibleProject } from './visibility'

export type ProjectFilter = {
  search: string | null
  mineral: string | null
  stage: Stage | null
  /** Of the site, or taking part. */
  partner: string | null
  state: ProjectState | null
  /** `own`: entered by a delegation, so not announced at all. */
  corroboration: Corroboration | 'own' | null
  sort: 'title' | 'cost' | 'changed'
  page: number
}

export const PAGE_SIZE = 50

/** More pins than this say nothing on a map. */
export const MOST_PINS = 2000

const takesPart = (db: Queryable, iso2: string) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(projectPartners)
      .where(and(eq(projectPartners.projectId, projects.id), eq(projectPartners.partnerIso2, iso2))),
  )

function conditionOf(db: Queryable, actor: Actor, live: Live, filter: ProjectFilter): SQL | undefined {
  const shown = shownFigures(live)
  const { search, mineral, stage, partner, state, corroboration } = filter
  const searched = [
    projects.title,
    projects.summary,
    shown.operator,
    shown.place,
    projects.note,
    projects.programme,
  ]
  return and(
    visibleProject(actor),
    search ? or(...searched.map((column) => ilike(sql`${column}`, contains(search)))) : undefined,
    mineral ? sql`${mineral} = any(${shown.minerals})` : undefined,
    stage ? sql`${stage} = any(${shown.stages})` : undefined,
    partner ? or(sql`${shown.countryIso2} = ${partner}`, takesPart(db, partner)) : undefined,
    state ? eq(projects.state, state) : undefined,
    corroboration === 'own' ? isNotNull(projects.ownerDelegationId) : undefined,
    corroboration && corroboration !== 'own' ? like(projects.confidence, `${corroboration}%`) : undefined,
  )
}

/** A page of the projects that the actor may see and the filter keeps, with how many there are. Two queries. */
export async function listProjects(db: Queryable, actor: Actor, filter: ProjectFilter) {
  const live = liveFigures(db, actor)
  const { timetable: _timetable, ...shown } = shownFigures(live)
  const condition = conditionOf(db, actor, live, filter)
  const order = {
    title: [],
    // Amounts in two currencies have no order: each currency by itself.
    cost: [sql`${shown.currency} asc nulls last`, sql`${shown.capitalCost} desc nulls last`],
    changed: [desc(sql`greatest(${live.writtenAt}, ${projects.updatedAt})`)],
  }[filter.sort]
  const [rows, [total]] = await Promise.all([
    db
      .select(shown)
      .from(projects)
      .leftJoin(live, eq(live.projectId, projects.id))
      .where(condition)
      .orderBy(...order, asc(projects.title), asc(projects.id))
      .limit(PAGE_SIZE)
      .offset((filter.page - 1) * PAGE_SIZE),
    db
      .select({ count: count() })
      .from(projects)
      .leftJoin(live, eq(live.projectId, projects.id))
      .where(condition),
  ])
  return { rows, total: total?.count ?? 0 }
}

/**
 * Where the projects are that the filter keeps, all pages of them: the site as far as it is known, else the country; with
 * what they can be sized and coloured by. One query.
 */
export function projectSites(db: Queryable, actor: Actor, filter: ProjectFilter) {
  const live = liveFigures(db, actor)
  const { id, title, lat, lon, countryIso2, stages, capacityTonnes, capitalCost, currency } =
    shownFigures(live)
  return db
    .select({ id, title, lat, lon, countryIso2, stages, capacityTonnes, capitalCost, currency })
    .from(projects)
    .leftJoin(live, eq(live.projectId, projects.id))
    .where(
      and(
        conditionOf(db, actor, live, filter),
        or(and(sql`${lat} is not null`, sql`${lon} is not null`), sql`${countryIso2} is not null`),
      ),
    )
    .orderBy(asc(projects.title), asc(projects.id))
    .limit(MOST_PINS)
}
