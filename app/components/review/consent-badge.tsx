import { CONSENT_STATE_LABEL, type ConsentState } from '../../domain/host-consent'
import { Badge, type Tone } from '../ui/badge'

const TONE: Record<ConsentState, Tone> = {
  not_required: 'neutral',
  requested: 'ochre',
  given: 'green',
  refused: 'red',
  withdrawn: 'red',
}

/** `state` null: it is required and was not asked for. */
export const ConsentBadge = ({ state }: { state: ConsentState | null }) =>
  state === null ? (
    <Badge tone="ochre">Not asked for yet</Badge>
  ) : (
    <Badge tone={TONE[state]}>{CONSENT_STATE_LABEL[state]}</Badge>
  )
