import { Link } from '@remix-run/react'
import { REQUEST_STATE_LABEL, type RequestState } from '../../domain/institution'
import type { Marking } from '../../domain/marking'
import type { ProposalState } from '../../domain/project-stage'
import { Badge, MarkingBadge, ProposalStateBadge } from '../ui/badge'
import { Moment } from '../ui/date'
import { Section } from '../ui/page'

const KIND_LABEL = {
  proposal: 'Proposal',
  request: 'Financing request',
  text: 'Text',
  part: 'Restricted part',
  terms: 'Terms of financing',
  notes: 'Notes of a session',
  minutes: 'Minutes',
} as const

/** Texts that link to the page's object: those the reader may read, the last written first. Instants may have come through JSON. */
export type Mentions = {
  total: number
  texts: readonly {
    id: string
    kind: keyof typeof KIND_LABEL
    title: string
    path: string
    marking: Marking
    state: ProposalState | null
    requestState: RequestState | null
    writtenAt: Date | string | null
  }[]
}

export function MentionedIn({ mentions: { total, texts } }: { mentions: Mentions }) {
  return (
    <Section title="Mentioned in" note={total || null} id="mentioned-in">
      {texts.length ? (
        <ul className="divide-y divide-rule border-y border-ink/60 bg-sheet text-sm">
          {texts.map((text) => (
            <li key={text.id} className="px-3 py-2">
              <Link to={text.path} prefetch="intent" className="link font-semibold">
                {text.title}
              </Link>
              <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
                <span>{KIND_LABEL[text.kind]}</span>
                {text.state ? <ProposalStateBadge state={text.state} /> : null}
                {text.requestState ? <Badge>{REQUEST_STATE_LABEL[text.requestState]}</Badge> : null}
                <MarkingBadge marking={text.marking} />
                {text.writtenAt ? (
                  <span>
                    written <Moment at={text.writtenAt} />
                  </span>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">
          No text that you may read links here. In a text, <kbd>@</kbd> and the name make such a link.
        </p>
      )}
      {total > texts.length ? (
        <p className="mt-1 text-xs text-muted">
          The {texts.length} last written of {total}.
        </p>
      ) : null}
    </Section>
  )
}
