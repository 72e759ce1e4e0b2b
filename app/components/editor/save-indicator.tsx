import { Check, CircleAlert, CloudOff, Inbox, Loader, Lock } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Status } from '../../collab/document-types'
import { classNames } from '../ui/class-names'
import { formatMoment } from '../ui/date-format'
import { saveWords } from './save-words'

const LOOK = {
  connecting: { Icon: Loader, tone: 'text-muted' },
  saved: { Icon: Check, tone: 'text-green' },
  saving: { Icon: Loader, tone: 'text-muted' },
  offline: { Icon: CloudOff, tone: 'text-ochre' },
  refused: { Icon: CircleAlert, tone: 'text-red' },
  aside: { Icon: Inbox, tone: 'text-ochre' },
  closed: { Icon: Lock, tone: 'text-muted' },
} as const

export function SaveIndicator({ status }: { status: Status }) {
  const { Icon, tone } = LOOK[status.state]
  const last = status.lastSavedAt ? `Last saved ${formatMoment(new Date(status.lastSavedAt))}` : undefined
  const before = useRef(status.state)
  useEffect(() => {
    before.current = status.state
  })
  // Saving and saved take turns with every word: to have each read out would drown the writing. What is new is said.
  const calm = [before.current, status.state].every((state) => state === 'saving' || state === 'saved')
  return (
    <p
      role="status"
      aria-live={calm ? 'off' : 'polite'}
      title={[status.reason, last].filter(Boolean).join(' · ') || undefined}
      className={classNames('flex items-center gap-1.5 whitespace-nowrap text-sm font-semibold', tone)}
    >
      <Icon aria-hidden="true" className="size-4" />
      {saveWords(status)}
    </p>
  )
}
