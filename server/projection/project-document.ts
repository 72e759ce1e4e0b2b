import { eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../db/connection'
import { user } from '../../db/schema/auth'
import { channelEntries, channels } from '../../db/schema/channels'
import { minerals } from '../../db/schema/partners'
import { documents, proposalFields, proposals } from '../../db/schema/projects'
import { proposalTexts } from '../../db/schema/search'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from '../documents/worker-client'
import { mineralIdsIn, rowOf } from './row'

type Parts = { db: Database; channels: Pick<Channels, 'load'>; documents: Pick<DocumentWorker, 'run'> }

/**
 * Reads one document and writes what it says, unless something newer is written already. A document without a proposal
 * has nothing to read; an id that is no document's is ignored.
 */
export async function projectDocument(
  { db, channels: engine, documents: worker }: Parts,
  channelId: string,
): Promise<void> {
  const [found] = await db
    .select({ proposalId: proposals.id, head: channels.head })
    .from(documents)
    .innerJoin(channels, eq(channels.id, documents.channelId))
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .where(eq(documents.channelId, channelId))
  if (!found) return
  const { proposalId, head } = found
  if (!proposalId) return markProjected(db, channelId, head)
  const state = await engine.load(channelId)
  if (!state) return
  const { fields, words, ready, text } = await worker.run('project', { data: state.data })
  const { seq } = state
  await db.transaction(async (tx) => {
    const known = await tx
      .select({ id: minerals.id })
      .from(minerals)
      .where(inArray(minerals.id, mineralIdsIn(fields)))
    const read = rowOf(fields, new Set(known.map((one) => one.id)))
    const row = { seq, ...read, words, ready, ...(await lastWriting(tx, channelId, seq)) }
    await tx
      .insert(proposalFields)
      .values({ proposalId, ...row })
      .onConflictDoUpdate({
        target: proposalFields.proposalId,
        set: row,
        setWhere: sql`${proposalFields.seq} <= excluded.seq`,
      })
    await tx
      .insert(proposalTexts)
      .values({ proposalId, seq, text })
      .onConflictDoUpdate({
        target: proposalTexts.proposalId,
        set: { seq, text },
        setWhere: sql`${proposalTexts.seq} <= excluded.seq`,
      })
  })
  // By itself: a process that is frozen inside a transaction would keep the channel's row, and every commit to it.
  await markProjected(db, channelId, seq)
}

async function markProjected(db: Database, channelId: string, seq: number) {
  await db
    .update(channels)
    .set({ projected: sql`greatest(${channels.projected}, ${seq})` })
    .where(eq(channels.id, channelId))
}

/** When and by whom an entry was written; the person only while the account exists. */
async function lastWriting(tx: Transaction, channelId: string, seq: number) {
  const [last] = await tx
    .select({ at: channelEntries.at, by: user.id })
    .from(channelEntries)
    .leftJoin(user, eq(user.id, channelEntries.userId))
    .where(sql`${channelEntries.channelId} = ${channelId} and ${channelEntries.seq} = ${seq}`)
  return { lastWrittenAt: last?.at ?? null, lastWrittenBy: last?.by ?? null }
}
