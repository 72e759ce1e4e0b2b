import { Link } from '@remix-run/react'
import type { Missing } from '../../domain/completeness'
import { Section } from '../ui/page'

/** What a proposal still lacks, by section, each with the way there. */
export function MissingList({
  missing,
  notReady,
  proposalId,
}: {
  missing: readonly Missing[]
  /** Titles of sections with text that their authors do not call ready. */
  notReady: readonly string[]
  proposalId: string
}) {
  if (missing.length === 0) {
    return (
      <Section title="Complete">
        <p className="text-sm text-muted">
          Every section has text, and the key facts that are needed are there.
        </p>
        <NotReady titles={notReady} />
      </Section>
    )
  }
  return (
    <Section title="Still missing" note={missing.length}>
      <ul className="divide-y divide-rule border-y border-rule text-sm">
        {missing.map(({ section, title, what, at }) => (
          <li key={`${section} ${what}`} className="grid gap-x-3 py-1.5 sm:grid-cols-[16rem_minmax(0,1fr)]">
            <Link to={`/proposals/${proposalId}#${at ?? section}`} className="link w-fit font-semibold">
              {title}
            </Link>
            <span className="text-muted">{what}</span>
          </li>
        ))}
      </ul>
      <NotReady titles={notReady} />
    </Section>
  )
}

/** A hint: nothing keeps a section that is not called ready from being submitted. */
const NotReady = ({ titles }: { titles: readonly string[] }) =>
  titles.length > 0 ? (
    <p className="mt-2 text-sm text-muted">
      Written, and not marked as ready by {titles.length === 1 ? 'its' : 'their'} authors: {titles.join(', ')}
      .
    </p>
  ) : null
