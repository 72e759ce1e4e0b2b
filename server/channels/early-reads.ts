/**
 * Reads connections into memory that all of them share. Node gives each read 64 KB of its own and several objects, which
 * for a frame of a hundred bytes costs more than everything that is done with it.
 */
import type { Socket } from 'node:net'
import { readInto, type TcpHandle, tcpHandle } from './tcp-handle'

const shared = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * Shows `take` what a connection reads before anybody else gets it. It says how many bytes it has used; they are others'
 * when it returns. The rest comes as the connection's data, as always, and so does everything where Node has no such
 * handle (TLS, another system).
 */
export function readEarly(wire: Socket, take: (bytes: Buffer) => number): void {
  const handle = tcpHandle(wire)
  if (!handle) return
  const { onread } = handle
  let before = handle.bytesRead
  readInto(handle, shared)
  handle.onread = function (this: TcpHandle, ...args) {
    const length = this.bytesRead - before
    // The end, or an error.
    if (length <= 0) return onread.apply(this, args)
    before += length
    const bytes = shared.subarray(0, length)
    const isFree = wire.readableFlowing === true && wire.readableLength === 0
    const used = isFree ? take(bytes) : 0
    if (used === length || wire.destroyed || wire.push(Buffer.from(bytes.subarray(used)))) return
    this.reading = false
    this.readStop()
  }
}
