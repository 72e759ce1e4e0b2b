import { useEffect, useState, useSyncExternalStore } from 'react'
import { tabConnection } from '../collab/tab'
import { type Room, SessionClient } from './session-client'

const CONNECTING: Room = { state: null, live: 'connecting', people: [], ahead: 0, heardAt: 0, seq: 0 }
const never = () => () => {}
const connecting = () => CONNECTING

/** The session as it is at this moment, for as long as the component is mounted. */
export function useRoom(sessionId: string, account: string): Room {
  const [client, setClient] = useState<SessionClient | null>(null)
  useEffect(() => {
    const opened = new SessionClient(tabConnection(account), sessionId)
    setClient(opened)
    return () => {
      setClient(null)
      opened.close()
    }
  }, [sessionId, account])
  return useSyncExternalStore(client?.room.subscribe ?? never, client?.room.get ?? connecting, connecting)
}

/** The server's instant in ms, ticking while `runs`. `ahead`: the server's clock less this browser's. */
export function useServerNow(ahead: number, runs: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [runs])
  return now + ahead
}
