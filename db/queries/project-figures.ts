/**
 * The figures of a project as one reader is shown them: those of the last written proposal that they may read stand
 * before the announced ones. The one definition, for lists, pages, search and maps.
 */
import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Actor } from '../../app/domain/people'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { projectMinerals, projects, proposalFields, proposals } from '../schema/projects'
import { readableProposal } from './visibility'

const lead = alias(organization, 'lead')

/** By project, the last written proposal of it that the actor may read, with what it says. */
export function liveFigures(db: Queryable, actor: Actor) {
  return db
    .selectDistinctOn([proposals.projectId], {
      projectId: proposals.projectId,
      proposalId: proposals.id,
      lead: sql<string>`${lead.name}`.as('live_lead'),
      writtenAt: sql<Date | null>`${proposalFields.lastWrittenAt}`.as('live_written_at'),
      minerals: sql<string[] | null>`nullif(${proposalFields.minerals}, '{}')`.as('live_minerals'),
      stages: sql<string[] | null>`nullif(${proposalFields.stages}, '{}')`.as('live_stages'),
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
      operatorCountryIso2: sql<string | null>`${proposalFields.operatorCountryIso2}`.as(
        'live_operator_country',
      ),
      timetable: sql<Record<string, string> | null>`${proposalFields.timetable}`.as('live_timetable'),
    })
    .from(proposals)
    .innerJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
    .innerJoin(lead, eq(lead.id, proposals.leadDelegationId))
    .where(and(readableProposal(actor), sql`${proposals.state} <> 'withdrawn'`))
    .orderBy(proposals.projectId, sql`${proposalFields.lastWrittenAt} desc nulls last`, proposals.id)
    .as('live')
}

export type Live = ReturnType<typeof liveFigures>

/** Whether the proposal's latitude is shown, or the project's own. */
const liveSite = (live: Live) => sql<boolean>`(${live.lat} is not null)`

/**
 * A cost goes with its own currency and price year, a latitude with its own longitude: parts of two sources are never
 * put together. `live` says whose draft the figures are; null: as announced or entered.
 */
export const shownFigures = (live: Live) => ({
  id: projects.id,
  title: projects.title,
  state: projects.state,
  marking: projects.marking,
  confidence: projects.confidence,
  countryIso2: sql<string | null>`coalesce(${live.countryIso2}, ${projects.countryIso2})`,
  place: sql<string | null>`coalesce(${live.place}, ${projects.place})`,
  lat: sql<number | null>`coalesce(${live.lat}, ${projects.lat})`,
  lon: sql<number | null>`case when ${liveSite(live)} then ${live.lon} else ${projects.lon} end`,
  coordsSource: sql<string | null>`case when ${liveSite(live)} then null else ${projects.coordsSource} end`,
  stages: sql<string[]>`coalesce(${live.stages}, ${projects.stages})`,
  product: sql<string | null>`coalesce(${live.product}, ${projects.product})`,
  capacityTonnes: sql<string | null>`coalesce(${live.capacityTonnes}, ${projects.capacityTonnes})`,
  capitalCost: sql<string | null>`coalesce(${live.capitalCost}, ${projects.capitalCost})`,
  currency: sql<
    string | null
  >`case when ${live.capitalCost} is not null then ${live.currency} else ${projects.currency} end`,
  priceYear: sql<
    number | null
  >`case when ${live.capitalCost} is not null then ${live.priceYear} else ${projects.priceYear} end`,
  operator: sql<string | null>`coalesce(${live.operator}, ${projects.operator})`,
  operatorCountryIso2: sql<
    string | null
  >`coalesce(${live.operatorCountryIso2}, ${projects.operatorCountryIso2})`,
  firstProduction: sql<
    string | null
  >`coalesce(${live.timetable} ->> 'first_production', ${projects.firstProduction})`,
  timetable: live.timetable,
  minerals: sql<
    string[]
  >`coalesce(${live.minerals}, array(select ${projectMinerals.mineralId} from ${projectMinerals} where ${projectMinerals.projectId} = ${projects.id} order by 1))`,
  live: sql<{
    proposalId: string
    lead: string
    /** ISO instant. */
    writtenAt: string | null
  } | null>`case when ${live.proposalId} is not null then json_build_object('proposalId', ${live.proposalId}, 'lead', ${live.lead}, 'writtenAt', ${live.writtenAt}) end`,
})
