/** A session's folded state as bytes: what somebody who comes gets, and the events after it. */
import { EMPTY_SESSION, type SessionState } from './model'

export const packState = (state: SessionState): Uint8Array => new TextEncoder().encode(JSON.stringify(state))

/** What `packState` made, by this version or an earlier one: parts that it did not know are empty. */
export function unpackState(data: Uint8Array): SessionState {
  const read: Partial<SessionState> = JSON.parse(new TextDecoder().decode(data))
  return { ...EMPTY_SESSION, ...read }
}
