import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { scopedSession } from '../../db/queries/session-scope'

type Found = NonNullable<Awaited<ReturnType<typeof scopedSession>>>

/** Whoever may be in a session's room reads its channel; nobody writes in it but the portal's verbs. */
export const sessionAccess = (actor: Actor, { scope }: Pick<Found, 'scope'>): 'read' | null =>
  can(actor, 'attend', scope) ? 'read' : null
