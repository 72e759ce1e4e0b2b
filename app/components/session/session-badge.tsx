import { SESSION_STATUS_LABEL, type SessionStatus } from '../../domain/session/model'
import { Badge, type Tone } from '../ui/badge'

const TONE: Record<SessionStatus, Tone> = {
  draft: 'neutral',
  announced: 'accent',
  open: 'green',
  suspended: 'ochre',
  closed: 'neutral',
  minutes_draft: 'ochre',
  minutes_approved: 'green',
}

export const SessionBadge = ({ status }: { status: SessionStatus }) => (
  <Badge tone={TONE[status]}>{SESSION_STATUS_LABEL[status]}</Badge>
)
