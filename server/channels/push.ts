/**
 * Writes to a WebSocket what is encoded and framed already: with many readers, writing is most of what an edit costs.
 */
import type { Socket as Wire } from 'node:net'
import type { Socket } from 'socket.io'
import { DirectWriter } from './direct-writer'

/** What waits for one connection. Beyond it, its reader is too slow: it comes back and reads the rest by its seq. */
export const WAITING = { frames: 1000, bytes: 8 * 1024 * 1024 } as const

/** The parts of Engine.IO's connection and of its WebSocket that their types keep to themselves; each uses them alike. */
type RawConnection = {
  /** Packets that wait until the one before was written. */
  writeBuffer: unknown[]
  transport: { socket: RawSocket }
  write(message: Buffer, options: { compress: boolean; wsPreEncodedFrame: [Buffer] }): void
  close(discard: boolean): void
}
type RawSocket = {
  readyState: number
  /** Bytes that the operating system has not taken yet. */
  bufferedAmount: number
  _socket: Wire
  _sender: { sendFrame(frame: [Buffer]): void }
}
const OPEN = 1

/**
 * One reader's connection. What it needs stands in one object: between two edits the objects of hundreds of connections
 * have left the processor's cache, and fetching them costs as much as the call that writes.
 */
export class Pusher extends DirectWriter {
  readonly #connection: RawConnection
  readonly #raw: RawSocket
  readonly #dropped: () => void

  /** When the reader is too slow, its connection is ended; `dropped` counts. */
  constructor(socket: Socket, dropped: () => void) {
    const connection = socket.conn as unknown as RawConnection
    super(connection.transport.socket._socket)
    this.#connection = connection
    this.#raw = connection.transport.socket
    this.#dropped = dropped
  }

  /** Writes a framed message. */
  push(message: Buffer): void {
    const connection = this.#connection
    const raw = this.#raw
    if (connection.writeBuffer.length === 0 && raw.readyState === OPEN) {
      // What Engine.IO sent before is with the socket already: the order holds, and its own events are spared.
      const written = this.offer(message)
      if (written === message.length) return
      if (raw.bufferedAmount > WAITING.bytes) this.#drop()
      else raw._sender.sendFrame([message.subarray(written)])
    } else if (connection.writeBuffer.length > WAITING.frames || raw.bufferedAmount > WAITING.bytes) {
      this.#drop()
    } else {
      connection.write(message, { compress: false, wsPreEncodedFrame: [message] })
    }
  }

  #drop(): void {
    this.#dropped()
    // Not by a packet, which would wait behind the others.
    this.#connection.close(true)
  }
}
