import { Link } from '@remix-run/react'
import type { Marking } from '../../domain/marking'
import type { SessionStatus } from '../../domain/session/model'
import { MarkingBadge } from '../ui/badge'
import { Moment } from '../ui/date'
import { SessionBadge } from './session-badge'

export type SessionLine = {
  id: string
  title: string
  startsAt: Date | string
  status: SessionStatus
  marking: Marking
  group: string
}

/** Sessions with when they start, in the reader's zone. */
export function SessionList({
  sessions,
  withGroup = false,
}: {
  sessions: readonly SessionLine[]
  withGroup?: boolean
}) {
  return (
    <ul className="divide-y divide-rule border-y border-rule bg-sheet">
      {sessions.map((one) => (
        <li
          key={one.id}
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-3 py-2 text-sm"
        >
          <span className="min-w-0">
            <Link to={`/sessions/${one.id}`} className="row-link">
              {one.title}
            </Link>
            {withGroup ? <span className="text-muted"> {one.group}</span> : null}
          </span>
          <span className="flex flex-wrap items-center gap-2">
            <Moment at={one.startsAt} />
            <SessionBadge status={one.status} />
            <MarkingBadge marking={one.marking} />
          </span>
        </li>
      ))}
    </ul>
  )
}
