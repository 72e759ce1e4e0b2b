import { type AskedConsentState, CONSENT_STATE_LABEL } from '../../domain/host-consent'
import { Moment } from '../ui/date'
import { Flag } from '../ui/flag'

export type ConsentStep = {
  id: string
  after: AskedConsentState
  signedBy: string
  statement: string | null
  reference: string | null
  at: Date | string
  by: string
  of: string
  iso2: string | null
}

/** Who asked and who answered, in whose name and when, the last first. */
export function ConsentSteps({ steps }: { steps: readonly ConsentStep[] }) {
  return (
    <ol className="border-l-2 border-rule pl-4">
      {steps.map((one) => (
        <li key={one.id} className="mb-3 text-sm">
          <p>
            {one.iso2 ? <Flag iso2={one.iso2} size={16} /> : null}{' '}
            <span className="font-semibold">{CONSENT_STATE_LABEL[one.after]}</span> by {one.signedBy}
            {one.reference ? `, ${one.reference}` : ''}
          </p>
          <p className="text-xs text-muted">
            <Moment at={one.at} /> · {one.reference ? `recorded by ${one.by}, ` : ''}
            {one.of}
          </p>
          {one.statement ? (
            <blockquote className="mt-1 whitespace-pre-wrap border-l-2 border-ochre pl-3">
              {one.statement}
            </blockquote>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
