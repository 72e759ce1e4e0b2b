/** The daily digest: made once for each person and day, whichever node is first, and sent until it is with the mail server. */
import { and, asc, eq, inArray, isNull, lt, lte, min, sql } from 'drizzle-orm'
import { lastDigest } from '../../app/domain/digest-hour'
import { isNoticeKind, NOTICE_DEFAULTS, NOTICE_TOPICS, noticeKind } from '../../app/domain/notices'
import type { Database } from '../../db/connection'
import { readableOf } from '../../db/queries/notices'
import { noticeDigests, noticeSettings, notices } from '../../db/schema/notices'
import { actorsOf } from '../auth/actor'
import { digestMail } from '../mail/texts'
import { type MailParts, MOST_TRIES, mailWordsOf, nextTry } from './mails'

const BATCH = 50
const waiting = and(eq(notices.mail, 'digest'), isNull(notices.digestDay))

/**
 * Makes the digests whose hour has come by `now`: of what was written before that hour. The key (person, day) decides
 * between nodes, and between an hour and another that somebody chose later on the same day.
 */
export async function makeDigests(db: Database, now: Date): Promise<void> {
  const people = await db
    .select({
      userId: notices.userId,
      first: min(notices.at),
      zone: noticeSettings.zone,
      hour: noticeSettings.hour,
    })
    .from(notices)
    .leftJoin(noticeSettings, eq(noticeSettings.userId, notices.userId))
    .where(waiting)
    .groupBy(notices.userId, noticeSettings.zone, noticeSettings.hour)
  for (const { userId, first, zone, hour } of people) {
    const { day, at } = lastDigest(now, hour ?? NOTICE_DEFAULTS.hour, zone ?? NOTICE_DEFAULTS.zone)
    if (!first || first >= at) continue
    await db.transaction(async (tx) => {
      const made = await tx
        .insert(noticeDigests)
        .values({ userId, day })
        .onConflictDoNothing()
        .returning({ day: noticeDigests.day })
      if (made.length === 0) return
      await tx
        .update(notices)
        .set({ digestDay: day })
        .where(and(waiting, eq(notices.userId, userId), lt(notices.at, at)))
    })
  }
}

/** Sends digests that were made: what is unread by then and may still be seen. One without anything is not sent. */
export async function sendDigests({ db, mail, origin, log }: MailParts): Promise<void> {
  for (;;) {
    const due = await db.transaction(async (tx) => {
      const rows = await tx
        .select({ userId: noticeDigests.userId, day: noticeDigests.day })
        .from(noticeDigests)
        .where(
          and(
            isNull(noticeDigests.sentAt),
            lte(noticeDigests.nextAt, sql`now()`),
            lt(noticeDigests.tries, MOST_TRIES),
          ),
        )
        .orderBy(asc(noticeDigests.nextAt))
        .limit(BATCH)
        .for('update', { skipLocked: true })
      for (const { userId, day } of rows)
        await tx
          .update(noticeDigests)
          .set({ tries: sql`${noticeDigests.tries} + 1`, nextAt: nextTry(sql`${noticeDigests.tries}`) })
          .where(and(eq(noticeDigests.userId, userId), eq(noticeDigests.day, day)))
      return rows
    })
    if (due.length === 0) return
    const actors = await actorsOf(
      db,
      due.map(({ userId }) => userId),
    )
    for (const { userId, day } of due) {
      const reader = actors.get(userId)
      try {
        const held = await db
          .select()
          .from(notices)
          .where(and(eq(notices.userId, userId), eq(notices.digestDay, day), isNull(notices.readAt)))
          .orderBy(asc(notices.at))
        const readable = reader
          ? await readableOf(
              db,
              reader,
              held.map(({ id }) => id),
            )
          : new Set<string>()
        const shown = held.filter(({ id }) => readable.has(id))
        if (reader && shown.length > 0)
          await mail.send(
            digestMail(
              origin,
              reader,
              day,
              shown.map((notice) => ({
                id: notice.id,
                words: mailWordsOf(notice),
                topic: isNoticeKind(notice.kind) ? NOTICE_TOPICS[noticeKind(notice.kind).topic] : 'Other',
              })),
            ),
          )
        const at = new Date()
        await db
          .update(noticeDigests)
          .set({ sentAt: at })
          .where(and(eq(noticeDigests.userId, userId), eq(noticeDigests.day, day)))
        if (held.length > 0)
          await db
            .update(notices)
            .set({ mailedAt: at })
            .where(
              inArray(
                notices.id,
                held.map(({ id }) => id),
              ),
            )
      } catch (err) {
        log.warn({ err, userId, day }, 'a digest could not be mailed yet')
      }
    }
  }
}
