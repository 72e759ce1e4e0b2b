import { and, eq } from 'drizzle-orm'
import { conflict } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database, Transaction } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { partsOf } from '../../db/queries/parts'
import { documentGrants } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { newId } from '../ids'
import { notify } from '../notices/notify'
import { peopleOfDelegations } from '../notices/recipients'

/**
 * Ends a delegation's part in a document and in its restricted parts; its open pages close at once, what it wrote stays.
 * Throws `notFound`, `forbidden`, `conflict` when it takes no part any more.
 */
export async function withdrawGrant(
  { db, channels }: { db: Database; channels: Channels },
  actor: Actor,
  documentId: string,
  delegationId: string,
  from: string | null,
): Promise<void> {
  const changed = await db.transaction(async (tx) => {
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
    const parts = await partsOf(tx, document.id)
    for (const part of parts) await endPart(tx, actor, part.id, delegationId, from)
    await notify(tx, {
      ...{ kind: 'share_ended', act: `document.grant.withdraw ${document.id} ${newId()}` },
      ...{ link: '/desk', data: { by: actor.organization.name }, by: actor.userId },
      // They may not know of the text any more: the notice is about the delegation's people themselves.
      ...{
        about: { kind: 'delegation', id: delegationId },
        to: await peopleOfDelegations(tx, [delegationId]),
      },
    })
    return [document.channelId, ...parts.map((part) => part.channelId)]
  })
  for (const channelId of changed) await channels.recheckChannel(channelId)
}

/** Named again for the whole later, a delegation is not named for its restricted parts. */
async function endPart(
  tx: Transaction,
  actor: Actor,
  partId: string,
  delegationId: string,
  from: string | null,
) {
  const [ended] = await tx
    .delete(documentGrants)
    .where(and(eq(documentGrants.documentId, partId), eq(documentGrants.delegationId, delegationId)))
    .returning({ level: documentGrants.level })
  if (!ended) return
  await recordAct(tx, {
    actor,
    from,
    act: 'document.grant.withdraw',
    objectKind: 'document',
    objectId: partId,
    before: { delegationId, level: ended.level },
  })
}
