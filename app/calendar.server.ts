/** What the pages of deadlines reach of the server. */
export { deadlinesOf } from '../db/queries/deadlines'
export { calendarOf, endFeed, feedOf, makeFeed } from '../server/calendar/feed'
