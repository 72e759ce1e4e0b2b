import { createContext, useContext } from 'react'
import type { SessionActInput } from '../../domain/session/acts'
import type { Who } from '../../domain/session/decide-types'
import type { SessionState } from '../../domain/session/model'
import type { Answer } from '../../live/ask'

/** What every part of a room sees and can do. */
export type RoomView = {
  sessionId: string
  state: SessionState
  who: Who
  /** The server's clock less this browser's, in ms. */
  ahead: number
  /** Asks for an act; a refusal is shown. */
  ask: (act: SessionActInput) => Promise<Answer>
  /** Why an act would be refused now; null when it would be done. */
  refusal: (act: SessionActInput) => string | null
}

const Context = createContext<RoomView | null>(null)
export const RoomProvider = Context.Provider

export function useRoomView(): RoomView {
  const view = useContext(Context)
  if (!view) throw new Error('a part of a room stands outside of one')
  return view
}
