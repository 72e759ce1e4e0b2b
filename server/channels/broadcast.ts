/**
 * Frames for everybody in a channel on this node. Each is encoded and framed once, as one buffer that every socket
 * writes as it is: with many readers, writing is most of what an edit costs.
 */
import type { Server, Socket } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import type { ServerEvents } from '../../app/domain/channel-protocol'

/** What waits for one connection. Beyond it, its reader is too slow: it comes back and reads the rest by its seq. */
export const WAITING = { frames: 1000, bytes: 8 * 1024 * 1024 } as const
/** So few are not worth counting. */
const FEW_FRAMES = 16

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

/** The parts of Engine.IO's connection that its types keep to itself; Socket.IO's own adapter uses them alike. */
type RawConnection = {
  writeBuffer: { data?: unknown }[]
  write(message: Buffer, options: { compress: boolean; wsPreEncodedFrame: [Buffer] }): void
}

/** Tells everybody in a room. A connection whose reader is too slow is ended instead; `dropped` counts it. */
export function broadcast<E extends 'entries' | 'people'>(
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
  const options = { compress: false, wsPreEncodedFrame: [framed(message)] as [Buffer] }
  for (const id of ids) {
    const socket = sockets.get(id)
    if (!socket) continue
    const connection = socket.conn as unknown as RawConnection
    if (isTooSlow(connection)) end(socket, dropped)
    else connection.write(message, options)
  }
}

function isTooSlow({ writeBuffer }: RawConnection): boolean {
  if (writeBuffer.length < FEW_FRAMES) return false
  if (writeBuffer.length > WAITING.frames) return true
  let bytes = 0
  for (const { data } of writeBuffer) if (data instanceof Uint8Array) bytes += data.length
  return bytes > WAITING.bytes
}

function end(socket: Socket, dropped: () => void): void {
  dropped()
  // Not by a packet, which would wait behind the others.
  socket.conn.close(true)
}
