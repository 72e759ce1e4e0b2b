import { Link } from '@remix-run/react'
import { agreementKind, bindingWords } from '../../domain/agreement-words'
import { Day } from '../ui/date'
import { Flag } from '../ui/flag'

export type AgreementSummary = {
  id: string
  title: string
  date: string | null
  kind: string
  binding: boolean | null
  confidence: string | null
  parties: readonly { iso2: string; name: string }[]
}

/** Kind, date, whether it binds, and how well it is corroborated. */
export function AgreementFacts({ agreement }: { agreement: Omit<AgreementSummary, 'parties'> }) {
  return (
    <p className="flex flex-wrap gap-x-4 text-sm text-muted">
      <span>{agreementKind(agreement.kind)}</span>
      <Day date={agreement.date} none="date not known" />
      <span>
        {agreement.binding === null ? 'Binding or not: not known' : bindingWords(agreement.binding)}
      </span>
      {agreement.confidence ? <span>Evidence: {agreement.confidence}</span> : null}
    </p>
  )
}

/** Agreements as a list of links with their parties. */
export function AgreementList({ agreements }: { agreements: readonly AgreementSummary[] }) {
  return (
    <ul className="divide-y divide-rule border-y border-ink/60 bg-sheet">
      {agreements.map((agreement) => (
        <li key={agreement.id} className="px-3 py-2">
          <Link to={`/agreements/${agreement.id}`} prefetch="intent" className="row-link">
            {agreement.title}
          </Link>
          <p className="flex flex-wrap gap-x-4 text-sm text-muted">
            <span>{agreementKind(agreement.kind)}</span>
            <Day date={agreement.date} none="date not known" />
            {agreement.parties.map((party) => (
              <span key={party.iso2} className="whitespace-nowrap">
                <Flag iso2={party.iso2} size={16} /> {party.name}
              </span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  )
}
