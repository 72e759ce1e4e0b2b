import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { invalid } from '../../app/domain/fault'
import { PART_AUDIENCES, type PartAudience } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { documentParts } from '../../db/schema/parts'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'

export const audiencesForm = z.array(
  z.enum(PART_AUDIENCES, 'This page does not know that reader. Load it again.'),
)

/**
 * Decides whether the secretariat's coordinators and a version's reviewers read a restricted part, by a head or delegate
 * of the delegation that leads it. Pages of those no longer named close at once. Throws `notFound`, `forbidden`.
 */
export async function nameAudiences(
  { db, channels }: { db: Database; channels: Channels },
  actor: Actor,
  partId: string,
  audiences: readonly PartAudience[],
  from: string | null,
): Promise<void> {
  const channelId = await db.transaction(async (tx) => {
    await lockDocument(tx, partId)
    const part = await documentFor(tx, actor, partId, 'invite')
    if (part.scope.kind !== 'part') throw invalid('This text has no readers of its own.')
    const before = part.scope.audiences
    const after = PART_AUDIENCES.filter((one) => audiences.includes(one))
    if (before.length === after.length && after.every((one) => before.includes(one))) return null
    await tx.update(documentParts).set({ audiences: after }).where(eq(documentParts.documentId, part.id))
    await recordAct(tx, {
      actor,
      from,
      act: 'document.part.audiences',
      objectKind: 'document',
      objectId: part.id,
      before: { audiences: before },
      after: { audiences: after },
    })
    return part.channelId
  })
  if (channelId) await channels.recheckChannel(channelId)
}
