/** Financing requests and asks with what decides over them: read before every page and verb. */
import { eq, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import type { AskScope, RequestScope } from '../../app/domain/request-rights'
import { can, type GrantLevel } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { askReaders, financingAsks, financingRequests } from '../schema/financing'
import { documentGrants, projects } from '../schema/projects'

type Share = { delegationId: string; level: GrantLevel }

const grants = sql<Share[]>`coalesce((
  select json_agg(json_build_object('delegationId', ${documentGrants.delegationId}, 'level', ${documentGrants.level}))
  from ${documentGrants} where ${documentGrants.documentId} = ${financingRequests.documentId}), '[]'::json)`

const asked = sql<string[]>`array(
  select distinct other.institution_id from ${financingAsks} other
  where other.request_id = ${financingRequests.id} and other.institution_id is not null)`

const readers = sql<string[]>`array(
  select ${askReaders.delegationId} from ${askReaders} where ${askReaders.askId} = ${financingAsks.id})`

type RequestRow = typeof financingRequests.$inferSelect

const scopeOf = (
  request: RequestRow,
  shares: readonly Share[],
  askedIds: readonly string[],
): RequestScope => ({
  kind: 'request',
  state: request.state,
  marking: request.marking,
  leadDelegationId: request.leadDelegationId,
  grants: shares,
  askedIds,
})

/** A request with what `can` asks of it; null when there is none. One query. */
export async function scopedRequest(db: Queryable, id: string) {
  if (!isId(id)) return null
  const [row] = await db
    .select({ request: financingRequests, projectTitle: projects.title, grants, asked })
    .from(financingRequests)
    .innerJoin(projects, eq(projects.id, financingRequests.projectId))
    .where(eq(financingRequests.id, id))
  if (!row) return null
  const { request, projectTitle } = row
  return { request, projectTitle, scope: scopeOf(request, row.grants, row.asked) }
}

/** An ask with what `can` asks of it; null when there is none. One query. */
export async function scopedAsk(db: Queryable, id: string) {
  if (!isId(id)) return null
  const [row] = await db
    .select({ ask: financingAsks, request: financingRequests, grants, asked, readers })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .where(eq(financingAsks.id, id))
  if (!row) return null
  const { ask, request } = row
  const scope: AskScope = {
    kind: 'ask',
    stage: ask.stage,
    heldFrom: ask.heldFrom,
    institutionId: ask.institutionId,
    readerIds: row.readers,
    request: scopeOf(request, row.grants, row.asked),
  }
  return { ask, request, scope }
}

/** Before an act on an ask's page is read: throws `notFound` where it does not exist for the actor. One query. */
export async function mustSeeAsk(db: Queryable, actor: Actor, id: string): Promise<void> {
  const found = await scopedAsk(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
}
