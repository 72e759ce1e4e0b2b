/**
 * Brings written notices to their readers: into the inbox's channel, and by mail. Any node may do it for any notice; one
 * that dies meanwhile leaves it to the next. The right to know is asked again here.
 */
import { asc, inArray, isNull } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database } from '../../db/connection'
import { listen } from '../../db/listen'
import { readableOf } from '../../db/queries/notices'
import { notices } from '../../db/schema/notices'
import { actorsOf } from '../auth/actor'
import type { Channels } from '../channels/types'
import type { Mailer } from '../mail/mailer'
import { remindOfDeadlines } from './deadlines'
import { makeDigests, sendDigests } from './digests'
import { tellInbox } from './inbox'
import { sendMails } from './mails'
import { NOTICES_WRITTEN } from './wake'

export type DeliveryParts = {
  db: Database
  channels: Pick<Channels, 'append'>
  mail: Mailer
  origin: string
  log: Logger
}

/** At once. */
const BATCH = 100
/** What a lost wake-up, a node that died or a mail server that was away left behind is looked for this often. */
const LOOK_MS = 15_000
/** Deadlines are days and hours away. */
const DEADLINES_MS = 600_000

/** Tells inboxes of what they do not hold yet. Out: how many notices were taken up. */
export async function tellInboxes(parts: Pick<DeliveryParts, 'db' | 'channels'>): Promise<number> {
  let taken = 0
  for (;;) {
    const batch = await parts.db.transaction(async (tx) => {
      const rows = await tx
        .select({ id: notices.id, userId: notices.userId })
        .from(notices)
        .where(isNull(notices.toldAt))
        .orderBy(asc(notices.at))
        .limit(BATCH)
        .for('update', { skipLocked: true })
      if (rows.length === 0) return 0
      const actors = await actorsOf(tx, [...new Set(rows.map(({ userId }) => userId))])
      for (const [userId, actor] of actors) {
        const own = rows.filter((row) => row.userId === userId).map(({ id }) => id)
        const readable = await readableOf(tx, actor, own)
        const author = { userId, organizationId: actor.organization.id }
        // Told twice after a crash in between: an inbox counts its notices, not its entries.
        for (const id of readable) await tellInbox(parts, author, userId, { notice: id })
      }
      await tx
        .update(notices)
        .set({ toldAt: new Date() })
        .where(
          inArray(
            notices.id,
            rows.map(({ id }) => id),
          ),
        )
      return rows.length
    })
    taken += batch
    if (batch < BATCH) return taken
  }
}

/** One round of everything that is due. `now` decides over digests and deadlines. */
export async function deliverNotices(parts: DeliveryParts, now = new Date()): Promise<void> {
  await tellInboxes(parts)
  await sendMails(parts)
  await makeDigests(parts.db, now)
  await sendDigests(parts)
}

/** Delivers whenever notices were written, on this node or another, and looks after what was left behind. */
export function watchNotices(parts: DeliveryParts): { stop: () => Promise<void> } {
  let running: Promise<void> | null = null
  let again = false
  let nextDeadlines = 0
  let stopped = false
  const run = async () => {
    do {
      again = false
      try {
        if (performance.now() >= nextDeadlines) {
          await remindOfDeadlines(parts.db, new Date())
          nextDeadlines = performance.now() + DEADLINES_MS
        }
        await deliverNotices(parts)
      } catch (err) {
        parts.log.warn({ err }, 'notices could not be delivered yet')
      }
    } while (again && !stopped)
    running = null
  }
  const wake = () => {
    if (stopped) return
    again = true
    running ??= run()
  }
  const listening = listen(
    parts.db,
    { name: 'forge-notices', channel: NOTICES_WRITTEN },
    {
      heard: wake,
      missed: wake,
      failed: (err) => parts.log.warn({ err }, 'notices are not heard; listening again'),
    },
  )
  const timer = setInterval(wake, LOOK_MS)
  wake()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await listening.close()
      await running
    },
  }
}
