import { Link } from '@remix-run/react'
import type { Missing } from '../../domain/completeness'
import { Section } from '../ui/page'

/** What a proposal still lacks, by section, each with the way there. */
export function MissingList({ missing, proposalId }: { missing: readonly Missing[]; proposalId: string }) {
  if (missing.length === 0) {
    return (
      <Section title="Complete">
        <p className="text-sm text-muted">
          Every section has text, and the key facts that are needed are there.
        </p>
      </Section>
    )
  }
  return (
    <Section title="Still missing" note={missing.length}>
      <ul className="divide-y divide-rule border-y border-rule text-sm">
        {missing.map(({ section, title, what }) => (
          <li key={`${section} ${what}`} className="flex flex-wrap gap-x-3 py-1.5">
            <Link to={`/proposals/${proposalId}#${section}`} className="link min-w-48 font-semibold">
              {title}
            </Link>
            <span className="text-muted">{what}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
