import { eq } from 'drizzle-orm'
import type { Marking } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import { SESSION_TEXT_LABEL, type SessionText } from '../../app/domain/session-text-rights'
import type { Transaction } from '../../db/connection'
import { organization } from '../../db/schema/auth'
import { documents } from '../../db/schema/projects'
import { sessionTexts } from '../../db/schema/session-texts'
import { createChannel } from '../channels/create'
import { newId } from '../ids'

/**
 * Makes a text of a session, kept by the secretariat, in the caller's transaction. `first`: the Yjs update with which it
 * begins. Out: its id. What the caller records of the session names it.
 */
export async function startSessionText(
  tx: Transaction,
  actor: Actor,
  session: { id: string; title: string; marking: Marking },
  text: SessionText,
  first?: Uint8Array,
): Promise<string> {
  const id = newId()
  const author = { userId: actor.userId, organizationId: actor.organization.id }
  await createChannel(tx, { id, kind: 'document', author, first })
  const [keeper] = await tx
    .select({ id: organization.id })
    .from(organization)
    .where(eq(organization.kind, 'secretariat'))
    .limit(1)
  await tx.insert(documents).values({
    ...{ id, channelId: id, kind: text, marking: session.marking, createdBy: actor.userId },
    title: `${SESSION_TEXT_LABEL[text]}: ${session.title}`,
    ownerDelegationId: keeper?.id ?? actor.organization.id,
  })
  await tx.insert(sessionTexts).values({ documentId: id, sessionId: session.id, kind: text })
  return id
}
