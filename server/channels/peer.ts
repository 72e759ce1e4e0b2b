/** The other end of a connection, as the engine sees it: a socket, or a test. */
import type { AccessFrame, EntriesFrame, RefusedFrame } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'

export interface Peer {
  /** Who the session says it is; read by the server when the connection was made. */
  readonly actor: Actor
  entries(frame: EntriesFrame): void
  refused(frame: RefusedFrame): void
  access(frame: AccessFrame): void
  /** A frame for many, encoded and framed once: the same bytes for each. */
  push(message: Buffer): void
  /** Whether the session still stands. Rejects when nobody can say. */
  signedIn(): Promise<boolean>
  disconnect(): void
  /** It sends too much: nothing more is read of it for a moment. */
  pause(): void
}
