import { Link } from '@remix-run/react'
import { NOTICE_TOPICS, type NoticeFilter, TOPICS } from '../../domain/notices'
import { classNames } from '../ui/class-names'

const addressOf = ({ unread, topic }: Pick<NoticeFilter, 'unread' | 'topic'>) => {
  const search = new URLSearchParams()
  if (unread) search.set('unread', '1')
  if (topic) search.set('topic', topic)
  return search.size ? `/inbox?${search}` : '/inbox'
}

/** Unread or all, and of what: links, so that a view can be kept as a bookmark. */
export function NoticeFilters({ filter }: { filter: NoticeFilter }) {
  const line = 'flex flex-wrap gap-1.5'
  return (
    <nav aria-label="Filters" className="no-print mb-4 space-y-2">
      <ul className={line}>
        <Choice to={addressOf({ ...filter, unread: false })} on={!filter.unread}>
          All
        </Choice>
        <Choice to={addressOf({ ...filter, unread: true })} on={filter.unread}>
          Unread
        </Choice>
      </ul>
      <ul className={line}>
        <Choice to={addressOf({ ...filter, topic: null })} on={filter.topic === null}>
          Everything
        </Choice>
        {TOPICS.map((topic) => (
          <Choice key={topic} to={addressOf({ ...filter, topic })} on={filter.topic === topic}>
            {NOTICE_TOPICS[topic]}
          </Choice>
        ))}
      </ul>
    </nav>
  )
}

function Choice({ to, on, children }: { to: string; on: boolean; children: string }) {
  return (
    <li>
      <Link
        to={to}
        preventScrollReset
        aria-current={on ? 'true' : undefined}
        className={classNames(
          'inline-flex min-h-7 items-center rounded-sm border px-2.5 text-sm',
          on
            ? 'border-accent bg-accent-wash font-semibold text-accent'
            : 'border-line bg-sheet text-muted hover:border-accent hover:text-ink',
        )}
      >
        {children}
      </Link>
    </li>
  )
}
