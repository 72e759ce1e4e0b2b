/**
 * The frames between a browser and the engine: one schema for both sides. `server/channels/PROTOCOL.md` says
 * what they mean and in which order they may come.
 */
import { z } from 'zod'
import { MAX_CHANNEL_NAME, MAX_ITEMS, WRITER_NAME } from './channel-limits'

export { MAX_ENTRY_BYTES, MAX_PRESENCE_BYTES, SOCKET_PATH } from './channel-limits'

const channelId = z.string().min(1).max(MAX_CHANNEL_NAME)
const writerId = z.string().regex(WRITER_NAME, 'writer is 8 to 64 letters, digits, - or _')
const seq = z.number().int().min(0)
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'not bytes')

/** What a person may do in a channel. */
export const CHANNEL_ACCESS = ['write', 'comment', 'read'] as const
export type ChannelAccess = (typeof CHANNEL_ACCESS)[number]

/** Why a frame was refused. `retry` in the refusal says whether sending it again can help. */
export const REFUSALS = [
  'malformed', // the frame or the update does not decode
  'too_large',
  'gap', // the update builds on what the log does not hold
  'overlap', // the update rewrites a clock that the log already holds
  'forged', // a client id that belongs to somebody else
  'unknown_content', // it holds a node or mark that the portal does not know
  'forbidden', // the sender may read, but not write, now
  'not_found', // no such channel, or not open to the sender: the same answer
  'not_joined',
  'too_fast', // a connection is held to a rate
  'unavailable', // the database is away: nothing was stored
] as const
export type Refusal = (typeof REFUSALS)[number]

export const joinFrame = z.object({
  channel: channelId,
  /** The highest seq up to which the client misses nothing; 0 for a newcomer. */
  since: seq,
  /** The client's outbox on this channel; with an item's ref, the key that makes an append idempotent. */
  writer: writerId,
})
export type JoinFrame = z.infer<typeof joinFrame>

export const appendFrame = z.object({
  channel: channelId,
  writer: writerId,
  /** [ref, data]: refs of one writer only grow. */
  items: z
    .array(z.tuple([z.number().int().min(1), bytes]))
    .min(1)
    .max(MAX_ITEMS),
})
export type AppendFrame = z.infer<typeof appendFrame>

/** A caret: Yjs relative positions as JSON, in one fragment of the document. */
export const caret = z.object({ fragment: z.string().max(64), anchor: z.unknown(), head: z.unknown() })
export const presenceFrame = z.object({
  channel: channelId,
  /** The Yjs client id of the tab, so that a caret can be told from one's own. */
  client: z.number().int().min(0),
  caret: caret.nullable(),
})
export type PresenceFrame = z.infer<typeof presenceFrame>

export const leaveFrame = z.object({ channel: channelId })
export type LeaveFrame = z.infer<typeof leaveFrame>

/** [seq, writer, ref, data] */
export type EntryTuple = [seq: number, writer: string, ref: number, data: Uint8Array]

/** Who is here: all but `client` and `caret` come from the server's session, never from the client. */
export type Person = {
  /** One open tab on one channel; unique on the node's lifetime. */
  presence: string
  userId: string
  name: string
  /** The delegation, or the secretariat. */
  organization: string
  /** ISO 3166-1 alpha-2 of the partner, for the flag; null for the secretariat. */
  partnerIso2: string | null
  access: ChannelAccess
  client: number | null
  caret: z.infer<typeof caret> | null
}

export type JoinReply =
  | {
      ok: true
      access: ChannelAccess
      /** The joiner's own place among `people`. */
      presence: string
      /** The head of the log when it was read: when the last entry's seq is lower, join again with that seq. */
      head: number
      /** State at `seq`, for somebody whose `since` is lower than it; without `data` it is fetched by HTTP. */
      snapshot: { seq: number; data: Uint8Array | null } | null
      entries: EntryTuple[]
      /** The highest ref of `writer` that is committed; 0 for none. */
      acked: number
      people: Person[]
    }
  | { ok: false; code: Refusal; reason: string }

export type EntriesFrame = { channel: string; entries: EntryTuple[] }
export type RefusedFrame = {
  channel: string
  writer: string
  ref: number
  code: Refusal
  reason: string
  /** Milliseconds after which the same item may be sent again; null: never, as it is. */
  retry: number | null
}
/** Changes since the last frame: a person's latest state, or `left`. */
export type PeopleFrame = { channel: string; here: Person[]; left: string[] }
/** The reader's right changed; null: the channel is no longer open to them. */
export type AccessFrame = { channel: string; access: ChannelAccess | null; reason: string }
/** Something beside the channel's entries changed, as the comments on a text: whoever shows it asks for it anew. */
export type ChangedFrame = { channel: string }

export type ClientEvents = {
  join: (frame: JoinFrame, reply: (answer: JoinReply) => void) => void
  append: (frame: AppendFrame) => void
  presence: (frame: PresenceFrame) => void
  leave: (frame: LeaveFrame) => void
}
export type ServerEvents = {
  entries: (frame: EntriesFrame) => void
  refused: (frame: RefusedFrame) => void
  people: (frame: PeopleFrame) => void
  access: (frame: AccessFrame) => void
  changed: (frame: ChangedFrame) => void
}
