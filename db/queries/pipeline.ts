/** The pipeline: asks with their sums, as far as the actor may know of them. A sum that is not theirs to see is null. */
import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { LEDGER_KINDS, type LedgerKind } from '../../app/domain/money-ledger'
import type { FinancingStage } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { financingAsks, financingRequests, institutions } from '../schema/financing'
import { ledgerEntries } from '../schema/ledger'
import { projects } from '../schema/projects'
import { requestFields } from '../schema/request-fields'
import { readableRequest, visibleAsk, visibleMoney } from './request-visibility'
import { type Sought, soughtJson } from './sought'

export type PipelineFilter = {
  stage: FinancingStage | null
  institution: string | null
  projectId: string | null
  /** Of one request only. */
  requestId?: string
}

export type Sums = Record<LedgerKind, string>

/** Net sums by kind of the outer ask; what was cancelled is off the committed. */
const sums = sql<Sums>`(select json_object_agg(kind, total) from (
  select k.kind, coalesce(sum(case when e.kind = 'cancelled' and k.kind = 'committed' then -e.amount else e.amount end), 0)::text as total
  from unnest(array[${sql.raw(LEDGER_KINDS.map((kind) => `'${kind}'`).join(', '))}]) k(kind)
  left join ${ledgerEntries} e on e.ask_id = ${financingAsks.id}
    and (e.kind = k.kind or (k.kind = 'committed' and e.kind = 'cancelled'))
  group by k.kind) each_kind)`

const line = {
  id: financingAsks.id,
  requestId: financingAsks.requestId,
  state: financingRequests.state,
  title: financingRequests.title,
  marking: financingRequests.marking,
  projectId: financingRequests.projectId,
  project: projects.title,
  sourceName: financingAsks.sourceName,
  institution: institutions.code,
  instrument: financingAsks.instrument,
  announcedInstrument: financingAsks.announcedInstrument,
  announcedStatus: financingAsks.announcedStatus,
  announcedDate: financingAsks.announcedDate,
  confidence: financingAsks.confidence,
  source: financingAsks.source,
  currency: financingAsks.currency,
  stage: financingAsks.stage,
  stageSince: financingAsks.stageSince,
  letterExpiresOn: financingAsks.letterExpiresOn,
  resumeOn: financingAsks.resumeOn,
  lead: organization.name,
  leadIso2: organization.partnerIso2,
}

/** Lines of one project or request; it has never as many. */
const MOST = 500
export const PIPELINE_ROWS_A_PAGE = 50

const conditionOf = (actor: Actor, filter: PipelineFilter): SQL | undefined =>
  and(
    visibleAsk(actor),
    filter.stage ? eq(financingAsks.stage, filter.stage) : undefined,
    filter.institution ? eq(institutions.code, filter.institution) : undefined,
    filter.projectId ? eq(financingRequests.projectId, filter.projectId) : undefined,
    filter.requestId ? eq(financingRequests.id, filter.requestId) : undefined,
  )

const newestFirst = [
  desc(financingAsks.stageSince),
  asc(financingRequests.title),
  asc(financingAsks.id),
] as const

/** A page of the pipeline's lines, the last moved first, with how many there are. Two queries. */
export async function pipelinePage(db: Queryable, actor: Actor, filter: PipelineFilter, page: number) {
  const [rows, [total]] = await Promise.all([
    pipelineRows(db, actor, filter, { size: PIPELINE_ROWS_A_PAGE, page }),
    db
      .select({ count: count() })
      .from(financingAsks)
      .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
      .leftJoin(institutions, eq(institutions.organizationId, financingAsks.institutionId))
      .where(conditionOf(actor, filter)),
  ])
  return { rows, total: total?.count ?? 0 }
}

/** The pipeline's lines, the last moved first; at most 500. */
export function pipelineRows(
  db: Queryable,
  actor: Actor,
  filter: PipelineFilter,
  { size, page } = { size: MOST, page: 1 },
) {
  // Chosen first: sums and what is sought are made up of the rows of the page only.
  const chosen = db
    .select({ id: financingAsks.id })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .leftJoin(institutions, eq(institutions.organizationId, financingAsks.institutionId))
    .where(conditionOf(actor, filter))
    .orderBy(...newestFirst)
    .limit(size)
    .offset((page - 1) * size)
  return db
    .select({
      ...line,
      sums: sql<Sums | null>`case when ${visibleMoney(actor)} then ${sums} end`,
      sought: sql<Sought | null>`case when ${readableRequest(actor)} then ${soughtJson} end`,
    })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .innerJoin(projects, eq(projects.id, financingRequests.projectId))
    .leftJoin(institutions, eq(institutions.organizationId, financingAsks.institutionId))
    .leftJoin(organization, eq(organization.id, financingRequests.leadDelegationId))
    .leftJoin(requestFields, eq(requestFields.requestId, financingRequests.id))
    .where(inArray(financingAsks.id, chosen))
    .orderBy(...newestFirst)
}

/** Requests of the actor's delegation that went to nobody yet. */
export const draftRequests = (db: Queryable, actor: Actor) =>
  db
    .select({
      id: financingRequests.id,
      title: financingRequests.title,
      createdAt: financingRequests.createdAt,
      lastWrittenAt: requestFields.lastWrittenAt,
      sought: sql<Sought | null>`${soughtJson}`,
    })
    .from(financingRequests)
    .leftJoin(requestFields, eq(requestFields.requestId, financingRequests.id))
    .where(
      and(
        eq(financingRequests.state, 'draft'),
        sql`(${financingRequests.leadDelegationId} = ${actor.organization.id} or exists (
          select 1 from document_grants g where g.document_id = ${financingRequests.documentId} and g.delegation_id = ${actor.organization.id}))`,
      ),
    )
    .orderBy(desc(financingRequests.createdAt))
    .limit(50)

/** Every institution, by its short name. */
export const allInstitutions = (db: Queryable) =>
  db
    .select({
      id: institutions.organizationId,
      code: institutions.code,
      name: organization.name,
      iso2: institutions.partnerIso2,
    })
    .from(institutions)
    .innerJoin(organization, eq(organization.id, institutions.organizationId))
    .orderBy(asc(institutions.code))

/** The ledger's lines of asks whose money the actor may see. */
export const ledgerOf = (db: Queryable, askIds: readonly string[]) =>
  askIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(ledgerEntries)
        .where(inArray(ledgerEntries.askId, [...askIds]))
        .orderBy(asc(ledgerEntries.at), asc(ledgerEntries.id))
