/** What is changed of a proposal besides its text. */
import { and, eq, inArray } from 'drizzle-orm'
import { conflict, forbidden, notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { documentFor } from '../../db/queries/documents'
import { documents, proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'

async function proposalFor(db: Database, actor: Actor, id: string) {
  const [proposal] = await db.select().from(proposals).where(eq(proposals.id, id))
  if (!proposal) throw notFound()
  return { proposal, document: await documentFor(db, actor, proposal.documentId, 'read') }
}

/** Gives a proposal another title: by those who may write it. */
export async function renameProposal(
  db: Database,
  actor: Actor,
  id: string,
  title: string,
  from: string | null,
): Promise<void> {
  const { proposal, document } = await proposalFor(db, actor, id)
  if (!can(actor, 'write', document.scope))
    throw forbidden('Only those who may write the proposal can change its title.')
  if (proposal.title === title) return
  await db.transaction(async (tx) => {
    await tx.update(proposals).set({ title }).where(eq(proposals.id, id))
    await tx.update(documents).set({ title }).where(eq(documents.id, proposal.documentId))
    await recordAct(tx, {
      actor,
      from,
      act: 'proposal.rename',
      objectKind: 'proposal',
      objectId: id,
      before: { title: proposal.title },
      after: { title },
    })
  })
}

/** States from which a proposal can be withdrawn: any before it is decided. */
const OPEN = ['draft', 'submitted', 'screening', 'in_review', 'in_decision', 'changes_requested'] as const

/** Ends a proposal, by the lead's head. Nobody writes it any more; everybody who took part can still read it. */
export async function withdrawProposal(
  { db, channels }: { db: Database; channels: Channels },
  actor: Actor,
  id: string,
  from: string | null,
): Promise<void> {
  const { proposal, document } = await proposalFor(db, actor, id)
  const delegation = delegationOf(actor)
  if (delegation?.id !== proposal.leadDelegationId || delegation.role !== 'head') {
    throw forbidden('Only the head of the lead delegation can withdraw a proposal.')
  }
  await db.transaction(async (tx) => {
    const changed = await tx
      .update(proposals)
      .set({ state: 'withdrawn' })
      .where(and(eq(proposals.id, id), inArray(proposals.state, [...OPEN])))
      .returning()
    if (changed.length === 0) throw conflict('The proposal was decided or withdrawn already.')
    await recordAct(tx, {
      actor,
      from,
      act: 'proposal.withdraw',
      objectKind: 'proposal',
      objectId: id,
      before: { state: proposal.state },
      after: { state: 'withdrawn' },
    })
  })
  await channels.recheckChannel(document.channelId)
}
