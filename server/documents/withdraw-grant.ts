import { and, eq } from 'drizzle-orm'
import { conflict } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { documentGrants } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'

/**
 * Ends a delegation's part in a document; its open pages close at once, what it wrote stays. Throws `notFound`,
 * `forbidden`, `conflict` when it takes no part any more.
 */
export async function withdrawGrant(
  { db, channels }: { db: Database; channels: Channels },
  actor: Actor,
  documentId: string,
  delegationId: string,
  from: string | null,
): Promise<void> {
  const channelId = await db.transaction(async (tx) => {
    await lockDocument(tx, documentId)
    const document = await documentFor(tx, actor, documentId, 'invite')
    const held = document.grants.find((one) => one.delegationId === delegationId)
    if (!held) throw conflict('That delegation takes no part any more.')
    await tx
      .delete(documentGrants)
      .where(and(eq(documentGrants.documentId, document.id), eq(documentGrants.delegationId, delegationId)))
    await recordAct(tx, {
      actor,
      from,
      act: 'document.grant.withdraw',
      objectKind: 'document',
      objectId: document.id,
      before: { delegationId, level: held.level },
    })
    return document.channelId
  })
  await channels.recheckChannel(channelId)
}
