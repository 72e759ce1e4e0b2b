/**
 * Frames for everybody in a channel on this node. Each is encoded and framed once, as one buffer that every socket
 * writes as it is: with many readers, writing is most of what an edit costs.
 */
import type { Server, Socket } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import type { ServerEvents } from '../../app/domain/channel-protocol'

/** What waits for one connection. Beyond it, its reader is too slow: it comes back and reads the rest by its seq. */
export const WAITING = { frames: 1000, bytes: 8 * 1024 * 1024 } as const

const EVENT = 2
const encoder = new parser.Encoder()

/** Of a WebSocket frame (RFC 6455, 5.2): the last of its message, binary. */
const FINAL_BINARY = 0x82

/** An unmasked WebSocket frame around a message. */
export function framed(message: Buffer): Buffer {
  const { length } = message
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + size + length)
  frame[0] = FINAL_BINARY
  frame[1] = size === 0 ? length : size === 2 ? 126 : 127
  if (size === 2) frame.writeUInt16BE(length, 2)
  else if (size === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  message.copy(frame, 2 + size)
  return frame
}

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

/** Tells everybody in a room. A connection whose reader is too slow is ended instead; `dropped` counts it. */
export function broadcast<E extends 'entries' | 'people' | 'changed'>(
  io: Server,
  room: string,
  event: E,
  frame: Parameters<ServerEvents[E]>[0],
  dropped: () => void,
): void {
  const { adapter, sockets } = io.of('/')
  const ids = adapter.rooms.get(room)
  if (!ids?.size) return
  // Typed as one buffer; it is a list of one.
  const [message] = encoder.encode({ type: EVENT, data: [event, frame], nsp: '/' }) as unknown as [Buffer]
  const whole: [Buffer] = [framed(message)]
  for (const id of ids) {
    const socket = sockets.get(id)
    if (!socket) continue
    const connection = socket.conn as unknown as RawConnection
    const raw = connection.transport.socket
    if (connection.writeBuffer.length > WAITING.frames || raw.bufferedAmount > WAITING.bytes) {
      end(socket, dropped)
    } else if (connection.writeBuffer.length === 0 && raw.readyState === OPEN) {
      // What Engine.IO sent before is with the socket already: the order holds, and its own events are spared.
      raw._sender.sendFrame(whole)
    } else {
      connection.write(message, { compress: false, wsPreEncodedFrame: whole })
    }
  }
}

function end(socket: Socket, dropped: () => void): void {
  dropped()
  // Not by a packet, which would wait behind the others.
  socket.conn.close(true)
}
