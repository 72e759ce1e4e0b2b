import { eq } from 'drizzle-orm'
import type { Rules } from '../../app/domain/session/model'
import type { Queryable } from '../../db/connection'
import { groupRules } from '../../db/schema/sessions'

/** A group's rules of procedure, as it set them or as they are without. */
export async function groupRulesOf(db: Queryable, groupId: string) {
  const [row] = await db.select().from(groupRules).where(eq(groupRules.groupId, groupId))
  return (
    row ?? {
      ...{
        groupId,
        noticeHours: 72,
        quorumPercent: 50,
        majority: 'simple' as const,
        base: 'voting' as const,
      },
      ...{ proxies: 1, seconder: true, speechSeconds: 180 },
    }
  )
}

/** The rules for a session of the group with so many deciding delegations, and its notice in hours. */
export async function rulesOf(
  db: Queryable,
  groupId: string,
  deciding: number,
  chatham: boolean,
): Promise<{ session: Rules; noticeHours: number }> {
  const { quorumPercent, majority, base, proxies, seconder, speechSeconds, noticeHours } = await groupRulesOf(
    db,
    groupId,
  )
  const quorum = Math.max(1, Math.ceil((deciding * quorumPercent) / 100))
  return { session: { quorum, majority, base, proxies, seconder, speechSeconds, chatham }, noticeHours }
}
