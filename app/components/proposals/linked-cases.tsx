import { Link } from '@remix-run/react'
import type { ProposalState } from '../../domain/project-stage'
import { ProposalStateBadge } from '../ui/badge'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { ConfirmForm } from '../ui/dialog'
import { Section } from '../ui/page'

export type LinkedCase = {
  id: string
  title: string
  state: ProposalState
  at: Date | string
  decision: string | null
}

/** The declined case that this one came back from, the one as which it came back, and the way to bring it back. */
export function LinkedCases({
  cameFrom,
  cameBackAs,
  mayBringBack,
}: {
  cameFrom: LinkedCase | null
  cameBackAs: LinkedCase | null
  mayBringBack: boolean
}) {
  if (!cameFrom && !cameBackAs && !mayBringBack) return null
  return (
    <Section title="Before and after">
      {cameFrom ? <CaseLine words="It came back from" one={cameFrom} /> : null}
      {cameBackAs ? <CaseLine words="It came back as" one={cameBackAs} /> : null}
      {mayBringBack ? (
        <ConfirmForm
          trigger={<Button>Bring it back as a new case</Button>}
          title="Bring it back as a new case?"
          confirm="Bring it back"
          variant="primary"
        >
          <p>
            A draft of your delegation begins with the text as it was declined. The two cases are linked; this
            one stays as it is.
          </p>
          <p>
            The delegations that took part are invited anew. Comments and restricted parts do not come along.
          </p>
          <input type="hidden" name="act" value="bring_back" />
        </ConfirmForm>
      ) : null}
    </Section>
  )
}

function CaseLine({ words, one }: { words: string; one: LinkedCase }) {
  return (
    <p className="mb-2 flex flex-wrap items-center gap-x-2 text-sm">
      {words}
      <Link to={`/proposals/${one.id}/case`} className="link font-semibold">
        {one.title}
      </Link>
      <ProposalStateBadge state={one.state} />
      <span className="text-muted">
        begun <Moment at={one.at} />
        {one.decision ? `, ${one.decision}` : ''}
      </span>
    </p>
  )
}
