/** Somebody's inbox: nothing of it tells of what they may not see any more. */
import { and, count, desc, eq, inArray, isNull } from 'drizzle-orm'
import { inboxChannel } from '../../app/domain/inbox-channel'
import {
  isNoticeKind,
  kindsOf,
  NOTICE_DEFAULTS,
  type NoticeFilter,
  noticeLine,
} from '../../app/domain/notices'
import type { Actor } from '../../app/domain/people'
import type { Queryable } from '../connection'
import { channels } from '../schema/channels'
import { noticeSettings, notices } from '../schema/notices'
import { readableNotice } from './notice-objects'

export const NOTICES_PER_PAGE = 50

/** A page of the inbox, the newest first, and how many there are. */
export async function noticeList(db: Queryable, actor: Actor, { unread, topic, page }: NoticeFilter) {
  const where = and(
    readableNotice(actor),
    unread ? isNull(notices.readAt) : undefined,
    topic ? inArray(notices.kind, kindsOf(topic)) : undefined,
  )
  const [rows, totals] = await Promise.all([
    db
      .select({
        id: notices.id,
        kind: notices.kind,
        data: notices.data,
        at: notices.at,
        readAt: notices.readAt,
      })
      .from(notices)
      .where(where)
      .orderBy(desc(notices.at), desc(notices.id))
      .limit(NOTICES_PER_PAGE)
      .offset((page - 1) * NOTICES_PER_PAGE),
    db.select({ n: count() }).from(notices).where(where),
  ])
  return {
    total: totals[0]?.n ?? 0,
    notices: rows.flatMap(({ kind, data, ...rest }) =>
      isNoticeKind(kind) ? [{ ...rest, kind, line: noticeLine(kind, data) }] : [],
    ),
  }
}

/** How many are unread, and the head of the inbox channel by then: what comes later comes by the channel. */
export async function inboxState(db: Queryable, actor: Actor): Promise<{ unread: number; head: number }> {
  // In this order: a notice that is counted and told of again is only counted twice as often.
  const [channel] = await db
    .select({ head: channels.head })
    .from(channels)
    .where(eq(channels.id, inboxChannel(actor.userId)))
  const [found] = await db
    .select({ n: count() })
    .from(notices)
    .where(and(readableNotice(actor), isNull(notices.readAt)))
  return { unread: found?.n ?? 0, head: channel?.head ?? 0 }
}

/** One notice's page and whether it is read; null where the actor has none such, now. */
export async function noticeOf(db: Queryable, actor: Actor, id: string) {
  const [row] = await db
    .select({ id: notices.id, link: notices.link, readAt: notices.readAt })
    .from(notices)
    .where(and(eq(notices.id, id), readableNotice(actor)))
  return row ?? null
}

/** Those of the notices that the actor may read now. */
export async function readableOf(db: Queryable, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .select({ id: notices.id })
    .from(notices)
    .where(and(inArray(notices.id, [...ids]), readableNotice(actor)))
  return new Set(rows.map(({ id }) => id))
}

/** How somebody is told; what they never set is as the portal has it. */
export async function noticeSettingsOf(db: Queryable, userId: string) {
  const [row] = await db.select().from(noticeSettings).where(eq(noticeSettings.userId, userId))
  return {
    zone: row?.zone ?? NOTICE_DEFAULTS.zone,
    hour: row?.hour ?? NOTICE_DEFAULTS.hour,
    choices: row?.choices ?? {},
    chosen: row !== undefined,
  }
}
