import { eq, inArray, sql } from 'drizzle-orm'
import { type PortalRef, refKey } from '../../app/domain/portal-link'
import type { Database, Transaction } from '../../db/connection'
import { user } from '../../db/schema/auth'
import { channelEntries, channels } from '../../db/schema/channels'
import { documentLinks } from '../../db/schema/document-links'
import { financingRequests } from '../../db/schema/financing'
import { minerals } from '../../db/schema/partners'
import { documents, proposalFields, proposals } from '../../db/schema/projects'
import { requestFields } from '../../db/schema/request-fields'
import { proposalTexts } from '../../db/schema/search'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from '../documents/worker-client'
import type { Projected } from '../documents/worker-protocol'
import { mineralIdsIn, requestRowOf, rowOf } from './row'

type Parts = { db: Database; channels: Pick<Channels, 'load'>; documents: Pick<DocumentWorker, 'run'> }

/**
 * Reads one document and writes what it says, unless something newer is written already: of every text what it links to,
 * of a proposal's and a financing request's its fields too. A channel that is no document's has nothing to be read, now or
 * later: it counts as read to its end, so that it is not found to be behind again and again.
 */
export async function projectDocument(
  { db, channels: engine, documents: worker }: Parts,
  channelId: string,
): Promise<void> {
  const [found] = await db
    .select({ documentId: documents.id, proposalId: proposals.id, requestId: financingRequests.id })
    .from(documents)
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .leftJoin(financingRequests, eq(financingRequests.documentId, documents.id))
    .where(eq(documents.channelId, channelId))
  if (!found) {
    await db.update(channels).set({ projected: channels.head }).where(eq(channels.id, channelId))
    return
  }
  const { documentId, proposalId, requestId } = found
  const state = await engine.load(channelId)
  if (!state) return
  const { seq, data } = state
  const fields =
    proposalId || requestId
      ? await worker.run('project', { data, kind: proposalId ? 'proposal' : 'request' })
      : null
  const links = fields ? fields.links : mayLink(data) ? (await worker.run('references', { data })).links : []
  await db.transaction(async (tx) => {
    const last = await lastWriting(tx, channelId, seq)
    if (fields && proposalId) await writeProposal(tx, proposalId, seq, fields, last)
    else if (fields && requestId) await writeRequest(tx, requestId, seq, fields, last)
    await writeLinks(tx, documentId, seq, links, last.lastWrittenAt)
  })
  // By itself: a process that is frozen inside a transaction would keep the channel's row, and every commit to it.
  await markProjected(db, channelId, seq)
}

type Writing = Awaited<ReturnType<typeof lastWriting>>

async function writeProposal(
  tx: Transaction,
  proposalId: string,
  seq: number,
  { fields, words, suggestions, ready, text }: Projected,
  last: Writing,
) {
  const known = await tx
    .select({ id: minerals.id })
    .from(minerals)
    .where(inArray(minerals.id, mineralIdsIn(fields)))
  const read = rowOf(fields, new Set(known.map((one) => one.id)))
  const row = { seq, ...read, words, suggestions, ready, ...last }
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
}

async function writeRequest(
  tx: Transaction,
  requestId: string,
  seq: number,
  { fields, words }: Projected,
  last: Writing,
) {
  const row = { seq, ...requestRowOf(fields), words, ...last }
  await tx
    .insert(requestFields)
    .values({ requestId, ...row })
    .onConflictDoUpdate({
      target: requestFields.requestId,
      set: row,
      setWhere: sql`${requestFields.seq} <= excluded.seq`,
    })
}

/** Most texts link to nothing, and are not decoded to know it: a link's name stands in the bytes as it is. */
const mayLink = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).includes('portalLink')

async function writeLinks(
  tx: Transaction,
  documentId: string,
  seq: number,
  links: readonly PortalRef[],
  writtenAt: Date | null,
) {
  // PostgreSQL knows no text with a zero character.
  const row = { seq, refs: links.map(refKey).filter((key) => !key.includes('\0')), writtenAt }
  await tx
    .insert(documentLinks)
    .values({ documentId, ...row })
    .onConflictDoUpdate({
      target: documentLinks.documentId,
      set: row,
      setWhere: sql`${documentLinks.seq} <= excluded.seq`,
    })
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
