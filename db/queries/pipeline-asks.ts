/**
 * The pipeline as one reader sees it. Rows are asks that they may know of; amounts, conditions and dates of one are there
 * only where its money is open to them, and every count and sum is taken over the same rows. What of a project is not
 * open to them is neither shown nor searched.
 */
import { and, asc, count, eq, ilike, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type LedgerLine, type Totals, totalsOf } from '../../app/domain/money-ledger'
import { FINANCING_STAGES, isOver } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import { type PipelineFilter, STUCK_DAYS, type Stuck, stuckOf } from '../../app/domain/pipeline'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { financingAsks, financingRequests } from '../schema/financing'
import { conditions, ledgerEntries } from '../schema/ledger'
import { projectPartners, projects } from '../schema/projects'
import { contains } from './contains'
import { type Live, liveFigures, shownFigures } from './project-figures'
import { visibleAsk, visibleMoney } from './request-visibility'
import { visibleProject } from './visibility'

export const ASKS_A_PAGE = 50
/** Cards of a column; its count and sums are of all. */
export const CARDS_A_STAGE = 25
export const MOST_EXPORTED = 5000

const lead = alias(organization, 'request_lead')
const responsible = alias(organization, 'responsible')
const closed = sql.join(
  FINANCING_STAGES.filter(isOver).map((stage) => sql`${stage}`),
  sql`, `,
)

/** Conditions past their day that the responsible delegation has not met. */
const overdue = sql`from ${conditions} where ${conditions}.ask_id = ${financingAsks}.id and ${conditions}.state = 'open' and ${conditions}.due_on < current_date`

/** The same rule as `stuckOf`, for filters and counts. */
const isStuck = (actor: Actor): SQL => sql`(
  ${financingRequests.state} <> 'announced' and ${financingAsks.stage} not in (${closed}) and (
    ${financingAsks.stageSince} <= now() - make_interval(days => ${STUCK_DAYS + 1})
    or (${visibleMoney(actor)} and (
      (${financingAsks.stage} = 'on_hold' and ${financingAsks.resumeOn} < current_date)
      or (${financingAsks.stage} = 'letter_of_interest' and ${financingAsks.letterExpiresOn} < current_date)
      or exists (select 1 ${overdue})))))`

function conditionOf(actor: Actor, live: Live, filter: PipelineFilter): SQL | undefined {
  const shown = shownFigures(live)
  const ofProject = (condition: SQL | undefined) => and(visibleProject(actor), condition)
  const { search, mineral, stage, at, institution, partner } = filter
  return and(
    ne(financingRequests.state, 'draft'),
    visibleAsk(actor),
    search
      ? or(
          ilike(financingRequests.title, contains(search)),
          ilike(financingAsks.sourceName, contains(search)),
          ofProject(ilike(projects.title, contains(search))),
        )
      : undefined,
    mineral ? ofProject(sql`${mineral} = any(${shown.minerals})`) : undefined,
    stage ? ofProject(sql`${stage} = any(${shown.stages})`) : undefined,
    at ? eq(financingAsks.stage, at) : undefined,
    institution ? eq(financingAsks.sourceName, institution) : undefined,
    partner
      ? or(
          eq(lead.partnerIso2, partner),
          ofProject(
            sql`(${shown.countryIso2} = ${partner} or ${projects.leadPartnerIso2} = ${partner} or exists (select 1 from ${projectPartners} where ${projectPartners}.project_id = ${projects}.id and ${projectPartners}.partner_iso2 = ${partner}))`,
          ),
        )
      : undefined,
    filter.stuck ? isStuck(actor) : undefined,
  )
}

