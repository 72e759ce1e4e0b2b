import { Link } from '@remix-run/react'
import { Badge } from '../ui/badge'
import { Day } from '../ui/date'

export type FollowUpLine = { id: string; number: string; text: string; dueOn: string; owner: string }

/** What decisions asked for and is not done. `today`: a date, UTC. */
export function FollowUpList({ lines, today }: { lines: readonly FollowUpLine[]; today: string }) {
  return (
    <ul className="divide-y divide-rule border-y border-rule bg-sheet text-sm">
      {lines.map((one) => (
        <li key={one.id} className="px-3 py-2">
          <Link to={`/follow-ups/${one.id}`} className="row-link">
            {one.text}
          </Link>{' '}
          <span className="text-muted">
            {one.owner} · {one.number} · due <Day date={one.dueOn} />
          </span>{' '}
          {one.dueOn < today ? <Badge tone="red">Overdue</Badge> : null}
        </li>
      ))}
    </ul>
  )
}
