/** What the engine asks of a store. `test/contracts/log-contract.ts` holds every implementation to it. */
import type { ChannelKind } from './kinds'
import type { Author } from './types'

export type NewEntry = Author & {
  writer: string
  ref: number
  data: Buffer
  /** Yjs client ids that this entry binds to its author. */
  binds: readonly number[]
}

export type LogEntry = {
  seq: number
  writer: string
  ref: number
  userId: string
  data: Buffer
}

/** A snapshot as it is kept: `packed` is gzip of one update, otherwise `data` is the update. */
export type StoredSnapshot = { seq: number; data: Buffer; packed: boolean }

/** Some entries of a channel, from `first` to `last`, in one piece: see `core/span.ts`. */
export type Span = { head: number; first: number; last: number; count: number; data: Buffer }

export type Found = {
  kind: ChannelKind
  head: number
  /** The seq up to which entries were merged: nobody reads them one by one any more. The snapshot reaches further. */
  compacted: number
  /** Where the snapshot stands; `bytes` as it is kept. */
  snapshot: { seq: number; stateVector: Buffer; bytes: number; packed: boolean } | null
}

/** Entries of one channel to be stored at `base + 1 …`, if the log's head is `base`. */
export type Commit = { channelId: string; base: number; entries: readonly NewEntry[] }

export type WriterInLog = {
  /** Null when the writer has written nothing here. */
  userId: string | null
  /** The highest ref committed. */
  highest: number
  /** Every ref up to this one is committed. */
  acked: number
}

export interface Log {
  /** What there is of a channel, without its content; null when there is no such channel. */
  find(channelId: string): Promise<Found | null>

  /**
   * The first entries after a seq that fit into one reply, in order, and the head at that moment. Where the log was
   * compacted further than `after`, the first is not the one that follows it.
   */
  tail(channelId: string, after: number): Promise<{ head: number; entries: LogEntry[] } | null>

  /** What the entries of `tail` hold. Without entries `first` is 0, and `last` is `after`. */
  span(channelId: string, after: number): Promise<Span | null>

  /** The heads of those of the channels that there are. */
  heads(channelIds: readonly string[]): Promise<Map<string, number>>

  /** Whose the Yjs client ids of a channel are. */
  owners(channelId: string): Promise<{ clientId: number; userId: string }[]>

  writer(channelId: string, writer: string): Promise<WriterInLog>

  /** The seqs of those of the keys that are committed, by `writer ref`. */
  seqs(channelId: string, keys: readonly { writer: string; ref: number }[]): Promise<Map<string, number>>

  snapshot(channelId: string): Promise<StoredSnapshot | null>

  /** Keeps a snapshot unless a later one is there. */
  keepSnapshot(
    channelId: string,
    snapshot: { seq: number; data: Uint8Array; packed: boolean; stateVector: Uint8Array; entries: number },
  ): Promise<void>

  /**
   * Stores all entries of those channels whose head is as expected, and nothing of the others, in one transaction:
   * gives for each whether it was stored. When it rejects, it is not known whether anything was.
   */
  commit(commits: readonly Commit[]): Promise<boolean[]>

  close(): Promise<void>
}
