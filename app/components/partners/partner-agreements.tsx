import { Link } from '@remix-run/react'
import type { ObligationState } from '../../domain/due'
import { Flag } from '../ui/flag'
import { Source } from '../ui/source'
import { AgreementFacts, type AgreementSummary } from './agreement-line'
import { ObligationTable } from './obligation-table'

export type PartnerAgreement = AgreementSummary & {
  source: string | null
  note: string | null
  obligations: readonly {
    position: number
    kind: string
    text: string
    due: string | null
    dueIsComputed: boolean
    state: ObligationState
  }[]
}

/** Each agreement of a partner with what it obliges to. */
export function PartnerAgreements({
  agreements,
  partnerIso2,
  today,
}: {
  agreements: readonly PartnerAgreement[]
  partnerIso2: string
  today: string
}) {
  return (
    <ul className="space-y-5">
      {agreements.map((agreement) => {
        const others = agreement.parties.filter((party) => party.iso2 !== partnerIso2)
        return (
          <li key={agreement.id} className="border-t border-ink/60 pt-2">
            <h3 className="text-lg">
              <Link to={`/agreements/${agreement.id}`} prefetch="intent" className="row-link">
                {agreement.title}
              </Link>
            </h3>
            <AgreementFacts agreement={agreement} />
            {others.length ? (
              <p className="mt-0.5 flex flex-wrap gap-x-3 gap-y-1 text-sm leading-6">
                <span className="text-muted">With</span>
                {others.map((party) => (
                  <span key={party.iso2} className="whitespace-nowrap">
                    <Flag iso2={party.iso2} size={16} />{' '}
                    <Link to={`/partners/${party.iso2}`} className="link">
                      {party.name}
                    </Link>
                  </span>
                ))}
              </p>
            ) : null}
            {agreement.note ? <p className="mt-1 max-w-prose text-sm">{agreement.note}</p> : null}
            {agreement.obligations.length ? (
              <div className="mt-2">
                <ObligationTable obligations={agreement.obligations} today={today} of={agreement.title} />
              </div>
            ) : null}
            <div className="mt-1.5 flex gap-2 text-xs">
              <span className="text-muted">Source</span>
              <div className="min-w-0">
                <Source text={agreement.source} />
              </div>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
