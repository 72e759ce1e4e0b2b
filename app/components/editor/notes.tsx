import type { Access, OpenDocument, Status } from '../../collab/document-types'
import { Button } from '../ui/button'
import { classNames } from '../ui/class-names'

const NOTE = 'mt-3 border border-l-4 px-3 py-2 text-sm'

const WHY: Record<'comment' | 'read', string> = {
  comment: 'You may read and comment on this text, not write it.',
  read: 'You may read this text.',
}

/** What a writer must know beside the state: why it is read only, what was not accepted. */
export function Notes({
  status,
  access,
  document,
  reopen,
  whoWrites = 'Whoever leads it decides who writes.',
}: {
  status: Status
  access: Access
  document: OpenDocument
  reopen: () => void
  /** Said to whoever does not. */
  whoWrites?: string
}) {
  if (status.state === 'closed') {
    const unsent = status.pending + (status.refused?.count ?? 0)
    return (
      <p role="alert" className={classNames(NOTE, 'border-red bg-red-wash')}>
        {status.reason ?? 'This document is not open to you any more.'}
        {unsent
          ? ` ${unsent === 1 ? 'One of your changes was' : `${unsent} of your changes were`} not sent; kept in this browser.`
          : ''}
        {status.aside ? ` ${asideWords(status.aside)}` : ''}
      </p>
    )
  }
  if (status.refused) return <Refused refused={status.refused} document={document} reopen={reopen} />
  if (status.aside) return <KeptAside aside={status.aside} document={document} reopen={reopen} />
  if (status.synced && (access === 'comment' || access === 'read')) {
    return (
      <p role="status" className={classNames(NOTE, 'border-line bg-well')}>
        {WHY[access]} {whoWrites}
      </p>
    )
  }
  return null
}

function Refused({
  refused: { count, reason },
  document,
  reopen,
}: {
  refused: NonNullable<Status['refused']>
  document: OpenDocument
  reopen: () => void
}) {
  const [were, them] =
    count === 1 ? ['One of your changes was', 'it'] : [`${count} of your changes were`, 'them']
  return (
    <div role="alert" className={classNames(NOTE, 'border-red bg-red-wash')}>
      <p>
        {were} not accepted: {reason} What you see below includes {them}: copy what you need, then go on
        without.
      </p>
      <Button
        type="button"
        size="sm"
        variant="danger"
        className="mt-2"
        onClick={() => {
          void document.dropRefused().then(() => {
            document.close()
            reopen()
          })
        }}
      >
        Go on without {them}
      </Button>
    </div>
  )
}

function asideWords({ count, lead }: NonNullable<Status['aside']>): string {
  const what =
    count === 1
      ? 'One change that you made came after your right to write here ended: it was'
      : `${count} changes that you made came after your right to write here ended: they were`
  const who = lead ? `a head of the delegation of ${lead}` : 'a head of the delegation that leads the text'
  return `${what} kept aside for ${who} to decide.`
}

function KeptAside({
  aside,
  document,
  reopen,
}: {
  aside: NonNullable<Status['aside']>
  document: OpenDocument
  reopen: () => void
}) {
  return (
    <div role="status" className={classNames(NOTE, 'border-ochre bg-well')}>
      <p>{asideWords(aside)} What you see below may still include it.</p>
      <Button
        type="button"
        size="sm"
        className="mt-2"
        onClick={() => {
          document.close()
          reopen()
        }}
      >
        Show the text without it
      </Button>
    </div>
  )
}
