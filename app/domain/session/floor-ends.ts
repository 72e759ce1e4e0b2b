import type { EventBody } from './events'
import type { SessionState } from './model'

/** Whoever has the floor, and whoever was interrupted, has spoken. */
export function endOfSpeeches(state: SessionState): EventBody[] {
  const ends: EventBody[] = []
  if (state.floor) ends.push({ is: 'speech_ended' })
  if (state.interrupted) ends.push({ is: 'speech_ended' })
  return ends
}
