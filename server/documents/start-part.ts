import { z } from 'zod'
import { conflict, invalid } from '../../app/domain/fault'
import { PART_KINDS, PART_LABEL, type PartKind } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { documentParts } from '../../db/schema/parts'
import { documents } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { createChannel } from '../channels/create'
import { newId } from '../ids'

export const partForm = z.object({ part: z.enum(PART_KINDS, 'Choose what the part is about.') })

/**
 * Starts a part of a text with readers of its own: an empty document that only the delegation that leads the whole may
 * open, until it names others. By its head or a delegate. Out: the part's id. Throws `notFound`, `forbidden`, `conflict`
 * when there is such a part already.
 */
export async function startPart(
  db: Database,
  actor: Actor,
  wholeId: string,
  kind: PartKind,
  from: string | null,
): Promise<string> {
  return db.transaction(async (tx) => {
    await lockDocument(tx, wholeId)
    const whole = await documentFor(tx, actor, wholeId, 'invite')
    if (whole.part) throw invalid('A restricted part has no parts of its own.')
    const id = newId()
    const author = { userId: actor.userId, organizationId: actor.organization.id }
    await createChannel(tx, { id, kind: 'document', author })
    await tx.insert(documents).values({
      ...{ id, channelId: id, kind: 'part', title: PART_LABEL[kind], marking: 'restricted' },
      ...{ ownerDelegationId: whole.owner.id, createdBy: actor.userId },
    })
    const made = await tx
      .insert(documentParts)
      .values({ documentId: id, wholeId: whole.id, kind })
      .onConflictDoNothing()
      .returning({ id: documentParts.documentId })
    if (made.length === 0) throw conflict(`There is a part “${PART_LABEL[kind]}” already.`)
    await recordAct(tx, {
      actor,
      from,
      act: 'document.part.start',
      objectKind: 'document',
      objectId: id,
      after: { whole: whole.id, part: kind },
    })
    return id
  })
}
