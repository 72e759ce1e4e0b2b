import { Link } from '@remix-run/react'
import type { Marking } from '../../domain/marking'
import { MarkingBadge } from '../ui/badge'
import { Moment } from '../ui/date'

type Line = {
  id: string
  title: string
  path: string
  marking: Marking
  onAgendaOf: { id: string; title: string } | null
  startsAt: string | Date
}

/** Notes and minutes of a group's sessions, and what was attached to their agendas. */
export function GroupDocuments({ documents }: { documents: readonly Line[] }) {
  return (
    <ul className="divide-y divide-rule border-y border-rule bg-sheet">
      {documents.map(({ id, title, path, marking, onAgendaOf, startsAt }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-sm">
          <Link to={path} className="row-link">
            {title}
          </Link>
          <span className="text-muted">
            {onAgendaOf ? (
              <>
                on the agenda of{' '}
                <Link to={`/sessions/${onAgendaOf.id}`} className="link">
                  {onAgendaOf.title}
                </Link>
                ,{' '}
              </>
            ) : null}
            <Moment at={startsAt} />
          </span>
          <MarkingBadge marking={marking} />
        </li>
      ))}
    </ul>
  )
}
