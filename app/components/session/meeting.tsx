import { nameOf } from '../../domain/session/present'
import { ActButton } from './act-button'
import { ReasonForm } from './reason-form'
import { useRoomView } from './room-context'

/** Opening, suspending, closing, and taking the chair. */
export function MeetingActs() {
  const { state } = useRoomView()
  return (
    <>
      <ActButton act={{ act: 'announce' }} variant="primary" size="md">
        Announce
      </ActButton>
      <ActButton act={{ act: 'open' }} variant="primary" size="md">
        Open the session
      </ActButton>
      <ActButton act={{ act: 'resume' }} variant="primary" size="md">
        Resume
      </ActButton>
      {state.status === 'open' ? (
        <ReasonForm
          trigger="Suspend"
          title="Suspend the session"
          label="Why, and until when"
          act={(reason) => ({ act: 'suspend', reason })}
        />
      ) : null}
      <ActButton act={{ act: 'close' }}>Close the session</ActButton>
      <ActButton act={{ act: 'draft_minutes' }} variant="primary" size="md">
        Draft the minutes
      </ActButton>
      <ActButton act={{ act: 'preside' }} variant="secondary">
        Take the chair from {nameOf(state, state.presiding)}
      </ActButton>
    </>
  )
}
