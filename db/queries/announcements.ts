import { and, asc, eq, sql } from 'drizzle-orm'
import type { Queryable } from '../connection'
import { decisionAnnouncements } from '../schema/announcements'
import { decisions } from '../schema/decisions'
import { sessionMotions, sessions } from '../schema/sessions'

/**
 * What a group decided by silence and no session announced yet, the first adopted first; at most 50. Motions of restricted
 * sessions are left out: not everybody of the group may know of them.
 */
export const notAnnounced = (db: Queryable, groupId: string) =>
  db
    .select({ number: decisions.number, title: decisions.title })
    .from(decisions)
    .where(
      and(
        eq(decisions.groupId, groupId),
        eq(decisions.how, 'silence'),
        sql`not exists (select 1 from ${decisionAnnouncements} where ${decisionAnnouncements.decisionId} = ${decisions.id})`,
        sql`not exists (select 1 from ${sessionMotions} join ${sessions} on ${sessions.id} = ${sessionMotions.sessionId}
          where ${sessionMotions.motionId} = ${decisions.subjectId} and ${sessions.marking} = 'restricted')`,
      ),
    )
    .orderBy(asc(decisions.adoptedAt), asc(decisions.number))
    .limit(50)
