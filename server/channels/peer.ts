/** The other end of a connection, as the engine sees it: a socket, or a test. */
import type {
  AccessFrame,
  ChangedFrame,
  EntriesFrame,
  PeopleFrame,
  RefusedFrame,
} from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'

export interface Peer {
  /** Who the session says it is; read by the server when the connection was made. */
  readonly actor: Actor
  entries(frame: EntriesFrame): void
  refused(frame: RefusedFrame): void
  access(frame: AccessFrame): void
  /** From now on, frames for the channel reach this peer. */
  enter(channelId: string): void
  exit(channelId: string): void
  /** Whether the session still stands. Rejects when nobody can say. */
  signedIn(): Promise<boolean>
  disconnect(): void
}

/** Reaches everybody on this node who entered the frame's channel. */
export interface Outlet {
  entries(frame: EntriesFrame): void
  people(frame: PeopleFrame): void
  changed(frame: ChangedFrame): void
}
