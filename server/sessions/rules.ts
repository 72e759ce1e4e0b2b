import type { Rules } from '../../app/domain/session/model'
import type { Queryable } from '../../db/connection'
import { groupRulesOf } from '../../db/queries/group-rules'

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
