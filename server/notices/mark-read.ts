import { and, eq, inArray, isNull } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { readableNotice } from '../../db/queries/notice-objects'
import { noticeOf } from '../../db/queries/notices'
import { notices } from '../../db/schema/notices'
import type { Channels } from '../channels/types'
import { tellInbox } from './inbox'

type Parts = { db: Database; channels: Pick<Channels, 'append'> }

/** Marks one's own notices as read, `all` of them or those named; other pages of the person hear of it. Out: how many. */
export async function markRead(
  parts: Parts,
  actor: Actor,
  which: readonly string[] | 'all',
): Promise<number> {
  if (which.length === 0) return 0
  const marked = await parts.db
    .update(notices)
    .set({ readAt: new Date() })
    .where(
      and(
        readableNotice(actor),
        isNull(notices.readAt),
        which === 'all' ? undefined : inArray(notices.id, [...which]),
      ),
    )
    .returning({ id: notices.id })
  if (marked.length > 0) await tellOwn(parts, actor, marked.length)
  return marked.length
}

/** Marks a notice as unread again. Throws `notFound`. */
export async function markUnread(parts: Parts, actor: Actor, id: string): Promise<void> {
  if (!(await noticeOf(parts.db, actor, id))) throw notFound()
  await parts.db.update(notices).set({ readAt: null }).where(eq(notices.id, id))
  await tellOwn(parts, actor, 1)
}

/** Opens a notice: it is read then. Out: the page that it leads to. Throws `notFound` for what may not be seen any more. */
export async function openNotice(parts: Parts, actor: Actor, id: string): Promise<string> {
  const notice = await noticeOf(parts.db, actor, id)
  if (!notice) throw notFound()
  if (!notice.readAt) await markRead(parts, actor, [id])
  return notice.link
}

const tellOwn = (parts: Parts, { userId, organization }: Actor, read: number) =>
  tellInbox(parts, { userId, organizationId: organization.id }, userId, { read })
