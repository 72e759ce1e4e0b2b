import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '../connection'
import { decisionAnnouncements } from '../schema/announcements'
import { decisions } from '../schema/decisions'
import { proposals } from '../schema/projects'
import { sessionMotions, sessions } from '../schema/sessions'

const OPEN = ['public', 'forge'] as const

/**
 * What a group decided by silence and no session announced yet, the first adopted first; at most 50. Motions of restricted
 * sessions are left out: not everybody of the group may know of them. `open`: in a session of which every delegation may
 * know, with its minutes: only what they may know of.
 */
export const notAnnounced = (db: Queryable, groupId: string, open: boolean) =>
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
        open
          ? sql`(exists (select 1 from ${proposals} where ${proposals.id} = ${decisions.subjectId} and ${inArray(proposals.marking, OPEN)})
              or exists (select 1 from ${sessionMotions} join ${sessions} on ${sessions.id} = ${sessionMotions.sessionId}
                where ${sessionMotions.motionId} = ${decisions.subjectId} and ${inArray(sessions.marking, OPEN)}))`
          : undefined,
      ),
    )
    .orderBy(asc(decisions.adoptedAt), asc(decisions.number))
    .limit(50)
