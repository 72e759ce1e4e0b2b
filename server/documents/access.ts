import type { Queryable } from '../../db/connection'
import { scopedDocuments, textAccess } from '../../db/queries/documents'
import { scopedSessions } from '../../db/queries/session-scope'
import { resolveActorsBySessionIds } from '../auth/actor'
import type { ResolveAccess } from '../channels/types'
import { inboxAccess, isInbox } from '../notices/inbox'
import { sessionAccess } from '../sessions/access'
import { gather } from './gather'

/**
 * For the engine: who a session is and what they may do in a channel, now. It asks for all who write at about the same
 * moment: together they are one query for the sessions and one for the documents.
 */
export function resolveAccess(db: Queryable): ResolveAccess {
  const actorOf = gather((sessionIds) => resolveActorsBySessionIds(db, sessionIds))
  const documentOf = gather((ids) => scopedDocuments(db, ids))
  const sessionOf = gather((ids) => scopedSessions(db, ids))
  return async (sessionId, channelId) => {
    if (isInbox(channelId)) return inboxAccess(db, sessionId, channelId)
    const [actor, document] = await Promise.all([actorOf(sessionId), documentOf(channelId)])
    if (!actor) return null
    if (!document) {
      const session = await sessionOf(channelId)
      const access = session && sessionAccess(actor, session)
      return access && { actor, access }
    }
    // Only by the channel's own id, so that one document has one room.
    if (document.channelId !== channelId) return null
    const access = textAccess(actor, document.scope)
    return access ? { actor, access } : null
  }
}
