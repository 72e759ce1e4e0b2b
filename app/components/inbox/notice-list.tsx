import { Form, Link } from '@remix-run/react'
import { type NoticeKind, noticeKind } from '../../domain/notices'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'
import { Moment } from '../ui/date'

type Line = { id: string; kind: NoticeKind; line: string; at: Date | string; readAt: Date | string | null }

/** Notices, the newest first; what is unread stands out and says so. */
export function NoticeList({ notices }: { notices: readonly Line[] }) {
  return (
    <ul aria-label="Notices" className="divide-y divide-rule border-y border-ink/60 bg-sheet">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} {...notice} />
      ))}
    </ul>
  )
}

function NoticeLine({ id, kind, line, at, readAt }: Line) {
  const unread = readAt === null
  return (
    <li
      className={classNames(
        'flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-l-4 px-3 py-2 sm:flex-nowrap',
        unread ? 'border-l-ochre' : 'border-l-transparent',
      )}
    >
      <div className="min-w-0">
        <p className={classNames('break-words', unread && 'font-semibold')}>
          {unread ? <span className="sr-only">Unread: </span> : null}
          <Link to={`/inbox/${id}`} className="link">
            {line}
          </Link>
        </p>
        <p className="text-xs text-muted">
          {noticeKind(kind).label}, <Moment at={at} />
        </p>
      </div>
      <Form method="post" className="shrink-0 max-sm:-ml-2.5">
        <input type="hidden" name="notice" value={id} />
        <Button size="sm" variant="quiet" name="act" value={unread ? 'read' : 'unread'}>
          {unread ? 'Mark as read' : 'Mark as unread'}
          <span className="sr-only">: {line}</span>
        </Button>
      </Form>
    </li>
  )
}
