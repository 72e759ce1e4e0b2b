/** A group's rules of procedure as they are now, and every change of them. */
import { desc, eq } from 'drizzle-orm'
import { changesOf, type GroupRules } from '../../app/domain/group-rules'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { groupRuleChanges } from '../schema/group-rules'
import { workingGroups } from '../schema/groups'
import { groupRules } from '../schema/sessions'

const WITHOUT: Omit<GroupRules, 'silenceHours' | 'breakNeedsReason'> = {
  ...{ noticeHours: 72, quorumPercent: 50, majority: 'simple', base: 'voting', proxies: 1 },
  ...{ seconder: true, speechSeconds: 180 },
}

/** As the group set them, or as they are without. */
export async function groupRulesOf(db: Queryable, groupId: string): Promise<GroupRules> {
  const [row] = await db
    .select({
      own: groupRules,
      silenceHours: workingGroups.silenceHours,
      breakNeedsReason: workingGroups.breakNeedsReason,
    })
    .from(workingGroups)
    .leftJoin(groupRules, eq(groupRules.groupId, workingGroups.id))
    .where(eq(workingGroups.id, groupId))
  if (!row) throw new Error(`there is no group ${groupId}`)
  const { noticeHours, quorumPercent, majority, base, proxies, seconder, speechSeconds } = row.own ?? WITHOUT
  return {
    ...{ noticeHours, quorumPercent, majority, base, proxies, seconder, speechSeconds },
    ...{ silenceHours: row.silenceHours, breakNeedsReason: row.breakNeedsReason },
  }
}

/** The changes of a group's rules in words, the last first; at most `most`. */
export async function ruleChanges(db: Queryable, groupId: string, most = 50) {
  const rows = await db
    .select({
      id: groupRuleChanges.id,
      at: groupRuleChanges.at,
      before: groupRuleChanges.before,
      after: groupRuleChanges.after,
      by: user.name,
      of: organization.name,
    })
    .from(groupRuleChanges)
    .innerJoin(user, eq(user.id, groupRuleChanges.setBy))
    .innerJoin(organization, eq(organization.id, groupRuleChanges.organizationId))
    .where(eq(groupRuleChanges.groupId, groupId))
    .orderBy(desc(groupRuleChanges.at), desc(groupRuleChanges.id))
    .limit(most)
  return rows.map(({ before, after, ...row }) => ({ ...row, changes: changesOf(before, after) }))
}
