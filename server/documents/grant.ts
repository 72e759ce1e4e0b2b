import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { invalid } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { GRANT_LEVELS, type GrantLevel } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { documentFor, lockDocument, pathOf, type ScopedDocument } from '../../db/queries/documents'
import { organization } from '../../db/schema/auth'
import { documentGrants } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { newId } from '../ids'
import { aboutText } from '../notices/about-text'
import { notify } from '../notices/notify'
import { peopleOfDelegations } from '../notices/recipients'

export const grantForm = z.object({
  delegationId: z.string('Choose a delegation.').refine(isId, 'Choose a delegation.'),
  level: z.enum(GRANT_LEVELS, 'Choose to write, to comment or to read.'),
})
export type GrantInput = z.infer<typeof grantForm>

type Parts = { db: Database; channels: Channels }

/**
 * Lets another delegation take part in a document, or changes how. By the head or a delegate of the one it belongs to.
 * Open pages learn of it at once; the heads of a delegation invited anew get a mail that names no title. Throws
 * `notFound`, `forbidden`, `invalid` (the delegation).
 */
export async function grant(
  { db, channels }: Parts,
  actor: Actor,
  documentId: string,
  { delegationId, level }: GrantInput,
  from: string | null,
): Promise<void> {
  const changed = await db.transaction(async (tx) => {
    await lockDocument(tx, documentId)
    const document = await documentFor(tx, actor, documentId, 'invite')
    await mustBeAnother(tx, document.owner.id, delegationId)
    if (document.part && !document.part.whole.grants.some((one) => one.delegationId === delegationId))
      throw invalid('Only a delegation that takes part in the whole can be named for a part of it.', {
        delegationId: ['Invite it to the whole first.'],
      })
    const before = document.grants.find((one) => one.delegationId === delegationId)?.level ?? null
    if (before === level) return null
    await store(tx, { documentId: document.id, delegationId, level, grantedBy: actor.userId })
    await recordAct(tx, {
      actor,
      from,
      act: before ? 'document.grant.change' : 'document.grant',
      objectKind: 'document',
      objectId: document.id,
      before: before && { delegationId, level: before },
      after: { delegationId, level },
    })
    if (before === null) await tellInvited(tx, actor, document, { delegationId, level })
    return document.channelId
  })
  if (changed) await channels.recheckChannel(changed)
}

/** The heads of a delegation that is invited anew. */
async function tellInvited(
  tx: Transaction,
  actor: Actor,
  document: ScopedDocument,
  { delegationId, level }: GrantInput,
): Promise<void> {
  const by = actor.organization.name
  const about = aboutText(document.part?.whole ?? document)
  if (!about) return
  await notify(tx, {
    kind: 'share_given',
    act: `document.grant ${document.id} ${newId()}`,
    about,
    link: pathOf(document),
    data: { title: document.title, by, level },
    mail: `the delegation of ${by} invites yours to ${level === 'read' ? 'read a text' : `take part in a text (${level})`}`,
    to: await peopleOfDelegations(tx, [delegationId]),
    by: actor.userId,
  })
}

async function mustBeAnother(tx: Transaction, ownerId: string, delegationId: string) {
  if (delegationId === ownerId) {
    throw invalid('The text belongs to that delegation already.', {
      delegationId: ['Choose another delegation.'],
    })
  }
  const [invited] = await tx
    .select({ id: organization.id })
    .from(organization)
    .where(and(eq(organization.id, delegationId), eq(organization.kind, 'delegation')))
  if (!invited)
    throw invalid('There is no such delegation.', { delegationId: ['Choose a delegation of the list.'] })
}

const store = (
  tx: Transaction,
  row: { documentId: string; delegationId: string; level: GrantLevel; grantedBy: string },
) =>
  tx
    .insert(documentGrants)
    .values(row)
    .onConflictDoUpdate({
      target: [documentGrants.documentId, documentGrants.delegationId],
      set: { level: row.level, grantedBy: row.grantedBy, grantedAt: new Date() },
    })
