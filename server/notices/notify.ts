import { inArray, sql } from 'drizzle-orm'
import { type NOTICE_OBJECTS, type NoticeData, type NoticeKind, wayOf } from '../../app/domain/notices'
import type { Transaction } from '../../db/connection'
import { noticeSettings, notices } from '../../db/schema/notices'
import { newId } from '../ids'
import { NOTICES_WRITTEN } from './wake'

export type Notice = {
  kind: NoticeKind
  /**
   * Names the act, as `silence.open 018f…`: a person is told of it once, however often this is called for it. Where an act
   * may come again on one object, name the time too: its key, its version, its entry.
   */
  act: string
  /** What decides who may read it, now and later. */
  about: { kind: (typeof NOTICE_OBJECTS)[number]; id: string }
  /** The page that it leads to, as a path of the portal. */
  link: string
  /** Fills the words of its kind: shown only to whoever may see what it is about. */
  data: NoticeData
  /** User ids; `recipients.ts` finds them by delegation and role. */
  to: readonly string[]
  /** Who acted: nobody is told of what they did themselves. */
  by?: string | null
  /** What a mail says instead of its kind's words. It travels in the clear: name no title and nobody's words. */
  mail?: string
}

const MAIL = { app: 'none', mail: 'now', digest: 'digest' } as const

/**
 * Tells people of an act, in the act's own transaction: nobody is told of what did not happen, and nothing that happened
 * is forgotten. Inbox and mail follow after the commit (`deliver.ts`), where the rights are asked again. Takes no lock that
 * another act waits for, so it may stand anywhere in the transaction.
 */
export async function notify(tx: Transaction, notice: Notice): Promise<void> {
  const { kind, act, about, link, data, by, mail } = notice
  const to = [...new Set(notice.to)].filter((userId) => userId !== by).sort()
  if (to.length === 0) return
  const settings = await tx
    .select({ userId: noticeSettings.userId, choices: noticeSettings.choices })
    .from(noticeSettings)
    .where(inArray(noticeSettings.userId, to))
  const rows = to.flatMap((userId) => {
    const way = wayOf(settings.find((one) => one.userId === userId)?.choices ?? {}, kind)
    if (way === 'off') return []
    return [
      {
        ...{ id: newId(), userId, kind, act, objectKind: about.kind, objectId: about.id },
        ...{ link, data, mailWords: mail ?? null, mail: MAIL[way] },
      },
    ]
  })
  if (rows.length === 0) return
  await tx.insert(notices).values(rows).onConflictDoNothing()
  // Heard by every node when the transaction commits, and by none when it does not.
  await tx.execute(sql`select pg_notify(${NOTICES_WRITTEN}, '')`)
}
