/** Projects as a reader sees them: announced figures, and live ones of a proposal they may read. */
import { and, asc, count, desc, eq, exists, ilike, inArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { ProjectState, Stage } from '../../app/domain/project-stage'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { minerals, partners } from '../schema/partners'
import {
  announcedFinancing,
  projectMinerals,
  projectPartners,
  projects,
  proposalFields,
  proposals,
} from '../schema/projects'
import { scopedProject } from './project-scope'
import { readableProposal, visibleProject, visibleProposal } from './visibility'

export type ProjectFilter = {
  search: string | null
  mineral: string | null
  stage: Stage | null
  /** Of the site, or taking part. */
  partner: string | null
  state: ProjectState | null
  sort: 'title' | 'cost' | 'changed'
  page: number
}

export const PAGE_SIZE = 50

const lead = alias(organization, 'lead')

/**
 * The last written proposal of each project that the actor may read, with what it says: its figures stand before the
 * announced ones, for this reader only.
 */
function liveFigures(db: Queryable, actor: Actor) {
  return db
    .selectDistinctOn([proposals.projectId], {
      projectId: proposals.projectId,
      proposalId: proposals.id,
      lead: sql<string>`${lead.name}`.as('live_lead'),
      writtenAt: sql<Date | null>`${proposalFields.lastWrittenAt}`.as('live_written_at'),
      minerals: sql<string[] | null>`${proposalFields.minerals}`.as('live_minerals'),
      stages: sql<string[] | null>`${proposalFields.stages}`.as('live_stages'),
      product: sql<string | null>`${proposalFields.product}`.as('live_product'),
      capacityTonnes: sql<string | null>`${proposalFields.capacityTonnes}`.as('live_capacity'),
      capitalCost: sql<string | null>`${proposalFields.capitalCost}`.as('live_cost'),
      currency: sql<string | null>`${proposalFields.currency}`.as('live_currency'),
      priceYear: sql<number | null>`${proposalFields.priceYear}`.as('live_price_year'),
      place: sql<string | null>`${proposalFields.place}`.as('live_place'),
      countryIso2: sql<string | null>`${proposalFields.countryIso2}`.as('live_country'),
      lat: sql<number | null>`${proposalFields.lat}`.as('live_lat'),
      lon: sql<number | null>`${proposalFields.lon}`.as('live_lon'),
      operator: sql<string | null>`${proposalFields.operator}`.as('live_operator'),
      timetable: sql<Record<string, string>>`${proposalFields.timetable}`.as('live_timetable'),
    })
    .from(proposals)
    .innerJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
    .innerJoin(lead, eq(lead.id, proposals.leadDelegationId))
    .where(and(readableProposal(actor), sql`${proposals.state} <> 'withdrawn'`))
    .orderBy(proposals.projectId, sql`${proposalFields.lastWrittenAt} desc nulls last`)
    .as('live')
}

type Live = ReturnType<typeof liveFigures>

/** The figures that this reader is shown; `fromProposal` says that they are a draft's. */
const shownColumns = (live: Live) => ({
  id: projects.id,
  title: projects.title,
  state: projects.state,
  marking: projects.marking,
  confidence: projects.confidence,
  announcedStatus: projects.announcedStatus,
  countryIso2: sql<string | null>`coalesce(${live.countryIso2}, ${projects.countryIso2})`,
  place: sql<string | null>`coalesce(${live.place}, ${projects.place})`,
  lat: sql<number | null>`case when ${live.lat} is not null then ${live.lat} else ${projects.lat} end`,
  lon: sql<number | null>`case when ${live.lat} is not null then ${live.lon} else ${projects.lon} end`,
  stages: sql<string[]>`coalesce(${live.stages}, ${projects.stages})`,
  product: sql<string | null>`coalesce(${live.product}, ${projects.product})`,
  capacityTonnes: sql<string | null>`coalesce(${live.capacityTonnes}, ${projects.capacityTonnes})`,
  capitalCost: sql<string | null>`coalesce(${live.capitalCost}, ${projects.capitalCost})`,
  currency: sql<
    string | null
  >`case when ${live.capitalCost} is not null then ${live.currency} else ${projects.currency} end`,
  minerals: sql<
    string[]
  >`coalesce(${live.minerals}, array(select ${projectMinerals.mineralId} from ${projectMinerals} where ${projectMinerals.projectId} = ${projects.id} order by 1))`,
  live: sql<{
    proposalId: string
    lead: string
    writtenAt: string | null
  } | null>`case when ${live.proposalId} is not null then json_build_object('proposalId', ${live.proposalId}, 'lead', ${live.lead}, 'writtenAt', ${live.writtenAt}) end`,
})

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`

function conditionOf(db: Queryable, actor: Actor, live: Live, filter: ProjectFilter): SQL | undefined {
  const shown = shownColumns(live)
  const { search, mineral, stage, partner, state } = filter
  return and(
    visibleProject(actor),
    search
      ? or(
          ...[
            projects.title,
            projects.summary,
            projects.operator,
            projects.place,
            projects.note,
            projects.programme,
            live.operator,
            live.place,
          ].map((column) => ilike(sql`${column}`, pattern(search))),
        )
      : undefined,
    mineral ? sql`${mineral} = any(${shown.minerals})` : undefined,
    stage ? sql`${stage} = any(${shown.stages})` : undefined,
    partner
      ? or(
          sql`${shown.countryIso2} = ${partner}`,
          exists(
            db
              .select({ one: sql`1` })
              .from(projectPartners)
              .where(
                and(eq(projectPartners.projectId, projects.id), eq(projectPartners.partnerIso2, partner)),
              ),
          ),
        )
      : undefined,
    state ? eq(projects.state, state) : undefined,
  )
}

/** A page of the projects that the actor may see and the filter keeps, with how many there are. Two queries. */
export async function listProjects(db: Queryable, actor: Actor, filter: ProjectFilter) {
  const live = liveFigures(db, actor)
  const shown = shownColumns(live)
  const condition = conditionOf(db, actor, live, filter)
  const order = {
    title: asc(projects.title),
    cost: sql`${shown.capitalCost} desc nulls last`,
    changed: desc(sql`greatest(${live.writtenAt}, ${projects.updatedAt})`),
  }[filter.sort]
  const [rows, [total]] = await Promise.all([
    db
      .select(shown)
      .from(projects)
      .leftJoin(live, eq(live.projectId, projects.id))
      .where(condition)
      .orderBy(order, asc(projects.title), asc(projects.id))
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

/** One project with everything the actor may know of it. Throws `notFound`. */
export async function projectPage(db: Queryable, actor: Actor, id: string) {
  const found = await scopedProject(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const live = liveFigures(db, actor)
  const [[shown], [extra], financing, cases, taking, own] = await Promise.all([
    db
      .select(shownColumns(live))
      .from(projects)
      .leftJoin(live, eq(live.projectId, projects.id))
      .where(eq(projects.id, id)),
    db
      .select({ timetable: live.timetable, priceYear: live.priceYear, operator: live.operator })
      .from(live)
      .where(eq(live.projectId, id)),
    db
      .select()
      .from(announcedFinancing)
      .where(eq(announcedFinancing.projectId, id))
      .orderBy(asc(announcedFinancing.position)),
    db
      .select({
        id: proposals.id,
        title: proposals.title,
        state: proposals.state,
        marking: proposals.marking,
        lead: organization.name,
        leadIso2: organization.partnerIso2,
        leadId: organization.id,
        createdBy: user.name,
      })
      .from(proposals)
      .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
      .innerJoin(user, eq(user.id, proposals.createdBy))
      .where(and(eq(proposals.projectId, id), visibleProposal(actor)))
      .orderBy(desc(proposals.createdAt)),
    db
      .select({ iso2: partners.iso2, name: partners.name })
      .from(projectPartners)
      .innerJoin(partners, eq(partners.iso2, projectPartners.partnerIso2))
      .where(eq(projectPartners.projectId, id))
      .orderBy(asc(partners.name)),
    db
      .select({ id: projectMinerals.mineralId })
      .from(projectMinerals)
      .where(eq(projectMinerals.projectId, id)),
  ])
  if (!shown) throw notFound()
  const owner = found.project.ownerDelegationId
    ? await db
        .select({ name: organization.name, iso2: organization.partnerIso2 })
        .from(organization)
        .where(eq(organization.id, found.project.ownerDelegationId))
    : []
  return {
    project: found.project,
    shown,
    live: extra ?? null,
    financing,
    proposals: cases,
    partners: taking,
    /** As entered or announced, whatever a proposal says. */
    minerals: own.map((row) => row.id),
    owner: owner[0] ?? null,
    readers: found.namedReaders,
    mayEdit: can(actor, 'edit', found.scope),
    mayPropose: can(actor, 'propose', found.scope),
  }
}

/** Minerals to choose from, by name. */
export const allMinerals = (db: Queryable) =>
  db
    .select({ id: minerals.id, name: minerals.name, symbol: minerals.symbol })
    .from(minerals)
    .orderBy(asc(minerals.name))

/** Partners to filter by. */
export const allPartners = (db: Queryable) =>
  db.select({ iso2: partners.iso2, name: partners.name }).from(partners).orderBy(asc(partners.name))

/** Delegations, for naming those that may see something restricted. */
export const allDelegations = (db: Queryable) =>
  db
    .select({ id: organization.id, name: organization.name })
    .from(organization)
    .where(inArray(organization.kind, ['delegation']))
    .orderBy(asc(organization.name))
