import { eq } from 'drizzle-orm'
import { conflict, forbidden, notFound, unavailable } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { startIn } from './start'

/**
 * A declined case comes back as a new one of the same delegation, linked with it: a draft that begins with the text as it
 * was declined. Who takes part, comments and restricted parts do not come along. Out: the new proposal's id. Throws
 * `notFound`, `forbidden`, and `conflict` where it was not declined or came back already.
 */
export async function bringBack(
  { db, channels }: { db: Database; channels: Pick<Channels, 'load'> },
  actor: Actor,
  id: string,
  from: string | null,
): Promise<string> {
  const seen = await scopedProposal(db, id)
  if (!seen || !can(actor, 'read', seen.scope)) throw notFound()
  // Nobody writes a declined text any more, so what is read here is what was declined.
  const text = await channels.load(seen.document.channelId)
  return db.transaction(async (tx) => {
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
    const returned = await startIn(
      tx,
      actor,
      old.projectId,
      { first: text.data, returnOf: { id, title: old.title } },
      from,
    )
    await recordAct(tx, {
      ...{ actor, from, act: 'proposal.return', objectKind: 'proposal', objectId: id },
      after: { proposal: returned },
    })
    return returned
  })
}
