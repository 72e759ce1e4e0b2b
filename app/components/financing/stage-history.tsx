import { Link } from '@remix-run/react'
import { FINANCING_MOVE_LABEL, type FinancingMove } from '../../domain/money-stages'
import { Day, Moment } from '../ui/date'

type Move = {
  id: string
  move: FinancingMove
  at: Date
  by: string
  of: string
  reason: string | null
  dateOn: string | null
  fileId: string | null
}

/** Who moved it, when and why, the last first. */
export function StageHistory({ moves }: { moves: readonly Move[] }) {
  if (moves.length === 0) return <p className="text-sm text-muted">Nothing moved since it was asked.</p>
  return (
    <ol className="space-y-2 text-sm">
      {moves.map((one) => (
        <li key={one.id}>
          {one.by} ({one.of}) {FINANCING_MOVE_LABEL[one.move].done}
          <span className="block text-xs text-muted">
            <Moment at={one.at} />
            {one.dateOn ? (
              <>
                , until <Day date={one.dateOn} />
              </>
            ) : null}
            {one.reason ? `: ${one.reason}` : ''}
            {one.fileId ? (
              <>
                {' '}
                <Link className="link" to={`/financing/files/${one.fileId}`} reloadDocument>
                  document
                </Link>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  )
}
