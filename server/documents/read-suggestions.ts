import type { Actor } from '../../app/domain/people'
import { hidesAuthors } from '../../app/domain/rights'
import type { SuggestionAuthor } from '../../app/domain/suggestion'
import type { Database } from '../../db/connection'
import { documentFor } from '../../db/queries/documents'
import { markingLog, namesOf } from '../../db/queries/history'
import type { DocumentWorker } from './worker-client'

/**
 * Who made the suggestions with these ids, as far as the document's log holds them: for somebody who may read it now.
 * Throws `notFound`.
 */
export async function readSuggestions(
  { db, documents: worker }: { db: Database; documents: DocumentWorker },
  actor: Actor,
  id: string,
  ids: readonly string[],
): Promise<SuggestionAuthor[]> {
  const document = await documentFor(db, actor, id, 'read')
  if (ids.length === 0 || hidesAuthors(document.scope)) return []
  const log = await markingLog(db, document.channelId)
  const found = await worker.run('suggestedBy', { log, ids: [...ids] })
  const { people, organizations } = await namesOf(
    db,
    [...new Set(found.map(({ userId }) => userId))],
    [...new Set(found.map(({ organizationId }) => organizationId))],
  )
  return found.map(({ id: suggestion, userId, organizationId, at }) => ({
    ...{ id: suggestion, userId },
    name: people.get(userId) ?? 'Somebody whose account is gone',
    organization: organizations.get(organizationId)?.name ?? '',
    iso2: organizations.get(organizationId)?.iso2 ?? null,
    at: new Date(at).toISOString(),
  }))
}
