import { Link } from '@remix-run/react'
import { Day, Moment } from '../ui/date'

export type WaitingActLine = {
  id: string
  path: string
  title: string
  what: string
  due: Date | string | null
}

const isDate = (due: Date | string): due is string => typeof due === 'string' && due.length === 10

/** Reviews, texts under silence and questions that wait for the reader. */
export function ActsWaiting({ acts }: { acts: readonly WaitingActLine[] }) {
  return (
    <ul className="mb-3 divide-y divide-rule border-y border-ink/60 bg-sheet">
      {acts.map((one) => (
        <li key={`${one.path} ${one.what}`} className="border-l-[3px] border-l-ochre px-3 py-2 text-sm">
          <Link to={one.path} prefetch="intent" className="row-link">
            {one.title}
          </Link>
          <p>
            {one.what}
            {one.due ? (
              <span className="text-muted">
                {' '}
                · {isDate(one.due) ? <Day date={one.due} /> : <Moment at={one.due} />}
              </span>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  )
}
