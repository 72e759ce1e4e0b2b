import { createHash } from 'node:crypto'
import { conflict, invalid, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { lockDocument, scopedDocument, textAccess } from '../../db/queries/documents'
import { couldWrite, countAside, isForeign } from '../../db/queries/set-aside'
import { setAside } from '../../db/schema/set-aside'
import { recordAct } from '../audit/record'
import { readEntry } from '../channels/kinds'
import { newId } from '../ids'

export const MAX_ASIDE_BYTES = 2 * 1024 * 1024
/** Waiting for a decision, of one person in one document. */
const MAX_ASIDE = 10

/**
 * Keeps what somebody wrote while they could, and may not merge any more, for a head of the lead to decide over. Sent
 * twice, it is kept once. Out: the lead delegation's name, for those who may still read the document.
 *
 * For whoever never could write there, everything is as for a document that does not exist. Throws `notFound`,
 * `invalid`, `conflict` (it can be written as usual, or too much waits already).
 */
export async function keepAside(
  { db }: { db: Database },
  actor: Actor,
  channelId: string,
  updates: Uint8Array,
  from: string | null,
): Promise<{ lead: string | null }> {
  const document = await scopedDocument(db, channelId)
  if (document?.channelId !== channelId || !(await couldWrite(db, actor, document))) throw notFound()
  if (updates.length > MAX_ASIDE_BYTES) throw invalid('At most 2 MiB are kept aside at once.')
  const read = readEntry('document', updates)
  if (!read.ok) throw invalid(read.why)
  const clients = read.shape.ranges.map(({ client }) => client)
  if (await isForeign(db, channelId, actor.userId, clients)) throw invalid('It is not all your own work.')
  const sha256 = createHash('sha256').update(updates).digest('hex')
  await db.transaction(async (tx) => {
    await lockDocument(tx, document.id)
    const now = await scopedDocument(tx, document.id)
    const access = now && textAccess(actor, now.scope)
    if (access === 'write') throw conflict('You may write here: send it as usual.')
    const [kept] = await tx
      .insert(setAside)
      .values({
        id: newId(),
        documentId: document.id,
        userId: actor.userId,
        organizationId: actor.organization.id,
        reason: access ?? 'none',
        updates: Buffer.from(updates),
        sha256,
      })
      .onConflictDoNothing()
      .returning({ id: setAside.id })
    if (!kept) return
    if ((await countAside(tx, document.id, actor.userId)) > MAX_ASIDE)
      throw conflict('Too much of yours waits for a decision already.')
    await recordAct(tx, {
      actor,
      from,
      act: 'document.aside.keep',
      objectKind: 'document',
      objectId: document.id,
      after: { id: kept.id, bytes: updates.length, sha256 },
    })
  })
  return { lead: can(actor, 'read', document.scope) ? document.owner.name : null }
}
