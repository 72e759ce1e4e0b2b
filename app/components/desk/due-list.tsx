import { Link } from '@remix-run/react'
import type { ObligationState } from '../../domain/due'
import { DueDate } from '../partners/due-badge'

export type DueLine = {
  agreementId: string
  agreementTitle: string
  position: number
  text: string
  due: string | null
  dueIsComputed: boolean
  state: ObligationState
}

const SHOWN = 6

/** Dated obligations of the partner's agreements, the earliest first; the rest stand on the partner's page. */
export function DueList({
  due,
  today,
  partnerIso2,
}: {
  due: readonly DueLine[]
  today: string
  partnerIso2: string
}) {
  if (!due.length)
    return (
      <p className="text-sm text-muted">
        No dated obligation is on record for your agreements. Those without a date stand on{' '}
        <Link to={`/partners/${partnerIso2}#agreements`} className="link">
          your partner page
        </Link>
        .
      </p>
    )
  return (
    <>
      <ul className="divide-y divide-rule border-y border-ink/60 bg-sheet">
        {due.slice(0, SHOWN).map((one) => (
          <li key={`${one.agreementId} ${one.position}`} className="px-3 py-2 text-sm">
            <DueDate owed={one} today={today} />
            <p className="mt-0.5">{one.text}</p>
            <p className="mt-0.5 text-xs">
              <Link to={`/agreements/${one.agreementId}`} prefetch="intent" className="link leading-6">
                {one.agreementTitle}
              </Link>
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm">
        <Link to={`/partners/${partnerIso2}#agreements`} className="link leading-6">
          {due.length > SHOWN ? `All ${due.length}, and those without a date` : 'Those without a date'}
        </Link>
      </p>
    </>
  )
}
