import { ownHand } from '../../domain/session/hall'
import { Button } from '../ui/button'
import { TextArea } from '../ui/field'
import { ActButton } from './act-button'
import { Clock } from './clock'
import { useRoomView } from './room-context'

/** What one's hand asks for more than a press: the floor that one has, or a point of order while the list is closed. */
export function HandSheet({ onDone }: { onDone: () => void }) {
  const { state, who, ahead, ask } = useRoomView()
  const hand = ownHand(state, who.delegationId)
  if (hand.is === 'speaking' && state.floor)
    return (
      <div className="space-y-4">
        <Clock speech={state.floor} ahead={ahead} className="text-3xl font-semibold" />
        <div>
          <ActButton act={{ act: 'end_speech' }} variant="primary" size="md" onDone={onDone}>
            End your statement
          </ActButton>
        </div>
      </div>
    )
  if (hand.is === 'raised')
    return (
      <p>
        Your hand is raised.{' '}
        {hand.place === 1 ? 'You speak next.' : `You are ${hand.place} of ${state.hands.length}.`}
      </p>
    )
  return (
    <form
      className="space-y-3"
      onSubmit={async (event) => {
        event.preventDefault()
        const reason = String(new FormData(event.currentTarget).get('reason') ?? '')
        if ((await ask({ act: 'raise_hand', kind: 'point_of_order', reason })).ok) onDone()
      }}
    >
      <p className="text-sm text-muted">A point of order still gets through.</p>
      <TextArea
        label="What it is"
        name="reason"
        hint="The chair reads it; nobody else."
        rows={3}
        required
        minLength={3}
        maxLength={500}
        data-autofocus
      />
      <Button variant="primary">Point of order</Button>
    </form>
  )
}
