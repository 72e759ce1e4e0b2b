/** What the engine offers the rest of the server, and what it asks of it. */
import type { ChannelAccess, EntryTuple } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'
import type { Transaction } from '../../db/connection'

/** Under whose name an entry stands. */
export type Author = { userId: string; organizationId: string }

/**
 * Who a session is and what they may do in a channel, now. Null when the session ended, or the channel does not
 * exist, or is not open to them: the engine answers the same.
 */
export type ResolveAccess = (
  sessionId: string,
  channelId: string,
) => Promise<{ actor: Actor; access: ChannelAccess } | null>

/** Who holds the session cookie of a socket's handshake; null: the connection is refused. */
export type ResolveSession = (headers: Record<string, string | string[] | undefined>) => Promise<Actor | null>

export type ChannelState = {
  /** The head up to which `data` reads. */
  seq: number
  /** The fold of entries 1 … seq: one Yjs update. */
  data: Uint8Array
}

export interface Channels {
  /** The state of a channel from snapshot and tail, read in the database; null when there is no such channel. */
  load(channelId: string): Promise<ChannelState | null>
  /** Writes the state of the log so far as the snapshot that a newcomer gets. Rejects where it cannot be read. */
  freshen(channelId: string): Promise<void>
  /** Appends for a verb of the server (an import, a restore). Resolves with the seq once committed and published. */
  append(author: Author, channelId: string, data: Uint8Array): Promise<number>
  /**
   * Tells everybody in a channel, on every node, what a verb committed to its log in a transaction of its own: an event
   * and what follows from it are stored together or not at all.
   */
  tell(channelId: string, entries: EntryTuple[]): void
  /** Called after a commit, once per channel in it. */
  onCommitted(listener: (channelId: string, head: number) => void): void
  /** A right may have changed: everybody in the channel is asked again at once, on every node. */
  recheckChannel(channelId: string): Promise<void>
  /** A session ended or a membership changed: its sockets are asked again at once, on every node. */
  recheckUser(userId: string): Promise<void>
  /** Something beside the text changed, as its comments: every open page of it asks for what it may see, on every node. */
  tellChanged(channelId: string): Promise<void>
  /** No new entries; resolves when what was accepted is committed, acknowledged and published. */
  close(): Promise<void>
}

/** Creates a channel in the caller's transaction, with its first entry where there is one. */
export type CreateChannel = (
  tx: Transaction,
  channel: { id: string; kind: 'document' | 'session' | 'inbox'; author: Author; first?: Uint8Array },
) => Promise<void>
