import type { Commenting } from '../../app/domain/comment'
import type { Actor } from '../../app/domain/people'
import { can, WITH_SECRETARIAT } from '../../app/domain/rights'
import type { Queryable } from '../../db/connection'
import { threadsOf } from '../../db/queries/comments'
import { documentFor, type ScopedDocument } from '../../db/queries/documents'

/** A document's threads for somebody who may read it; throws `notFound` for others. */
export async function readComments(db: Queryable, actor: Actor, documentId: string): Promise<Commenting> {
  const document = await documentFor(db, actor, documentId, 'read')
  return {
    reader: { userId: actor.userId, organizationId: actor.organization.id },
    threads: await threadsOf(db, actor, document),
    mayComment: can(actor, 'comment', document.scope),
    readers: readersInWords(document),
  }
}

function readersInWords({ owner, grants, scope }: ScopedDocument): string {
  if (scope.kind === 'session_text')
    return 'Whoever may be in the session’s room reads what is written here, and nobody else.'
  if (scope.kind === 'document' && (scope.marking === 'public' || scope.marking === 'forge'))
    return 'Everybody in the portal reads what is written here, as they read the text.'
  const names = [owner.name, ...grants.map(({ name }) => name)].join(', ')
  const alone = grants.length === 0 ? 'reads' : 'read'
  const request = scope.kind === 'document' ? scope.request : undefined
  if (request?.isTerms)
    return `${owner.name}, the institution and whom the lead named read what is written here, and nobody else.`
  if (request)
    return request.asked
      ? `${names} and the secretariat’s coordinators read what is written here; institutions do not.`
      : `${names} ${alone} what is written here; once an institution is asked, the secretariat’s coordinators too.`
  const coordinators =
    scope.kind === 'part' ? scope.audiences.includes('coordinators') : scope.kind === 'proposal'
  if (!coordinators) return `${names} ${alone} what is written here, and nobody else.`
  const isThere =
    scope.kind === 'part'
      ? scope.isWithSecretariat
      : scope.kind === 'proposal' && WITH_SECRETARIAT.includes(scope.state)
  return isThere
    ? `${names} and the secretariat’s coordinators read what is written here, and nobody else.`
    : `${names} ${alone} what is written here; once the proposal is submitted, the secretariat’s coordinators too.`
}
