import { Check, CircleAlert, CloudOff, Loader, Lock } from 'lucide-react'
import type { Status } from '../../collab/document-types'
import { classNames } from '../ui/class-names'
import { formatMoment } from '../ui/date-format'

const changes = (count: number) => (count === 1 ? '1 change' : `${count} changes`)

/** The words: "Saved" is said only when everything is committed to the portal's database. */
export function saveWords({ state, pending, kept, refused }: Status): string {
  switch (state) {
    case 'connecting':
      return 'Connecting…'
    case 'saved':
      return 'Saved'
    case 'saving':
      return 'Saving…'
    case 'offline':
      return pending === 0
        ? 'Offline'
        : `Offline, ${changes(pending)} kept ${kept === 'browser' ? 'here' : 'in this tab only'}`
    case 'refused':
      return `Not saved: ${changes(refused?.count ?? pending)}`
    case 'closed':
      return 'Closed'
  }
}

const LOOK = {
  connecting: { Icon: Loader, tone: 'text-muted' },
  saved: { Icon: Check, tone: 'text-green' },
  saving: { Icon: Loader, tone: 'text-muted' },
  offline: { Icon: CloudOff, tone: 'text-ochre' },
  refused: { Icon: CircleAlert, tone: 'text-red' },
  closed: { Icon: Lock, tone: 'text-muted' },
} as const

export function SaveIndicator({ status }: { status: Status }) {
  const { Icon, tone } = LOOK[status.state]
  const last = status.lastSavedAt ? `Last saved ${formatMoment(new Date(status.lastSavedAt))}` : undefined
  return (
    <p
      role="status"
      title={status.reason ?? last}
      className={classNames('flex items-center gap-1.5 whitespace-nowrap text-sm font-semibold', tone)}
    >
      <Icon aria-hidden="true" className="size-4" />
      {saveWords(status)}
    </p>
  )
}
