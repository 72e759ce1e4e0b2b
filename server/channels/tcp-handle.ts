import type { Socket } from 'node:net'

/** What Node keeps below a TCP connection, or one through a file; its types leave it out. */
export type TcpHandle = {
  /** −1 where the system has no such number. */
  readonly fd: number
  readonly bytesRead: number
  /** Called after each read. */
  onread: (this: TcpHandle, ...args: unknown[]) => unknown
  reading: boolean
  readStop(): number
  useUserBuffer(bytes: Uint8Array): void
}

/** What is read of the connection from now on stands in these bytes; they must live as long as it does. */
export const readInto = (handle: TcpHandle, bytes: Uint8Array): void => handle.useUserBuffer(bytes)

type Raw = { _handle: (TcpHandle & { constructor: { name: string } }) | null }

const PLAIN: readonly string[] = ['TCP', 'Pipe']

/**
 * Null when the connection is closed, or of another kind: under TLS these bytes are not the connection's. And where Node
 * keeps something else by then.
 */
export function tcpHandle(wire: Socket): TcpHandle | null {
  const { _handle: handle } = wire as unknown as Raw
  return handle && PLAIN.includes(handle.constructor.name) && typeof handle.useUserBuffer === 'function'
    ? handle
    : null
}

/** Whether it is the connection's still: without it the connection is closed, and its number may be another's by now. */
export const isItsHandle = (wire: Socket, handle: TcpHandle | null): boolean =>
  (wire as unknown as Raw)._handle === handle
