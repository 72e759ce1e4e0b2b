import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../../db/connection'
import { scopedSession } from '../../db/queries/session-scope'

/** Whoever may be in a session's room reads its channel; nobody writes in it but the portal's verbs. */
export async function sessionAccess(db: Queryable, actor: Actor, channelId: string): Promise<'read' | null> {
  const found = await scopedSession(db, channelId)
  return found && can(actor, 'attend', found.scope) ? 'read' : null
}
