/** What a document's fields say, in SQL within a second of an edit: lists and maps show live figures. */
import { and, eq, gt, lt } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database } from '../../db/connection'
import { channels } from '../../db/schema/channels'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from '../documents/worker-client'
import { projectDocument } from './project-document'
import { Schedule } from './schedule'

/** What a crash between commit and projection left behind is found at start and then this often. */
const SWEEP_MS = 60_000
/** A text that a verb began with a first entry is no commit of the engine's: it is looked for. */
const NEW_MS = 2_000
const SWEEP_ROWS = 500

type Parts = {
  db: Database
  channels: Pick<Channels, 'load' | 'onCommitted'>
  documents: Pick<DocumentWorker, 'run'>
  log: Logger
}

export type Projection = {
  /** Resolves when nothing of it runs any more. What is not projected by then is caught up at the next start. */
  stop: () => Promise<void>
}

/** Follows the engine's commits and keeps `proposal_fields` up with them. */
export function startProjection(parts: Parts): Projection {
  const { db, channels: engine, log } = parts
  const schedule = new Schedule(
    (channelId) => projectDocument(parts, channelId),
    (channelId, err, failures) =>
      // Once for a while of failing: with the database away every open document fails every few seconds.
      log[failures === 1 ? 'warn' : 'debug'](
        { err, channelId, failures },
        'a document could not be projected yet',
      ),
  )

  async function sweep(never: boolean) {
    try {
      let after = ''
      for (;;) {
        const behind = await db
          .select({ id: channels.id })
          .from(channels)
          .where(
            and(
              eq(channels.kind, 'document'),
              lt(channels.projected, channels.head),
              never ? eq(channels.projected, 0) : undefined,
              gt(channels.id, after),
            ),
          )
          .orderBy(channels.id)
          .limit(SWEEP_ROWS)
        for (const { id } of behind) schedule.missed(id)
        if (behind.length < SWEEP_ROWS) return
        after = behind.at(-1)?.id ?? after
      }
    } catch (err) {
      log.warn({ err }, 'documents to project could not be looked up yet')
    }
  }

  engine.onCommitted((channelId) => schedule.changed(channelId))
  // One look at a time: a database that hangs is not asked again and again.
  let looking: Promise<void> | null = null
  const look = (never: boolean) => {
    looking ??= sweep(never).finally(() => {
      looking = null
    })
  }
  look(false)
  const sweeping = setInterval(() => look(false), SWEEP_MS).unref()
  const fresh = setInterval(() => look(true), NEW_MS).unref()
  return {
    async stop() {
      clearInterval(sweeping)
      clearInterval(fresh)
      await schedule.stop()
      await looking
    },
  }
}
