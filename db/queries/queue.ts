/** Everything that is with the secretariat and its reviewers, for coordinators. */
import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { type Actor, secretariatRole } from '../../app/domain/people'
import type { ProposalState } from '../../app/domain/project-stage'
import { QUEUE_STATES, type QueueFilter } from '../../app/domain/queue'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { proposalMoves } from '../schema/cases'
import { silenceProcedures } from '../schema/decisions'
import { workingGroups } from '../schema/groups'
import { projects, proposals } from '../schema/projects'
import { reviews } from '../schema/reviews'
import { contains } from './contains'
import { readableProposal } from './visibility'

const MOST = 500

/** The last move of a proposal. */
const last = (column: SQL) =>
  sql`(select ${column} from ${proposalMoves} where ${proposalMoves.proposalId} = ${proposals.id} order by ${proposalMoves.at} desc, ${proposalMoves.id} desc limit 1)`
const reviewsIn = (states: readonly string[]) =>
  sql<number>`(select count(*)::int from ${reviews} where ${reviews.proposalId} = ${proposals.id} and ${reviews.versionId} = ${last(sql`${proposalMoves.versionId}`)} and ${reviews.state} in (${sql.join(
    states.map((state) => sql`${state}`),
    sql`, `,
  )}))`

/** Rows of the queue, what is due first. Throws `notFound` for everybody but coordinators. */
export async function queueRows(db: Queryable, actor: Actor, { search, state, late }: QueueFilter) {
  if (secretariatRole(actor) !== 'coordinator') throw notFound()
  const dueOn = sql<string | null>`coalesce(
    (select min(${reviews.dueOn}) from ${reviews} where ${reviews.proposalId} = ${proposals.id} and ${reviews.state} in ('asked', 'accepted') and ${proposals.state} in ('screening', 'in_review')),
    (select (${silenceProcedures.deadline} at time zone 'UTC')::date from ${silenceProcedures} where ${silenceProcedures.subjectId} = ${proposals.id} and ${silenceProcedures.state} = 'open' limit 1),
    ${last(sql`${proposalMoves.dueOn}`)})::text`
  const rows = await db
    .select({
      id: proposals.id,
      title: proposals.title,
      project: projects.title,
      state: proposals.state,
      marking: proposals.marking,
      lead: organization.name,
      iso2: organization.partnerIso2,
      group: workingGroups.name,
      since: sql<string>`${last(sql`${proposalMoves.at}`)}`,
      dueOn,
      asked: reviewsIn(['asked']),
      reading: reviewsIn(['accepted']),
      handedIn: reviewsIn(['handed_in']),
    })
    .from(proposals)
    .innerJoin(projects, eq(projects.id, proposals.projectId))
    .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
    .leftJoin(workingGroups, eq(workingGroups.id, proposals.groupId))
    .where(
      and(
        readableProposal(actor),
        inArray(proposals.state, state ? [state] : [...QUEUE_STATES]),
        search
          ? sql`(${proposals.title} ilike ${contains(search)} or ${projects.title} ilike ${contains(search)})`
          : undefined,
        late ? sql`${dueOn}::date < current_date` : undefined,
      ),
    )
    .orderBy(sql`${dueOn} nulls last`, desc(proposals.createdAt), asc(proposals.title))
    .limit(MOST)
  const today = new Date().toISOString().slice(0, 10)
  return rows.map((row) => ({
    ...row,
    state: row.state as ProposalState,
    since: new Date(row.since).toISOString(),
    isLate: row.dueOn !== null && row.dueOn < today,
  }))
}
