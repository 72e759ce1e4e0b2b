/**
 * What the load does for each edit, beside what a person's own machine would do: as little as can be, so that neither
 * its sending nor its noting is late while PostgreSQL shares its core. Alike for both servers.
 */
import type { Socket } from 'node:net'
import type WebSocket from 'ws'
import * as ws from 'ws'
import { DirectWriter } from '../../../server/channels/direct-writer'
import { readInto, type TcpHandle } from '../../../server/channels/tcp-handle'

/** So often a connection that nobody looks at is read. ms. */
const EVERY_MS = 100

/** The stream's own pause goes on reading into its buffer. */
type Handle = TcpHandle & { readStart(): void }

const wireOf = (socket: WebSocket) =>
  (socket as unknown as { _socket: Socket & { _handle: Handle | null } })._socket

const BINARY = 2
type Frame = (
  data: Uint8Array,
  options: { fin: true; opcode: number; mask: true; readOnly: true },
) => Buffer[]
/** Its types leave it out. */
const { frame } = (ws as unknown as { Sender: { frame: Frame } }).Sender

/** A client's frame with one whole message, masked as a browser masks it. */
export function framed(message: Uint8Array): Buffer {
  return Buffer.concat(frame(message, { fin: true, opcode: BINARY, mask: true, readOnly: true }))
}

/** Writes frames to an open connection, past the queues of the WebSocket. */
export function writes(socket: WebSocket): (frame: Buffer) => void {
  const wire = wireOf(socket)
  const direct = new DirectWriter(wire)
  return (frame) => {
    const taken = direct.offer(frame)
    if (taken < frame.length) wire.write(frame.subarray(taken))
  }
}

/** What nobody looks at is read into here: memory of its own for each read would have the collector hold up the load. */
const unread = Buffer.allocUnsafeSlow(64 * 1024)

/** The connections that nobody looks at. */
const quiet = new Set<Socket & { _handle: Handle | null }>()

/**
 * What comes on this connection is taken off the wire ten times a second and thrown away: of hundreds of readers one
 * says when frames come. The others stand for people at machines of their own, whose reading may cost neither the load,
 * which would send and note late, nor the server's core, which would wake the load for each frame.
 */
export function sink(socket: WebSocket): void {
  const wire = wireOf(socket)
  const handle = wire._handle
  if (!handle) return
  readInto(handle, unread)
  handle.onread = () => void handle.readStop()
  quiet.add(wire)
  wire.once('close', () => quiet.delete(wire))
}

let turn = quiet.values()
let readUntil = performance.now()

/** In turns, a few at a time: timers of their own would come to fire all together, and hold up what is sent and noted. */
function readSome(): void {
  const now = performance.now()
  const due = Math.floor(((now - readUntil) * quiet.size) / EVERY_MS)
  if (due === 0) return
  readUntil = now
  for (let nth = 0; nth < Math.min(due, quiet.size); nth++) {
    let next = turn.next()
    if (next.done) {
      turn = quiet.values()
      next = turn.next()
    }
    next.value?._handle?.readStart()
  }
}

setInterval(readSome, 1).unref()
