import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { MARKINGS, type Marking } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { financingRequests } from '../../db/schema/financing'
import { documents, proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'

/** Working groups come with their own pages: until then nothing can be marked for one. */
export const markForm = z.object({ marking: z.enum(MARKINGS, 'Choose a marking.').exclude(['group']) })

/**
 * Decides who may know of a proposal or an imported text: by a head or delegate of the delegation it belongs to. Pages
 * that are open to somebody no longer meant close at once. Throws `notFound`, `forbidden`.
 */
export async function markDocument(
  { db, channels }: { db: Database; channels: Channels },
  actor: Actor,
  documentId: string,
  marking: Marking,
  from: string | null,
): Promise<void> {
  const channelId = await db.transaction(async (tx) => {
    await lockDocument(tx, documentId)
    const document = await documentFor(tx, actor, documentId, 'mark')
    const before = document.scope.marking
    if (before === marking) return null
    await tx.update(documents).set({ marking }).where(eq(documents.id, document.id))
    if (document.proposal)
      await tx.update(proposals).set({ marking }).where(eq(proposals.id, document.proposal.id))
    if (document.request && document.kind === 'request')
      await tx.update(financingRequests).set({ marking }).where(eq(financingRequests.id, document.request.id))
    await recordAct(tx, {
      actor,
      from,
      act: document.proposal ? 'proposal.mark' : 'document.mark',
      objectKind: document.kind === 'proposal' ? 'proposal' : 'document',
      objectId: document.proposal?.id ?? document.id,
      before: { marking: before },
      after: { marking },
    })
    return document.channelId
  })
  if (channelId) await channels.recheckChannel(channelId)
}
