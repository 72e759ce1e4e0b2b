import { eq } from 'drizzle-orm'
import { conflict, invalid } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { ROLE_LABEL } from '../../app/domain/role-words'
import type { Database } from '../../db/connection'
import { member } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { newId } from '../ids'
import { notify } from '../notices/notify'
import { isLastLeader, LAST_LEADER, lockMembership, type Role, rolesIn } from './people'

/**
 * Changes what a colleague may do. The last head stays head. Open pages learn of it at once.
 * Throws `notFound`, `forbidden`, `invalid` (a role of the other kind of organization), `conflict` (the last head).
 */
export async function changeRole(
  { db, channels }: { db: Database; channels: Pick<Channels, 'recheckUser'> },
  actor: Actor,
  { memberId, role }: { memberId: string; role: Role },
  from: string | null,
): Promise<void> {
  const changed = await db.transaction(async (tx) => {
    const found = await lockMembership(tx, actor, memberId)
    if (!rolesIn(found.kind).includes(role))
      throw invalid('That role is not one of this organization.', { role: ['Choose a role of the list.'] })
    if (found.role === role) return null
    if (await isLastLeader(tx, found)) throw conflict(LAST_LEADER)
    await tx.update(member).set({ role }).where(eq(member.id, memberId))
    await recordAct(tx, {
      actor,
      from,
      act: 'member.role',
      objectKind: 'user',
      objectId: found.userId,
      before: { organizationId: found.organizationId, role: found.role },
      after: { organizationId: found.organizationId, role },
    })
    await notify(tx, {
      ...{ kind: 'role_changed', act: `member.role ${memberId} ${newId()}`, link: '/account' },
      ...{ about: { kind: 'self', id: found.userId }, to: [found.userId], by: actor.userId },
      data: { by: actor.name, role: ROLE_LABEL[role].label },
    })
    return found
  })
  if (changed) await channels.recheckUser(changed.userId)
}
