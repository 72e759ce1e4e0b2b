/**
 * What an actor sees of financing, as SQL: the same rules as `app/domain/request-rights.ts`, for lists, sums and counts.
 * `test/integration/visibility.test.ts` holds the two to each other.
 */
import { and, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm'
import { type Actor, delegationOf, institutionOf, secretariatRole } from '../../app/domain/people'
import { askReaders, financingAsks, financingRequests } from '../schema/financing'
import { documentGrants, type projects } from '../schema/projects'

const nothing = sql<boolean>`false`

/** An institution was asked to finance the project. */
export const askedOfProject = (projectId: typeof projects.id, institutionId: string) =>
  sql<boolean>`exists (select 1 from ${financingAsks} join ${financingRequests} on ${financingRequests.id} = ${financingAsks.requestId} where ${financingRequests.projectId} = ${projectId} and ${financingAsks.institutionId} = ${institutionId})`

/** A delegation's request for the project's money went out. */
export const inPipeline = (projectId: typeof projects.id) =>
  sql<boolean>`exists (select 1 from ${financingRequests} where ${financingRequests.projectId} = ${projectId} and ${financingRequests.state} in ('asked', 'withdrawn'))`

const takesPart = (delegationId: string) =>
  or(
    eq(financingRequests.leadDelegationId, delegationId),
    sql`exists (select 1 from ${documentGrants} where ${documentGrants.documentId} = ${financingRequests.documentId} and ${documentGrants.delegationId} = ${delegationId})`,
  ) ?? nothing

/** Requests that the actor may know of. For statements over `financing_requests`. */
export function visibleRequest(actor: Actor): SQL {
  const institution = institutionOf(actor)
  if (institution)
    return sql`exists (select 1 from ${financingAsks} where ${financingAsks.requestId} = ${financingRequests.id} and ${financingAsks.institutionId} = ${institution.id})`
  const known = and(
    ne(financingRequests.state, 'draft'),
    inArray(financingRequests.marking, ['public', 'forge']),
  )
  const delegation = delegationOf(actor)
  if (delegation) return or(known, takesPart(delegation.id)) ?? nothing
  return secretariatRole(actor) === 'coordinator' ? ne(financingRequests.state, 'draft') : (known ?? nothing)
}

/** Requests whose text, and what is sought in it, the actor may read. For statements over `financing_requests`. */
export function readableRequest(actor: Actor): SQL {
  const written = ne(financingRequests.state, 'announced')
  if (institutionOf(actor)) return and(written, visibleRequest(actor)) ?? nothing
  const delegation = delegationOf(actor)
  if (delegation) return and(written, takesPart(delegation.id)) ?? nothing
  return secretariatRole(actor) === 'coordinator' ? (and(written, visibleRequest(actor)) ?? nothing) : nothing
}

/** Asks that the actor may know of. For statements over `financing_asks` joined with `financing_requests`. */
export function visibleAsk(actor: Actor): SQL {
  const institution = institutionOf(actor)
  return institution ? eq(financingAsks.institutionId, institution.id) : visibleRequest(actor)
}

/** Asks whose ledger, conditions and tranches the actor may see; every total is taken over these only. */
export function visibleMoney(actor: Actor): SQL {
  const announced = eq(financingRequests.state, 'announced')
  const institution = institutionOf(actor)
  if (institution) return eq(financingAsks.institutionId, institution.id)
  const delegation = delegationOf(actor)
  if (delegation) {
    const named = sql`exists (select 1 from ${askReaders} where ${askReaders.askId} = ${financingAsks.id} and ${askReaders.delegationId} = ${delegation.id})`
    return (
      and(
        visibleRequest(actor),
        or(announced, eq(financingRequests.leadDelegationId, delegation.id), named),
      ) ?? nothing
    )
  }
  if (secretariatRole(actor) === 'coordinator') return visibleRequest(actor)
  return and(visibleRequest(actor), announced) ?? nothing
}
