import type { Database } from '../../db/connection'
import { recordAct } from '../audit/record'
import { membershipOf } from './gate'

/** The audit entry of a password set anew by its link. The link is the proof: nobody is signed in. */
export async function recordPasswordReset(db: Database, userId: string, from: string | null): Promise<void> {
  const membership = await membershipOf(db, userId)
  await db.transaction((tx) =>
    recordAct(tx, {
      actor: { userId, organization: { id: membership?.organizationId ?? 'none' } },
      from,
      act: 'account.password_reset',
      objectKind: 'user',
      objectId: userId,
    }),
  )
}
