import type { Queryable } from '../../db/connection'
import { scopedDocument, textAccess } from '../../db/queries/documents'
import { resolveActorBySessionId } from '../auth/actor'
import type { ResolveAccess } from '../channels/types'
import { inboxAccess, isInbox } from '../notices/inbox'
import { sessionAccess } from '../sessions/access'

/** For the engine: who a session is and what they may do in a channel, now. */
export const resolveAccess =
  (db: Queryable): ResolveAccess =>
  async (sessionId, channelId) => {
    if (isInbox(channelId)) return inboxAccess(db, sessionId, channelId)
    const [actor, document] = await Promise.all([
      resolveActorBySessionId(db, sessionId),
      scopedDocument(db, channelId),
    ])
    if (!actor) return null
    if (!document) {
      const access = await sessionAccess(db, actor, channelId)
      return access && { actor, access }
    }
    // Only by the channel's own id, so that one document has one room.
    if (document.channelId !== channelId) return null
    const access = textAccess(actor, document.scope)
    return access ? { actor, access } : null
  }
