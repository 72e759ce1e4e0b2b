import type { ReactNode } from 'react'
import { HISTORY_PANEL } from '../history/history-address'
import { LinkButton } from '../ui/button'
import { Flag } from '../ui/flag'
import { PageHeader } from '../ui/page'

type Party = { name: string; iso2: string | null }

/** Title, badges, who takes part, and what can be done with a document. */
export function DocumentHeader({
  eyebrow,
  title,
  documentId,
  badges,
  owner,
  grants,
  mayInvite,
  seesHistory = true,
  actions,
}: {
  eyebrow: ReactNode
  title: string
  documentId: string
  badges: ReactNode
  /** Null: nobody leads it, as a text of a session. */
  owner: Party | null
  grants: readonly (Party & { level: string })[]
  mayInvite: boolean
  seesHistory?: boolean
  /** Before the others. */
  actions?: ReactNode
}) {
  const file = (format: string) => `/documents/${documentId}/export?format=${format}`
  return (
    <PageHeader
      eyebrow={eyebrow}
      title={title}
      actions={
        <>
          {actions}
          {/* `download`: a file that cannot be fetched does not take the page with the editor away. */}
          <LinkButton to={file('docx')} reloadDocument download size="sm">
            Word file
          </LinkButton>
          <LinkButton to={file('pdf')} reloadDocument download size="sm">
            PDF
          </LinkButton>
          {seesHistory ? (
            <LinkButton {...HISTORY_PANEL} data-opens-history size="sm">
              History
            </LinkButton>
          ) : null}
          <LinkButton
            to={`/documents/${documentId}/share`}
            size="sm"
            variant={mayInvite ? 'primary' : 'secondary'}
          >
            {mayInvite ? 'Share and settings' : 'Who takes part'}
          </LinkButton>
        </>
      }
    >
      {badges}
      {owner ? <PartyName party={owner} part="leads" /> : null}
      {grants.map((grant) => (
        <PartyName key={grant.name} party={grant} part={PART[grant.level] ?? grant.level} />
      ))}
    </PageHeader>
  )
}

const PART: Record<string, string> = { write: 'writes', comment: 'comments', read: 'reads' }

function PartyName({ party, part }: { party: Party; part: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {party.iso2 ? <Flag iso2={party.iso2} size={16} /> : null}
      {party.name} {part}
    </span>
  )
}
