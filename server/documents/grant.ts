import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { conflict, invalid, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { GRANT_LEVELS } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { documentFor } from '../../db/queries/documents'
import { member, organization, user } from '../../db/schema/auth'
import { documentGrants } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { Mailer } from '../mail/mailer'

export const grantForm = z.object({
  delegationId: z.string('Choose a delegation.').min(1, 'Choose a delegation.').max(64),
  level: z.enum(GRANT_LEVELS, 'Choose to write, to comment or to read.'),
})
export type GrantInput = z.infer<typeof grantForm>

type Parts = { db: Database; channels: Channels; mail: Mailer; origin: string }

/**
 * Lets another delegation take part in a document, or changes how. By the head or a delegate of the one it belongs to.
 * Open pages learn of it at once; the heads of a delegation invited anew get a mail that names no title.
 */
export async function grant(
  { db, channels, mail, origin }: Parts,
  actor: Actor,
  documentId: string,
  { delegationId, level }: GrantInput,
  from: string | null,
): Promise<void> {
  const document = await documentFor(db, actor, documentId, 'invite')
  if (delegationId === document.owner.id) {
    throw invalid('The text belongs to your delegation already.', {
      delegationId: ['Choose another delegation.'],
    })
  }
  const [invited] = await db
    .select({ name: organization.name })
    .from(organization)
    .where(and(eq(organization.id, delegationId), eq(organization.kind, 'delegation')))
  if (!invited)
    throw invalid('There is no such delegation.', { delegationId: ['Choose a delegation of the list.'] })
  const before = document.grants.find((one) => one.delegationId === delegationId)?.level ?? null
  if (before === level) return
  await db.transaction(async (tx) => {
    await tx
      .insert(documentGrants)
      .values({ documentId: document.id, delegationId, level, grantedBy: actor.userId })
      .onConflictDoUpdate({
        target: [documentGrants.documentId, documentGrants.delegationId],
        set: { level, grantedBy: actor.userId, grantedAt: new Date() },
      })
    await recordAct(tx, {
      actor,
      from,
      act: before ? 'document.grant.change' : 'document.grant',
      objectKind: 'document',
      objectId: document.id,
      before: before && { delegationId, level: before },
      after: { delegationId, level },
    })
  })
  await channels.recheckChannel(document.channelId)
  if (before) return
  const heads = await db
    .select({ email: user.email, name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, delegationId), eq(member.role, 'head')))
  await Promise.allSettled(
    heads.map(({ email, name }) =>
      mail.send({
        to: email,
        subject: 'FORGE partner portal: an invitation to your delegation',
        text: `${name},\n\nthe delegation of ${actor.organization.name} invites yours to take part in a text (${level}).\nYou find it on your desk:\n\n${origin}/desk\n`,
      }),
    ),
  )
}

/** Ends a delegation's part in a document. Its open pages close at once. */
export async function withdrawGrant(
  { db, channels }: Pick<Parts, 'db' | 'channels'>,
  actor: Actor,
  documentId: string,
  delegationId: string,
  from: string | null,
): Promise<void> {
  const document = await documentFor(db, actor, documentId, 'invite')
  const held = document.grants.find((one) => one.delegationId === delegationId)
  if (!held) throw conflict('That delegation takes no part any more.')
  await db.transaction(async (tx) => {
    const gone = await tx
      .delete(documentGrants)
      .where(and(eq(documentGrants.documentId, document.id), eq(documentGrants.delegationId, delegationId)))
      .returning()
    if (gone.length === 0) throw notFound()
    await recordAct(tx, {
      actor,
      from,
      act: 'document.grant.withdraw',
      objectKind: 'document',
      objectId: document.id,
      before: { delegationId, level: held.level },
    })
  })
  await channels.recheckChannel(document.channelId)
}
