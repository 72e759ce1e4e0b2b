import { eq } from 'drizzle-orm'
import { conflict } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { member, session } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { isLastLeader, LAST_LEADER, lockMembership } from './people'

/**
 * Takes somebody out of the organization: their sessions end at once, what they wrote stays under their name.
 * Throws `notFound`, `forbidden`, `conflict` (the last head).
 */
export async function removeMember(
  { db, channels }: { db: Database; channels: Pick<Channels, 'recheckUser'> },
  actor: Actor,
  memberId: string,
  from: string | null,
): Promise<void> {
  const { userId } = await db.transaction(async (tx) => {
    const found = await lockMembership(tx, actor, memberId)
    if (await isLastLeader(tx, found)) throw conflict(LAST_LEADER)
    await tx.delete(member).where(eq(member.id, memberId))
    await tx.delete(session).where(eq(session.userId, found.userId))
    await recordAct(tx, {
      actor,
      from,
      act: 'member.remove',
      objectKind: 'user',
      objectId: found.userId,
      before: { organizationId: found.organizationId, role: found.role },
    })
    return found
  })
  await channels.recheckUser(userId)
}
