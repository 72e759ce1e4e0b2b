/** Notices that go by mail at once. */
import { and, asc, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { isNoticeKind, noticeKind } from '../../app/domain/notices'
import type { Database } from '../../db/connection'
import { readableOf } from '../../db/queries/notices'
import { notices } from '../../db/schema/notices'
import { actorsOf } from '../auth/actor'
import type { Mailer } from '../mail/mailer'
import { noticeMail } from '../mail/texts'

export type MailParts = { db: Database; mail: Mailer; origin: string; log: Logger }

const BATCH = 50
/** After so many tries a mail is left: its notice stands in the inbox all the same. */
export const MOST_TRIES = 8
/** The next try waits twice as long each time. A node that dies while sending leaves the mail to the next try. */
export const nextTry = (tries: typeof notices.mailTries | ReturnType<typeof sql>) =>
  sql`now() + make_interval(secs => 30 * power(2, ${tries}))`

/** What a notice says in a mail. */
export const mailWordsOf = ({ kind, mailWords }: { kind: string; mailWords: string | null }): string =>
  mailWords ?? (isNoticeKind(kind) ? noticeKind(kind).mail : 'there is something new')

/** Sends what is due. Each is taken by one node at a time; what its reader may not see any more is never sent. */
export async function sendMails({ db, mail, origin, log }: MailParts): Promise<void> {
  for (;;) {
    const due = await db
      .update(notices)
      .set({ mailTries: sql`${notices.mailTries} + 1`, mailNextAt: nextTry(notices.mailTries) })
      .where(
        inArray(
          notices.id,
          db
            .select({ id: notices.id })
            .from(notices)
            .where(
              and(
                eq(notices.mail, 'now'),
                isNull(notices.mailedAt),
                lte(notices.mailNextAt, sql`now()`),
                lt(notices.mailTries, MOST_TRIES),
              ),
            )
            .orderBy(asc(notices.mailNextAt))
            .limit(BATCH)
            .for('update', { skipLocked: true }),
        ),
      )
      .returning()
    if (due.length === 0) return
    const actors = await actorsOf(db, [...new Set(due.map(({ userId }) => userId))])
    for (const notice of due) {
      const reader = actors.get(notice.userId)
      try {
        if (reader && (await readableOf(db, reader, [notice.id])).size > 0)
          await mail.send(noticeMail(origin, reader, { id: notice.id, words: mailWordsOf(notice) }))
        await db.update(notices).set({ mailedAt: new Date() }).where(eq(notices.id, notice.id))
      } catch (err) {
        log.warn({ err, notice: notice.id, tries: notice.mailTries }, 'a notice could not be mailed yet')
      }
    }
  }
}
