/**
 * What an actor sees, as SQL: the same rules as `app/domain/rights.ts`, for lists and counts.
 * `test/integration/visibility.test.ts` holds the two to each other.
 */
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { type Actor, delegationOf, institutionOf, secretariatRole } from '../../app/domain/people'
import { WITH_SECRETARIAT } from '../../app/domain/rights'
import { documentGrants, documents, projectReaders, projects, proposals } from '../schema/projects'
import { askedOfProject, inPipeline } from './request-visibility'

const nothing = sql`false`

/** Delegations' own grants on a document, by the column that holds its id. */
const granted = (documentId: typeof documents.id | typeof proposals.documentId, delegationId: string) =>
  sql`exists (select 1 from ${documentGrants} where ${documentGrants.documentId} = ${documentId} and ${documentGrants.delegationId} = ${delegationId})`

/** A proposal of the project is with the secretariat. */
export const underReview = (projectId: typeof projects.id) =>
  sql<boolean>`exists (select 1 from ${proposals} where ${proposals.projectId} = ${projectId} and ${inArray(proposals.state, [...WITH_SECRETARIAT])})`

/** Projects that the actor may see. */
export function visibleProject(actor: Actor): SQL {
  const institution = institutionOf(actor)
  if (institution) return askedOfProject(projects.id, institution.id)
  const open = inArray(projects.marking, ['public', 'forge'])
  const delegation = delegationOf(actor)
  if (!delegation) {
    const steers = secretariatRole(actor) === 'coordinator'
    return steers ? (or(open, underReview(projects.id), inPipeline(projects.id)) ?? open) : open
  }
  const named = sql`exists (select 1 from ${projectReaders} where ${projectReaders.projectId} = ${projects.id} and ${projectReaders.delegationId} = ${delegation.id})`
  const invited = sql`exists (select 1 from ${proposals} join ${documentGrants} on ${documentGrants.documentId} = ${proposals.documentId} where ${proposals.projectId} = ${projects.id} and ${documentGrants.delegationId} = ${delegation.id})`
  return or(open, eq(projects.ownerDelegationId, delegation.id), named, invited) ?? nothing
}

/** Proposals whose text the actor may read. */
export function readableProposal(actor: Actor): SQL {
  const delegation = delegationOf(actor)
  if (delegation)
    return (
      or(eq(proposals.leadDelegationId, delegation.id), granted(proposals.documentId, delegation.id)) ??
      nothing
    )
  if (secretariatRole(actor) === 'coordinator') return inArray(proposals.state, [...WITH_SECRETARIAT])
  return nothing
}

/** Proposals of which the actor may know that they exist. */
export function visibleProposal(actor: Actor): SQL {
  if (institutionOf(actor)) return nothing
  const known = and(
    inArray(proposals.state, [...WITH_SECRETARIAT]),
    inArray(proposals.marking, ['public', 'forge']),
  )
  return or(readableProposal(actor), known) ?? nothing
}

/** Imported texts that the actor may read. */
export function readableText(actor: Actor): SQL {
  if (institutionOf(actor)) return nothing
  const open = inArray(documents.marking, ['public', 'forge'])
  const delegation = delegationOf(actor)
  const shared = delegation
    ? or(open, eq(documents.ownerDelegationId, delegation.id), granted(documents.id, delegation.id))
    : open
  return and(eq(documents.kind, 'text'), shared) ?? nothing
}
