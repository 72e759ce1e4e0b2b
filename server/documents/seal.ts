import { eq } from 'drizzle-orm'
import type { Logger } from 'pino'
import { unavailable } from '../../app/domain/fault'
import type { Database } from '../../db/connection'
import { channels as channelRows } from '../../db/schema/channels'
import type { Channels } from '../channels/types'
import { compactLog } from './compaction'
import type { DocumentWorker } from './worker-client'

export type SealParts = {
  db: Database
  channels: Pick<Channels, 'freshen'>
  documents: Pick<DocumentWorker, 'run'>
  log: Pick<Logger, 'warn'>
}

/** Somebody may name a version, or the portal compact the log, at the same moment. */
const TRIES = 3
/** The database's clock may be ahead of this one. */
const DAY_MS = 86_400_000

/**
 * Before a text is put before somebody who may read it as it stands and not its history [R33]: whoever opens it from now
 * on gets the state that it has, and none of the entries that led there, with what was deleted in them. Its history
 * answers those who share the text as before. Throws `unavailable`; then nobody may be let in.
 */
export async function sealLog(
  { db, channels, documents, log }: SealParts,
  document: { id: string; channelId: string },
): Promise<void> {
  const { head } = await stands(db, document.channelId)
  for (let nth = 1; nth <= TRIES; nth++) {
    try {
      await channels.freshen(document.channelId)
      const all = { before: new Date(Date.now() + DAY_MS), least: 1 }
      while ((await compactLog({ db, worker: documents }, document, all)) > 0);
    } catch (cause) {
      // Merged by somebody else while it was read: it is another log now.
      log.warn({ err: cause, document: document.id, nth }, 'the log of a text could not be merged yet')
      if (nth === TRIES) throw notReady()
    }
    // The last entry stays in the log: what it wrote, nobody deleted.
    if ((await stands(db, document.channelId)).compacted >= head - 1) return
  }
  throw notReady()
}

const notReady = () =>
  unavailable('The text could not be made ready for others to read. Nothing was changed; try again.')

async function stands(db: Database, channelId: string) {
  const [row] = await db
    .select({ head: channelRows.head, compacted: channelRows.compacted })
    .from(channelRows)
    .where(eq(channelRows.id, channelId))
  if (!row) throw unavailable('The text could not be read. Nothing was changed; try again.')
  return row
}
