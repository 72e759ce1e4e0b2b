/** What a channel needs of the tab's connection: a socket in the browser, a pair of queues in a test. */
import type {
  AccessFrame,
  AppendFrame,
  ChangedFrame,
  EntriesFrame,
  JoinFrame,
  JoinReply,
  PeopleFrame,
  PresenceFrame,
  RefusedFrame,
} from '../domain/channel-protocol'
import type { Snapshot } from './fetch-snapshot'

/**
 * - `connecting`: nothing is known yet
 * - `connected`
 * - `lost`: no answer; it is tried again by itself
 * - `signed out`: the server does not know the session any more; it is tried again, seldom
 */
export type WireState = 'connecting' | 'connected' | 'lost' | 'signed out'

/** One channel's end of the connection. Frames that come for the channel are handed to it. */
export interface Receiver {
  wireChanged(state: WireState): void
  entries(frame: EntriesFrame): void
  refused(frame: RefusedFrame): void
  people(frame: PeopleFrame): void
  access(frame: AccessFrame): void
  /** For those who show something beside the entries. */
  changed?(frame: ChangedFrame): void
}

export interface Wire {
  readonly state: WireState
  /** When the server was last heard of, by the browser's clock, in ms; 0: never. */
  readonly heardAt: number
  /** At most one receiver a channel. Gives what ends it. */
  attach(channel: string, receiver: Receiver): () => void
  /** `reply` is never called when the connection breaks before the answer. */
  join(frame: JoinFrame, reply: (answer: JoinReply) => void): void
  append(frame: AppendFrame): void
  presence(frame: PresenceFrame): void
  leave(channel: string): void
  /** A snapshot that was too long for the answer to a join. Null when it is not there, or not open. */
  snapshot(channel: string, signal: AbortSignal): Promise<Snapshot | null>
}
