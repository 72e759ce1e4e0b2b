import { and, eq } from 'drizzle-orm'
import { conflict, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { invitation } from '../../db/schema/auth'
import { recordAct } from '../audit/record'
import { mustManage } from './people'

/** Ends an invitation's link. Throws `notFound`, `forbidden`, or `conflict` when it was accepted or cancelled already. */
export async function cancelInvitation(
  db: Database,
  actor: Actor,
  invitationId: string,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [found] = await tx.select().from(invitation).where(eq(invitation.id, invitationId))
    if (!found) throw notFound()
    mustManage(actor, found.organizationId)
    const changed = await tx
      .update(invitation)
      .set({ status: 'canceled' })
      .where(and(eq(invitation.id, invitationId), eq(invitation.status, 'pending')))
      .returning({ id: invitation.id })
    if (changed.length === 0) throw conflict('That invitation is accepted or cancelled already.')
    await recordAct(tx, {
      actor,
      from,
      act: 'invitation.cancel',
      objectKind: 'invitation',
      objectId: invitationId,
      before: { organizationId: found.organizationId, email: found.email, role: found.role },
    })
  })
}
