import { writeSync } from 'node:fs'
import type { Socket } from 'node:net'
import { isItsHandle, type TcpHandle, tcpHandle } from './tcp-handle'

/**
 * Offers bytes to the operating system, which mostly takes them whole: the stream's bookkeeping for a write that may
 * take longer costs half as much as the write.
 */
export class DirectWriter {
  readonly #wire: Socket
  readonly #handle: TcpHandle | null
  readonly #fd: number

  constructor(wire: Socket) {
    this.#wire = wire
    this.#handle = tcpHandle(wire)
    this.#fd = this.#handle?.fd ?? -1
  }

  /**
   * Gives how many bytes were taken: none while something waits in the connection's stream. The rest is the caller's to
   * put there; the stream knows what it means when nothing is taken any more.
   */
  offer(bytes: Buffer): number {
    const wire = this.#wire
    if (this.#fd < 0 || wire.writableLength > 0 || !isItsHandle(wire, this.#handle)) return 0
    try {
      return writeSync(this.#fd, bytes)
    } catch {
      return 0
    }
  }
}