function columnsOf(actor: Actor, live: Live) {
  const shown = shownFigures(live)
  const seen = visibleProject(actor)
  const money = visibleMoney(actor)
  return {
    id: financingAsks.id,
    requestId: sql<string>`${financingRequests.id}`.as('request_id'),
    title: financingRequests.title,
    marking: financingRequests.marking,
    announced: sql<boolean>`${financingRequests.state} = 'announced'`.as('announced'),
    projectId: sql<string | null>`case when ${seen} then ${projects.id} end`.as('project_id'),
    project: sql<string | null>`case when ${seen} then ${projects.title} end`.as('project'),
    minerals: sql<string[]>`case when ${seen} then ${shown.minerals} else '{}' end`.as('minerals'),
    stages: sql<string[]>`case when ${seen} then ${shown.stages} else '{}' end`.as('stages'),
    countryIso2: sql<string | null>`case when ${seen} then ${shown.countryIso2} end`.as('country'),
    leadId: financingRequests.leadDelegationId,
    lead: sql<string | null>`${lead.name}`.as('lead'),
    leadIso2: sql<string | null>`${lead.partnerIso2}`.as('lead_iso2'),
    institutionId: financingAsks.institutionId,
    institution: financingAsks.sourceName,
    instrument: financingAsks.instrument,
    announcedInstrument: financingAsks.announcedInstrument,
    announcedStatus: financingAsks.announcedStatus,
    announcedDate: financingAsks.announcedDate,
    source: financingAsks.source,
    stage: financingAsks.stage,
    heldFrom: financingAsks.heldFrom,
    askedAt: financingAsks.askedAt,
    /** Null where only a source knows. */
    since:
      sql<Date | null>`case when ${financingRequests.state} <> 'announced' then ${financingAsks.stageSince} end`
        .mapWith(financingAsks.stageSince)
        .as('since'),
    currency: financingAsks.currency,
    /** Whether amounts, conditions and their dates are open to the reader. */
    money: sql<boolean>`(${money})`.as('money'),
    resumeOn: sql<string | null>`case when ${money} then ${financingAsks.resumeOn}::text end`.as('resume_on'),
    letterExpiresOn: sql<
      string | null
    >`case when ${money} then ${financingAsks.letterExpiresOn}::text end`.as('letter_expires_on'),
  }
}

const byStage = sql`array_position(array[${sql.join(
  FINANCING_STAGES.map((stage) => sql`${stage}`),
  sql`, `,
)}]::text[], ${financingAsks.stage}::text)`

/** What `chosen` names, which are asks of the reader's, with what is shown of them: looked up for those only. */
function asksOf(db: Queryable, actor: Actor, chosen: SQL) {
  const live = liveFigures(db, actor)
  return db
    .select(columnsOf(actor, live))
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .innerJoin(projects, eq(projects.id, financingRequests.projectId))
    .leftJoin(live, eq(live.projectId, projects.id))
    .leftJoin(lead, eq(lead.id, financingRequests.leadDelegationId))
    .where(sql`${financingAsks.id} in (${chosen})`)
    .orderBy(byStage, asc(financingAsks.stageSince), asc(financingAsks.id))
}

/** The asks of a filter with their stage and times: what is not read of a project is not looked up. */
export function stagesOf(db: Queryable, actor: Actor, filter: PipelineFilter) {
  const live = liveFigures(db, actor)
  const { id, announced, stage, heldFrom, askedAt, since, marking } = columnsOf(actor, live)
  return db
    .select({ id, announced, stage, heldFrom, askedAt, since, marking, stageSince: financingAsks.stageSince })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .innerJoin(projects, eq(projects.id, financingRequests.projectId))
    .leftJoin(live, eq(live.projectId, projects.id))
    .leftJoin(lead, eq(lead.id, financingRequests.leadDelegationId))
    .where(conditionOf(actor, live, filter))
}

type Ask = Awaited<ReturnType<typeof asksOf>>[number]
export type PipelineRow = Ask & {
  /** By currency and kind; null where the money is not open to the reader. */
  totals: Totals[] | null
  stuck: Stuck[]
}

/** Adds the ledger's sums and what is stuck, for the asks whose money is open. Two queries. */
async function withMoney(db: Queryable, asks: readonly Ask[], now: Date): Promise<PipelineRow[]> {
  const open = asks.filter(({ money }) => money).map(({ id }) => id)
  const [sums, due] = open.length
    ? await Promise.all([
        db
          .select({
            askId: ledgerEntries.askId,
            kind: ledgerEntries.kind,
            currency: ledgerEntries.currency,
            amount: sql<string>`sum(${ledgerEntries.amount})`,
          })
          .from(ledgerEntries)
          .where(inArray(ledgerEntries.askId, open))
          .groupBy(ledgerEntries.askId, ledgerEntries.kind, ledgerEntries.currency),
        db
          .select({ askId: conditions.askId, responsible: responsible.name, dueOn: conditions.dueOn })
          .from(conditions)
          .innerJoin(responsible, eq(responsible.id, conditions.responsibleId))
          .where(
            and(
              inArray(conditions.askId, open),
              eq(conditions.state, 'open'),
              sql`${conditions.dueOn} < current_date`,
            ),
          )
          .orderBy(asc(conditions.dueOn)),
      ])
    : [[], []]
  const lines = new Map<string, LedgerLine[]>()
  for (const { askId, ...line } of sums) lines.set(askId, [...(lines.get(askId) ?? []), line])
  return asks.map((ask) => ({
    ...ask,
    totals: ask.money ? totalsOf(lines.get(ask.id) ?? []) : null,
    stuck: stuckOf(
      {
        ...ask,
        overdue: due.flatMap(({ askId, responsible: who, dueOn }) =>
          askId === ask.id && dueOn ? [{ responsible: who, dueOn }] : [],
        ),
      },
      now,
    ),
  }))
}

