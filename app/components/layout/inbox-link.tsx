import { Link, useFetcher, useLocation, useRevalidator } from '@remix-run/react'
import { Bell } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { classNames } from '../ui/class-names'
import type { Reader } from './reader'

/** More than this is said as “99+”. */
const MOST_SHOWN = 99

/** The way to the inbox, with how much is unread: it follows the inbox's channel. */
export function InboxLink({ reader }: { reader: Reader }) {
  const { unread } = useInbox(reader)
  const { pathname } = useLocation()
  const words = unread === 0 ? 'nothing unread' : `${unread} unread`
  return (
    <Link
      to="/inbox"
      aria-current={pathname === '/inbox' ? 'page' : undefined}
      aria-label={`Inbox, ${words}`}
      title={`Inbox: ${words}`}
      className="relative inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-on-bar hover:bg-on-bar/10 focus-visible:outline-bar-mark"
    >
      <Bell aria-hidden="true" className="size-5" />
      <span
        aria-hidden="true"
        className={classNames(
          'absolute right-0 top-0 min-w-4.5 rounded-full bg-bar-mark px-1 text-center text-2xs font-bold leading-4.5 text-bar',
          unread === 0 && 'hidden',
        )}
      >
        {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
      </span>
      <span aria-live="polite" className="sr-only">
        {unread === 0 ? '' : `${unread} unread in the inbox`}
      </span>
    </Link>
  )
}

/** What the page came with, until the channel says that it changed. */
function useInbox({ userId, inbox }: Reader) {
  const count = useFetcher<Reader['inbox']>()
  const { pathname } = useLocation()
  const { revalidate } = useRevalidator()
  const changed = useRef(() => {})
  changed.current = () => {
    // The list shows more than the number.
    if (pathname === '/inbox') revalidate()
    else count.load('/inbox/count')
  }
  const head = useRef(inbox.head)
  useEffect(() => {
    let stopped = false
    let stop = () => {}
    // The connection's code is not of the first page: it comes when the page stands.
    import('../../collab/inbox-feed').then(
      ({ followInbox }) => {
        if (!stopped) stop = followInbox(userId, head.current, () => changed.current())
      },
      // Offline: the number is as old as the page.
      () => {},
    )
    return () => {
      stopped = true
      stop()
    }
  }, [userId])
  return count.data && count.data.head >= inbox.head ? count.data : inbox
}
