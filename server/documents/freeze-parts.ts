/** The restricted parts of a text, frozen with it: each apart, so that the whole's version holds nothing of them. */
import { createHash } from 'node:crypto'
import { unavailable } from '../../app/domain/fault'
import type { Database, Transaction } from '../../db/connection'
import { partsOf } from '../../db/queries/parts'
import { documentPartVersions } from '../../db/schema/parts'
import type { Channels } from '../channels/types'

type Parts = { db: Database; channels: Pick<Channels, 'load'> }

/** A part read to its end. */
export type FrozenPart = { id: string; channelId: string; seq: number; data: Uint8Array }

/** Reads every part of a whole as it is now. Throws `unavailable` when one cannot be read. */
export async function readParts({ db, channels }: Parts, wholeId: string): Promise<FrozenPart[]> {
  const parts = await partsOf(db, wholeId)
  return Promise.all(
    parts.map(async ({ id, channelId }) => {
      const state = await channels.load(channelId)
      if (!state) throw unavailable('A restricted part could not be read. Nothing was changed; try again.')
      return { id, channelId, ...state }
    }),
  )
}

/** Keeps them with the whole's version of that id. */
export async function keepPartVersions(
  tx: Transaction,
  frozenWith: string,
  parts: readonly FrozenPart[],
): Promise<void> {
  for (const { id, seq, data } of parts) {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await tx.insert(documentPartVersions).values({ documentId: id, frozenWith, seq, data: bytes, sha256 })
  }
}
