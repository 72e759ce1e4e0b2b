import { PROPOSAL_STATE_LABEL, type ProposalState } from '../../domain/project-stage'
import { MOVE_LABEL, type ProposalMove } from '../../domain/proposal-machine'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'

export type CaseMove = {
  id: string
  move: ProposalMove
  after: ProposalState
  reason: string | null
  version: number | null
  at: Date | string
  by: string
  of: string
  iso2: string | null
}

/** Who moved it when and why, the last first. */
export function CaseTimeLine({ moves }: { moves: readonly CaseMove[] }) {
  if (moves.length === 0) {
    return <p className="text-sm text-muted">Nothing yet: it is a draft that was never submitted.</p>
  }
  return (
    <ol className="border-l-2 border-rule pl-4">
      {moves.map((one) => (
        <li key={one.id} className="mb-4 text-sm">
          <p>
            {one.iso2 ? <Flag iso2={one.iso2} size={16} /> : null}{' '}
            <span className="font-semibold">{one.by}</span> <span className="text-muted">({one.of})</span>{' '}
            {MOVE_LABEL[one.move].done}
            {one.move === 'submit' && one.version ? ` as version ${one.version}` : ''}
          </p>
          <p className="text-xs text-muted">
            <Moment at={one.at} /> · {PROPOSAL_STATE_LABEL[one.after]}
          </p>
          {one.reason ? (
            <blockquote className="mt-1 whitespace-pre-wrap border-l-2 border-ochre pl-3">
              {one.reason}
            </blockquote>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
