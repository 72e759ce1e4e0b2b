/** Lets go of pictures that were sent and never put into a text, as when a browser went away between the two. */
import { and, eq, gt, lt, notExists, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { channelEntries, channels } from '../../db/schema/channels'
import { documentPictures, pictures } from '../../db/schema/pictures'
import { documents } from '../../db/schema/projects'
import { objectKey, type PictureParts } from './keep'

/** What somebody wrote offline may name a picture only when they come back. */
const KEPT_HOURS = 7 * 24
const LOOK_MS = 6 * 60 * 60 * 1000
const AT_ONCE = 500

/**
 * Marks pictures that their document's log names as placed, for good: the log loses nothing that it names. Takes the others away
 * once they are older than `hours`, with their bytes where no document has them any more. Out: how many went.
 */
export async function sweepPictures({ db, objects }: PictureParts, hours = KEPT_HOURS): Promise<number> {
  const named = db
    .select({ one: sql`1` })
    .from(channelEntries)
    .innerJoin(documents, eq(documents.channelId, channelEntries.channelId))
    .where(
      and(
        eq(documents.id, documentPictures.documentId),
        sql`position(convert_to(${documentPictures.sha256}, 'UTF8') in ${channelEntries.data}) > 0`,
      ),
    )
  await db
    .update(documentPictures)
    .set({ placed: true })
    .where(and(eq(documentPictures.placed, false), sql`exists ${named}`))
  const old = sql`now() - make_interval(hours => ${hours})`
  // Entries that were merged are packed, and cannot be looked through: what they may name stays.
  const packed = db
    .select({ one: sql`1` })
    .from(channels)
    .innerJoin(documents, eq(documents.channelId, channels.id))
    .where(and(eq(documents.id, documentPictures.documentId), gt(channels.compacted, 0)))
  await db
    .delete(documentPictures)
    .where(and(eq(documentPictures.placed, false), lt(documentPictures.at, old), notExists(packed)))
  const nobodys = and(
    lt(pictures.createdAt, old),
    notExists(
      db.select({ one: sql`1` }).from(documentPictures).where(eq(documentPictures.sha256, pictures.sha256)),
    ),
  )
  const rows = await db.select({ sha256: pictures.sha256 }).from(pictures).where(nobodys).limit(AT_ONCE)
  let gone = 0
  for (const { sha256 } of rows) {
    const [went] = await db
      .delete(pictures)
      .where(and(eq(pictures.sha256, sha256), nobodys))
      .returning({ data: pictures.data })
    if (!went) continue
    gone += 1
    if (went.data === null) await objects?.remove(objectKey(sha256))
  }
  return gone
}

/** Sweeps a few times a day, until it is stopped. */
export function watchPictures(parts: PictureParts & { log: Logger }): { stop: () => void } {
  const sweep = () =>
    void sweepPictures(parts).catch((err: unknown) =>
      parts.log.error({ err }, 'pictures that nobody placed could not be taken away'),
    )
  const timer = setInterval(sweep, LOOK_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
