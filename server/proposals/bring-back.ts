import { eq } from 'drizzle-orm'
import { conflict, forbidden, notFound, unavailable } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from '../documents/worker-client'
import { projectDocument } from '../projection/project-document'
import { startIn } from './start'

/**
 * A declined case comes back as a new one of the same delegation, linked with it: a draft that begins with the text as it
 * was declined. Who takes part, comments and restricted parts do not come along. Out: the new proposal's id. Throws
 * `notFound`, `forbidden`, and `conflict` where it was not declined or came back already.
 */
export async function bringBack(
  parts: {
    db: Database
    channels: Pick<Channels, 'load'>
    documents: Pick<DocumentWorker, 'run'>
  },
  actor: Actor,
  id: string,
  from: string | null,
): Promise<string> {
  const { db, channels } = parts
  const seen = await scopedProposal(db, id)
  if (!seen || !can(actor, 'read', seen.scope)) throw notFound()
  // Nobody writes a declined text any more, so what is read here is what was declined.
  const text = await channels.load(seen.document.channelId)
  const returned = await db.transaction(async (tx) => {
    const [old] = await tx
      .select({ state: proposals.state, projectId: proposals.projectId, title: proposals.title })
      .from(proposals)
      .where(eq(proposals.id, id))
      .for('update')
    const found = await scopedProposal(tx, id)
    if (!old || !found || !can(actor, 'read', found.scope)) throw notFound()
    if (old.state !== 'declined') throw conflict('Only a case that was declined comes back as a new one.')
    if (!can(actor, 'bring_back', found.scope))
      throw forbidden('A head or delegate of the delegation that led the case brings it back.')
    if (!text) throw unavailable('The text could not be read. Nothing was changed; try again.')
    const made = await startIn(
      tx,
      actor,
      old.projectId,
      { first: text.data, returnOf: { id, title: old.title } },
      from,
    )
    await recordAct(tx, {
      ...{ actor, from, act: 'proposal.return', objectKind: 'proposal', objectId: id },
      after: { proposal: made },
    })
    return made
  })
  // Its page would say that everything is missing until the projection finds it: nobody has written in it yet. What fails
  // here is read then, and the projection says why.
  const [row] = await db
    .select({ channelId: proposals.documentId })
    .from(proposals)
    .where(eq(proposals.id, returned))
  if (row) await projectDocument(parts, row.channelId).catch(() => undefined)
  return returned
}
