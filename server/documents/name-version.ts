import { and, count, eq } from 'drizzle-orm'
import { conflict, invalid, notFound } from '../../app/domain/fault'
import { MAX_VERSIONS } from '../../app/domain/history'
import type { Actor } from '../../app/domain/people'
import type { Database, Transaction } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { channels } from '../../db/schema/channels'
import { documentVersions } from '../../db/schema/projects'
import { recordAct } from '../audit/record'

/** What a version's name is to be; null takes it away. */
type NewName = { seq: number; name: string | null }

/**
 * Names a version of a document, or changes or takes away its name: by those who may write the text. Throws `notFound`,
 * `forbidden`, `invalid` for a version that there is not, `conflict` when too many have a name.
 */
export async function nameVersion(
  db: Database,
  actor: Actor,
  documentId: string,
  { seq, name }: NewName,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await lockDocument(tx, documentId)
    const document = await documentFor(tx, actor, documentId, 'write')
    const which = and(eq(documentVersions.documentId, document.id), eq(documentVersions.seq, seq))
    const [before] = await tx.select().from(documentVersions).where(which)
    if (before?.name === name || (!before && name === null)) return
    if (name === null) await tx.delete(documentVersions).where(which)
    else if (before) await tx.update(documentVersions).set({ name }).where(which)
    else {
      await mustHaveRoom(tx, document, seq)
      await tx.insert(documentVersions).values({
        ...{ documentId: document.id, seq, name },
        ...{ userId: actor.userId, organizationId: actor.organization.id },
      })
    }
    await recordAct(tx, {
      actor,
      from,
      act: before
        ? name === null
          ? 'document.version.remove'
          : 'document.version.rename'
        : 'document.version.name',
      objectKind: 'document',
      objectId: document.id,
      before: before && { seq, name: before.name },
      after: name === null ? undefined : { seq, name },
    })
  })
}

async function mustHaveRoom(tx: Transaction, document: { id: string; channelId: string }, seq: number) {
  const [channel] = await tx
    .select({ head: channels.head })
    .from(channels)
    .where(eq(channels.id, document.channelId))
  if (!channel) throw notFound()
  if (seq < 1 || seq > channel.head) throw invalid('There is no such version.')
  const [named] = await tx
    .select({ count: count() })
    .from(documentVersions)
    .where(eq(documentVersions.documentId, document.id))
  if ((named?.count ?? 0) >= MAX_VERSIONS)
    throw conflict(`At most ${MAX_VERSIONS} versions have a name. Take one away first.`)
}
