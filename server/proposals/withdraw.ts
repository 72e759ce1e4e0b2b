import { and, eq, inArray } from 'drizzle-orm'
import { conflict, forbidden, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { OPEN_PROPOSAL_STATES } from '../../app/domain/project-stage'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { documentFor } from '../../db/queries/documents'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'

/**
 * Ends a proposal that is not decided, by the head of the delegation that leads it. Nobody writes it any more; everybody
 * who takes part still reads it. Throws `notFound`, `forbidden`, `conflict` when it has ended already.
 */
export async function withdrawProposal(
  { db, channels }: { db: Database; channels: Channels },
  actor: Actor,
  id: string,
  from: string | null,
): Promise<void> {
  if (!isId(id)) throw notFound()
  const channelId = await db.transaction(async (tx) => {
    const [proposal] = await tx.select().from(proposals).where(eq(proposals.id, id)).for('update')
    if (!proposal) throw notFound()
    const { scope, channelId } = await documentFor(tx, actor, proposal.documentId, 'read')
    if (scope.kind !== 'proposal') throw notFound()
    if (!OPEN_PROPOSAL_STATES.includes(scope.state))
      throw conflict('The proposal was decided or withdrawn already.')
    if (!can(actor, 'withdraw', scope))
      throw forbidden('Only the head of the lead delegation can withdraw a proposal.')
    await tx
      .update(proposals)
      .set({ state: 'withdrawn' })
      .where(and(eq(proposals.id, id), inArray(proposals.state, [...OPEN_PROPOSAL_STATES])))
    await recordAct(tx, {
      actor,
      from,
      act: 'proposal.withdraw',
      objectKind: 'proposal',
      objectId: id,
      before: { state: proposal.state },
      after: { state: 'withdrawn' },
    })
    return channelId
  })
  await channels.recheckChannel(channelId)
}
