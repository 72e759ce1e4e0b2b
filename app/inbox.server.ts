/** What the pages of the inbox reach of the server. */
export { inboxState, NOTICES_PER_PAGE, noticeList, noticeSettingsOf } from '../db/queries/notices'
export { markRead, markUnread, openNotice } from '../server/notices/mark-read'
export { setNoticeSettings } from '../server/notices/settings'
