import { createHash } from 'node:crypto'
import { count, eq, inArray } from 'drizzle-orm'
import { missingIn } from '../../app/domain/completeness'
import { invalid, unavailable } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database, Transaction } from '../../db/connection'
import { proposalVersions } from '../../db/schema/cases'
import { channels } from '../../db/schema/channels'
import { minerals } from '../../db/schema/partners'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from '../documents/worker-client'
import { newId } from '../ids'
import { mineralIdsIn, rowOf } from '../projection/row'

type Parts = { db: Database; channels: Pick<Channels, 'load'>; documents: Pick<DocumentWorker, 'run'> }

/** A document read to its end, and complete: what a version is made of. */
export type Frozen = { seq: number; data: Uint8Array; words: Record<string, number> }

/**
 * Reads a proposal's document as it is now. Throws `invalid` with what is missing, a line each under the section's
 * fragment or `facts`; `unavailable` when it cannot be read.
 */
export async function readComplete(
  { db, channels: engine, documents }: Parts,
  channelId: string,
): Promise<Frozen> {
  const state = await engine.load(channelId)
  if (!state) throw unavailable('The text could not be read. Nothing was changed; try again.')
  const { fields, words, suggestions } = await documents.run('project', { data: state.data })
  const known = await db
    .select({ id: minerals.id })
    .from(minerals)
    .where(inArray(minerals.id, mineralIdsIn(fields)))
  const missing = missingIn({ ...rowOf(fields, new Set(known.map(({ id }) => id))), words, suggestions })
  if (missing.length > 0) {
    const problems: Record<string, string[]> = {}
    for (const { section, what } of missing) problems[section] = [...(problems[section] ?? []), what]
    throw invalid('It is not complete yet. What is missing is listed below.', problems)
  }
  return { seq: state.seq, data: state.data, words }
}

/** Holds up commits to the channel until the transaction ends. Out: whether `seq` is still its head. */
export async function isStillHead(tx: Transaction, channelId: string, seq: number): Promise<boolean> {
  const [row] = await tx
    .select({ head: channels.head })
    .from(channels)
    .where(eq(channels.id, channelId))
    .for('update')
  return row?.head === seq
}

/** Keeps a version. Out: its id, number and SHA-256. */
export async function keepVersion(
  tx: Transaction,
  proposalId: string,
  { seq, data, words }: Frozen,
  actor: Actor,
): Promise<{ id: string; number: number; sha256: string }> {
  const [made] = await tx
    .select({ count: count() })
    .from(proposalVersions)
    .where(eq(proposalVersions.proposalId, proposalId))
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const version = {
    id: newId(),
    number: (made?.count ?? 0) + 1,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
  await tx
    .insert(proposalVersions)
    .values({ ...version, proposalId, seq, data: bytes, words, submittedBy: actor.userId })
  return version
}
