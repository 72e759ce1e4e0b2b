/** For the frame around every page; loads next to nothing while there is nothing to send. */
import { useEffect } from 'react'
import { sendUnsent } from './unsent-work'

/**
 * Sends what the account wrote offline in tabs that are closed by now, from whatever page it comes back to.
 * @param account the signed-in person's user id; null for nobody
 */
export function useSendUnsent(account: string | null): void {
  useEffect(() => {
    if (!account) return
    const send = () => void sendUnsent(account)
    send()
    window.addEventListener('online', send)
    return () => window.removeEventListener('online', send)
  }, [account])
}
