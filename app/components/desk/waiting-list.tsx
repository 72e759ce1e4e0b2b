import { Link } from '@remix-run/react'
import type { Waiting } from '../../domain/desk'
import { classNames } from '../ui/class-names'

const PRESSING: readonly Waiting['why'][] = ['changes_requested', 'invited_to_write']

/** What waits for the delegation; each line leads to where it is done. */
export function WaitingList({ waiting }: { waiting: readonly Waiting[] }) {
  if (!waiting.length) return <p className="text-sm text-muted">Nothing waits for your delegation.</p>
  return (
    <ul className="divide-y divide-rule border-y border-ink/60 bg-sheet">
      {waiting.map((one) => (
        <li
          key={`${one.proposalId} ${one.why}`}
          className={classNames(
            'border-l-[3px] px-3 py-2 text-sm',
            PRESSING.includes(one.why) ? 'border-l-ochre' : 'border-l-transparent',
          )}
        >
          <Link to={`/proposals/${one.proposalId}`} prefetch="intent" className="row-link">
            {one.title}
          </Link>
          <p>{one.what}</p>
        </li>
      ))}
    </ul>
  )
}
