import type { Socket } from 'node:net'
import type WebSocket from 'ws'

/** So often a connection that nobody looks at is read. ms. */
const EVERY_MS = 40

/** The stream's own pause goes on reading into its buffer. */
type Handle = { readStart(): void; readStop(): void }

/**
 * What comes on this connection is taken off the wire 25 times a second and thrown away: of hundreds of readers one
 * says when frames come. The others stand for people at machines of their own, whose reading may cost neither the load,
 * which would send and note late, nor the server's core, which would wake the load for each frame.
 */
export function sink(socket: WebSocket): void {
  const { _socket: wire } = socket as unknown as { _socket: Socket & { _handle: Handle | null } }
  wire.removeAllListeners('data')
  wire.on('data', () => wire._handle?.readStop())
  const reading = setInterval(() => wire._handle?.readStart(), EVERY_MS)
  wire.once('close', () => clearInterval(reading))
}
