import type { NoticeSettings } from '../../app/domain/notices'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { noticeSettings } from '../../db/schema/notices'

/** Keeps how somebody wants to be told from now on; what was written before goes out as it would have. */
export async function setNoticeSettings(
  db: Database,
  { userId }: Actor,
  { zone, hour, choices }: NoticeSettings,
): Promise<void> {
  await db
    .insert(noticeSettings)
    .values({ userId, zone, hour, choices })
    .onConflictDoUpdate({ target: noticeSettings.userId, set: { zone, hour, choices } })
}
