import { and, eq } from 'drizzle-orm'
import { forbidden, invalid, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { lockedAsk } from '../../db/queries/locked-ask'
import { askReaders, financingAsks } from '../../db/schema/financing'
import { documentGrants, documents } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { createChannel } from '../channels/create'
import type { Channels } from '../channels/types'
import { newId } from '../ids'

/**
 * Begins an ask's commercial terms: a text that its institution and the delegation that asks write, and nobody else
 * reads but whom that delegation names. Out: the document's id, also when somebody began it before. Throws `notFound`,
 * `forbidden`.
 */
export async function startTerms(
  db: Database,
  actor: Actor,
  askId: string,
  from: string | null,
): Promise<string> {
  return db.transaction(async (tx) => {
    const { ask, scope } = await lockedAsk(tx, actor, askId, 'see', '')
    if (!can(actor, 'money', scope)) throw notFound()
    if (ask.termsDocumentId) return ask.termsDocumentId
    const lead = scope.request.leadDelegationId
    if (!lead || !(can(actor, 'question', scope) || can(actor, 'name_reader', scope)))
      throw forbidden('The institution’s people, or the head of the delegation that asks, begin the terms.')
    const id = newId()
    const author = { userId: actor.userId, organizationId: actor.organization.id }
    await createChannel(tx, { id, kind: 'document', author })
    await tx.insert(documents).values({
      ...{ id, channelId: id, kind: 'terms', title: `Commercial terms: ${ask.sourceName}`.slice(0, 200) },
      ...{ marking: 'restricted', ownerDelegationId: lead, createdBy: actor.userId },
    })
    await tx.update(financingAsks).set({ termsDocumentId: id }).where(eq(financingAsks.id, askId))
    await recordAct(tx, {
      actor,
      from,
      act: 'financing.terms',
      objectKind: 'financing_ask',
      objectId: askId,
      after: { document: id },
    })
    return id
  })
}

/**
 * Names a delegation that takes part in the request as a reader of an ask's terms and money, or ends that; open pages
 * close at once. By the lead's head. Throws `notFound`, `forbidden`, `invalid`.
 */
export async function nameReader(
  { db, channels }: { db: Database; channels: Pick<Channels, 'recheckChannel'> },
  actor: Actor,
  askId: string,
  { delegationId, reads }: { delegationId: string; reads: boolean },
  from: string | null,
): Promise<void> {
  const channelId = await db.transaction(async (tx) => {
    const { ask, request } = await lockedAsk(
      tx,
      actor,
      askId,
      'name_reader',
      'Only the head of the delegation that asks names who reads its terms.',
    )
    const [part] = await tx
      .select()
      .from(documentGrants)
      .where(
        and(
          eq(documentGrants.documentId, request.documentId ?? ''),
          eq(documentGrants.delegationId, delegationId),
        ),
      )
    if (reads && !part)
      throw invalid('Nothing was changed.', { delegationId: ['Choose a delegation that takes part.'] })
    const changed = reads
      ? await tx.insert(askReaders).values({ askId, delegationId }).onConflictDoNothing().returning()
      : await tx
          .delete(askReaders)
          .where(and(eq(askReaders.askId, askId), eq(askReaders.delegationId, delegationId)))
          .returning()
    if (changed.length === 0) return null
    await recordAct(tx, {
      actor,
      from,
      act: reads ? 'financing.name_reader' : 'financing.end_reader',
      objectKind: 'financing_ask',
      objectId: askId,
      after: { delegationId },
    })
    return ask.termsDocumentId
  })
  if (channelId) await channels.recheckChannel(channelId)
}
