/** Makes a connection that sends too much wait: what it sends stays on its side, and nobody here works for it. */
import type { Socket } from 'socket.io'

/** So long nothing is read of it. What had been read by then is answered as always. ms. */
export const PAUSE_MS = 100

/** The WebSocket below Engine.IO's transport, which its types keep to themselves. */
type RawSocket = { pause(): void; resume(): void }

/** Gives what stops the reading of a socket for a moment; while it is stopped, asking again changes nothing. */
export function throttle(socket: Socket): () => void {
  const { socket: raw } = socket.conn.transport as unknown as { socket: RawSocket }
  let isPaused = false
  return () => {
    if (isPaused) return
    isPaused = true
    raw.pause()
    setTimeout(() => {
      isPaused = false
      raw.resume()
    }, PAUSE_MS)
  }
}
