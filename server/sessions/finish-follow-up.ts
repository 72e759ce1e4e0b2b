import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { conflict, forbidden } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { followUpPage } from '../../db/queries/follow-ups'
import { followUps } from '../../db/schema/sessions'
import { recordAct } from '../audit/record'

export const followUpDoneForm = z.object({
  note: z.string().trim().min(3, 'Say how it was done.').max(1000, 'At most 1,000 characters.'),
})

/** Says that what a decision asked for is done, and how. Once. Throws `notFound`, `forbidden`, `conflict`. */
export async function finishFollowUp(
  db: Database,
  actor: Actor,
  id: string,
  { note }: z.output<typeof followUpDoneForm>,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { mayFinish, followUp } = await followUpPage(tx, actor, id)
    if (!mayFinish)
      throw forbidden('The delegation that it falls to says that it is done, or who runs the session.')
    const moved = await tx
      .update(followUps)
      .set({ doneAt: sql`now()`, doneBy: actor.userId, doneNote: note })
      .where(and(eq(followUps.id, id), sql`${followUps.doneAt} is null`))
      .returning({ id: followUps.id })
    if (moved.length === 0) throw conflict('Somebody said already that it is done. Load the page again.')
    await recordAct(tx, {
      ...{ actor, from, act: 'follow_up.done', objectKind: 'session', objectId: followUp.sessionId },
      ...{ before: { done: false }, after: { done: true, followUpId: id, decision: followUp.number, note } },
    })
  })
}
