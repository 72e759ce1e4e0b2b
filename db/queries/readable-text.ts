/**
 * Texts of every kind that an actor may read, as SQL: the same rules as `app/domain/rights.ts`.
 * `test/integration/visibility.test.ts` holds the two to each other.
 */
import { eq, or, type SQL, sql } from 'drizzle-orm'
import { type Actor, delegationOf, institutionOf, secretariatRole } from '../../app/domain/people'
import { WITH_SECRETARIAT } from '../../app/domain/rights'
import { askReaders, financingAsks, financingRequests } from '../schema/financing'
import { documentParts } from '../schema/parts'
import { documentGrants, documents, proposals } from '../schema/projects'
import { sessionTexts } from '../schema/session-texts'
import { sessions } from '../schema/sessions'
import { readableRequest } from './request-visibility'
import { attendableSession } from './session-scope'
import { readableProposal, readableText } from './visibility'

const nothing = sql`false`

/** Parts with readers of their own: whoever is named for one reads it while they take part in the whole. */
function readablePart(actor: Actor): SQL {
  const delegation = delegationOf(actor)
  const isPart = sql`${documents.kind} = 'part'`
  if (delegation) {
    const invitedTo = (documentId: SQL) =>
      sql`exists (select 1 from ${documentGrants} where ${documentGrants.documentId} = ${documentId} and ${documentGrants.delegationId} = ${delegation.id})`
    const whole = sql`(select ${documentParts.wholeId} from ${documentParts} where ${documentParts.documentId} = ${documents.id})`
    const named = sql`${invitedTo(sql`${documents.id}`)} and ${invitedTo(whole)}`
    return sql`(${isPart} and (${documents.ownerDelegationId} = ${delegation.id} or (${named})))`
  }
  if (secretariatRole(actor) !== 'coordinator') return nothing
  return sql`(${isPart} and exists (
    select 1 from ${documentParts} join ${proposals} ${sql.identifier('whole')} on ${sql.identifier('whole')}.document_id = ${documentParts.wholeId}
    where ${documentParts.documentId} = ${documents.id} and 'coordinators' = any(${documentParts.audiences})
      and ${sql.identifier('whole')}.state in ${[...WITH_SECRETARIAT]}))`
}

/** An ask's terms: for its institution, the delegation that leads, and those that it named. */
function readableTerms(actor: Actor): SQL {
  const asked = (who: SQL) =>
    sql`(${documents.kind} = 'terms' and exists (select 1 from ${financingAsks} where ${financingAsks.termsDocumentId} = ${documents.id} and ${who}))`
  const institution = institutionOf(actor)
  if (institution) return asked(sql`${financingAsks.institutionId} = ${institution.id}`)
  const delegation = delegationOf(actor)
  if (!delegation) return nothing
  const named = sql`exists (select 1 from ${askReaders} where ${askReaders.askId} = ${financingAsks.id} and ${askReaders.delegationId} = ${delegation.id})`
  return asked(sql`(${eq(documents.ownerDelegationId, delegation.id)} or ${named})`)
}

/** Notes and minutes of sessions: for whoever may be in the room. */
const readableOfSession = (actor: Actor): SQL =>
  sql`(${documents.kind} in ('notes', 'minutes') and exists (select 1 from ${sessionTexts} join ${sessions} on ${sessions.id} = ${sessionTexts.sessionId} where ${sessionTexts.documentId} = ${documents.id} and ${attendableSession(actor)}))`

/** For statements over `documents` left-joined with `proposals` and `financing_requests` by their texts. */
export const readableDocument = (actor: Actor): SQL =>
  or(
    readableText(actor),
    sql`(${proposals.id} is not null and ${readableProposal(actor)})`,
    sql`(${financingRequests.id} is not null and ${readableRequest(actor)})`,
    readablePart(actor),
    readableTerms(actor),
    readableOfSession(actor),
  ) ?? nothing
