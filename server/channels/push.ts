/**
 * Writes to a WebSocket what is encoded and framed already: with many readers, writing is most of what an edit costs.
 */
import type { Socket } from 'socket.io'

/** What waits for one connection. Beyond it, its reader is too slow: it comes back and reads the rest by its seq. */
export const WAITING = { frames: 1000, bytes: 8 * 1024 * 1024 } as const

/** The parts of Engine.IO's connection and of its WebSocket that their types keep to themselves; each uses them alike. */
type RawConnection = {
  /** Packets that wait until the one before was written. */
  writeBuffer: unknown[]
  transport: { socket: RawSocket }
  write(message: Buffer, options: { compress: boolean; wsPreEncodedFrame: [Buffer] }): void
}
type RawSocket = {
  readyState: number
  /** Bytes that the operating system has not taken yet. */
  bufferedAmount: number
  _sender: { sendFrame(frame: [Buffer]): void }
}
const OPEN = 1

/** Gives what writes a framed message to a socket. When its reader is too slow it is ended instead; `dropped` counts. */
export function pushTo(socket: Socket, dropped: () => void): (message: Buffer) => void {
  const connection = socket.conn as unknown as RawConnection
  const raw = connection.transport.socket
  return (message) => {
    if (connection.writeBuffer.length > WAITING.frames || raw.bufferedAmount > WAITING.bytes) {
      dropped()
      // Not by a packet, which would wait behind the others.
      socket.conn.close(true)
    } else if (connection.writeBuffer.length === 0 && raw.readyState === OPEN) {
      // What Engine.IO sent before is with the socket already: the order holds, and its own events are spared.
      raw._sender.sendFrame([message])
    } else {
      connection.write(message, { compress: false, wsPreEncodedFrame: [message] })
    }
  }
}
