import { eq } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { financingRequests } from '../../db/schema/financing'
import { documents, proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'

/** Gives a proposal or an imported text another title: by those who may write it. Throws `notFound`, `forbidden`. */
export async function renameDocument(
  db: Database,
  actor: Actor,
  documentId: string,
  title: string,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDocument(tx, documentId)
    const document = await documentFor(tx, actor, documentId, 'rename')
    if (document.title === title) return
    await tx.update(documents).set({ title }).where(eq(documents.id, document.id))
    if (document.proposal)
      await tx.update(proposals).set({ title }).where(eq(proposals.id, document.proposal.id))
    if (document.request && document.kind === 'request')
      await tx.update(financingRequests).set({ title }).where(eq(financingRequests.id, document.request.id))
    await recordAct(tx, {
      actor,
      from,
      act: document.proposal ? 'proposal.rename' : 'document.rename',
      objectKind: document.kind === 'proposal' ? 'proposal' : 'document',
      objectId: document.proposal?.id ?? document.id,
      before: { title: document.title },
      after: { title },
    })
  })
}
