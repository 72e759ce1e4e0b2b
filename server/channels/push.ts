/**
 * Writes to a WebSocket what is encoded and framed already: with many readers, writing is most of what an edit costs.
 */
import { writeSync } from 'node:fs'
import type { Socket as Wire } from 'node:net'
import type { Socket } from 'socket.io'
import { isItsHandle, tcpHandle } from './tcp-handle'

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
  _socket: Wire
  _sender: { sendFrame(frame: [Buffer]): void }
}
const OPEN = 1

/** Gives what writes a framed message to a socket. When its reader is too slow it is ended instead; `dropped` counts. */
export function pushTo(socket: Socket, dropped: () => void): (message: Buffer) => void {
  const connection = socket.conn as unknown as RawConnection
  const raw = connection.transport.socket
  const write = writeTo(raw)
  return (message) => {
    if (connection.writeBuffer.length > WAITING.frames || raw.bufferedAmount > WAITING.bytes) {
      dropped()
      // Not by a packet, which would wait behind the others.
      socket.conn.close(true)
    } else if (connection.writeBuffer.length === 0 && raw.readyState === OPEN) {
      // What Engine.IO sent before is with the socket already: the order holds, and its own events are spared.
      write(message)
    } else {
      connection.write(message, { compress: false, wsPreEncodedFrame: [message] })
    }
  }
}

/**
 * Offers a message to the operating system, which mostly takes it whole: the stream's bookkeeping for a write that may
 * take longer costs half as much as the write. What it does not take waits in the stream, as always.
 */
function writeTo({ _socket: wire, _sender: sender }: RawSocket): (message: Buffer) => void {
  const handle = tcpHandle(wire)
  const fd = handle?.fd ?? -1
  if (!handle || fd < 0) return (message) => sender.sendFrame([message])
  return (message) => {
    let written = 0
    if (wire.writableLength === 0 && isItsHandle(wire, handle)) {
      try {
        written = writeSync(fd, message)
      } catch {
        // Nothing is taken now, or nothing any more: the stream knows what follows from that.
      }
    }
    if (written < message.length) sender.sendFrame([message.subarray(written)])
  }
}