/** How many asks a filter keeps by stage, how many of them are stuck, and the ledger's sums where they are open. Two queries. */
export async function pipelineSums(db: Queryable, actor: Actor, filter: PipelineFilter) {
  const live = liveFigures(db, actor)
  const condition = conditionOf(actor, live, filter)
  const [counts, sums] = await Promise.all([
    db
      .select({
        stage: financingAsks.stage,
        count: count(),
        stuck: sql<number>`(count(*) filter (where ${isStuck(actor)}))::int`,
        /** Their amounts are in no sum of this reader. */
        closed: sql<number>`(count(*) filter (where not (${visibleMoney(actor)})))::int`,
      })
      .from(financingAsks)
      .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
      .innerJoin(projects, eq(projects.id, financingRequests.projectId))
      .leftJoin(live, eq(live.projectId, projects.id))
      .leftJoin(lead, eq(lead.id, financingRequests.leadDelegationId))
      .where(condition)
      .groupBy(financingAsks.stage),
    db
      .select({
        stage: financingAsks.stage,
        kind: ledgerEntries.kind,
        currency: ledgerEntries.currency,
        amount: sql<string>`sum(${ledgerEntries.amount})`,
      })
      .from(ledgerEntries)
      .innerJoin(financingAsks, eq(financingAsks.id, ledgerEntries.askId))
      .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
      .innerJoin(projects, eq(projects.id, financingRequests.projectId))
      .leftJoin(live, eq(live.projectId, projects.id))
      .leftJoin(lead, eq(lead.id, financingRequests.leadDelegationId))
      .where(and(condition, visibleMoney(actor)))
      .groupBy(financingAsks.stage, ledgerEntries.kind, ledgerEntries.currency)
      .orderBy(asc(ledgerEntries.currency)),
  ])
  const stages = FINANCING_STAGES.map((stage) => {
    const counted = counts.find((row) => row.stage === stage)
    return {
      ...{ stage, count: counted?.count ?? 0, stuck: counted?.stuck ?? 0, closed: counted?.closed ?? 0 },
      totals: totalsOf(sums.filter((row) => row.stage === stage)),
    }
  })
  return { stages, totals: totalsOf(sums) }
}

/** The cards of a board: of each stage those that wait longest, at most `CARDS_A_STAGE`. Four queries. */
export async function pipelineCards(db: Queryable, actor: Actor, filter: PipelineFilter, now: Date) {
  // By themselves: PostgreSQL cannot tell that they are few, and would look everything up of every ask.
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from (
      select seen.id, row_number() over (partition by stage order by stage_since, id) as nth
      from ${stagesOf(db, actor, filter)} seen) ranked
    where nth <= ${CARDS_A_STAGE}`)
  if (rows.length === 0) return []
  const chosen = sql.join(
    rows.map(({ id }) => sql`${id}`),
    sql`, `,
  )
  return withMoney(db, await asksOf(db, actor, chosen), now)
}

/** A page of the table, by stage and then the longest wait. Three queries. */
export async function pipelineTable(
  db: Queryable,
  actor: Actor,
  filter: PipelineFilter,
  { page, size, now }: { page: number; size: number; now: Date },
) {
  const chosen = stagesOf(db, actor, filter)
    .orderBy(byStage, asc(financingAsks.stageSince), asc(financingAsks.id))
    .limit(size)
    .offset((page - 1) * size)
  return withMoney(db, await asksOf(db, actor, sql`select id from ${chosen} page`), now)
}

/** Sources of funds that the actor may know of, for the filter. One query. */
export const pipelineInstitutions = (db: Queryable, actor: Actor) =>
  db
    .selectDistinct({ name: financingAsks.sourceName })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .where(and(visibleAsk(actor), ne(financingRequests.state, 'draft')))
    .orderBy(asc(financingAsks.sourceName))
