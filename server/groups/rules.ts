import { desc, eq } from 'drizzle-orm'
import { conflict } from '../../app/domain/fault'
import { changesOf, type GroupRules, type GroupRulesInput } from '../../app/domain/group-rules'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { groupRulesOf } from '../../db/queries/group-rules'
import { lockedGroup } from '../../db/queries/locked-group'
import { groupRuleChanges } from '../../db/schema/group-rules'
import { workingGroups } from '../../db/schema/groups'
import { groupRules } from '../../db/schema/sessions'
import { recordAct } from '../audit/record'
import { newId } from '../ids'

/**
 * Sets a group's rules of procedure, from now on: sessions that are open keep theirs. The same rules again change
 * nothing. Throws `notFound`, `forbidden`, and `conflict` when somebody changed them since the page was loaded.
 */
export async function setGroupRules(
  db: Database,
  actor: Actor,
  groupId: string,
  { known, rules }: GroupRulesInput,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const why = 'The chair’s head of delegation and coordinators of the secretariat set the rules.'
    await lockedGroup(tx, actor, groupId, 'rules', why)
    const before = await groupRulesOf(tx, groupId)
    const changes = changesOf(before, rules)
    if (changes.length === 0) return
    const [last] = await tx
      .select({ id: groupRuleChanges.id })
      .from(groupRuleChanges)
      .where(eq(groupRuleChanges.groupId, groupId))
      .orderBy(desc(groupRuleChanges.at), desc(groupRuleChanges.id))
      .limit(1)
    if ((last?.id ?? '') !== known)
      throw conflict(
        'Somebody changed the rules meanwhile: their change is below. Yours is kept here; set it again if it still holds.',
      )
    const { silenceHours, breakNeedsReason, ...own } = rules
    await tx
      .insert(groupRules)
      .values({ groupId, ...own })
      .onConflictDoUpdate({ target: groupRules.groupId, set: own })
    await tx
      .update(workingGroups)
      .set({ silenceHours, breakNeedsReason })
      .where(eq(workingGroups.id, groupId))
    await tx.insert(groupRuleChanges).values({
      ...{ id: newId(), groupId, before, after: rules },
      ...{ setBy: actor.userId, organizationId: actor.organization.id },
    })
    const differs = (side: GroupRules) =>
      Object.fromEntries(
        Object.entries(side).filter(
          ([rule]) => before[rule as keyof GroupRules] !== rules[rule as keyof GroupRules],
        ),
      )
    await recordAct(tx, {
      ...{ actor, from, act: 'group.rules', objectKind: 'group', objectId: groupId },
      ...{ before: differs(before), after: differs(rules) },
    })
  })
}
