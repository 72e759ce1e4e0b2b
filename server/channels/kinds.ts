/** What differs from one kind of channel to another. A new kind is a row here. */
import { isKnownContent } from '../../app/collab/schema/names'
import { decodeEvent } from '../../app/domain/session/events'
import type { CHANNEL_KINDS } from '../../db/schema/channels'
import { MAX_ANSWERED_BYTES } from './core/join'
import { type ReadUpdate, readUpdate, type UpdateShape } from './core/read-update'

export type ChannelKind = (typeof CHANNEL_KINDS)[number]

type KindRules = {
  /** Whether browsers append; otherwise only verbs of the server do. */
  openToClients: boolean
  /** Reads an entry's structure, or says why it cannot be one of this kind. */
  read: (data: Uint8Array) => ReadUpdate
  /**
   * What a client may not add, though it can be read: the first such thing, in words. What is in the log already is
   * not asked about: it stays.
   */
  strange: (shape: UpdateShape) => string | null
  /** How entries become one state. */
  fold: 'yjs' | 'none'
  /** A longer snapshot is fetched by HTTP. */
  answeredBytes: number
}

/** The state of a meeting of sixty delegations after four hours: whoever comes has it with the first answer. */
const SESSION_BYTES = 256 * 1024

/** Yjs client ids in one entry: a browser writes as one. Each is known and told for ever, so they are not given away. */
const MAX_CLIENTS = 16

export type ReadEntry = ReadUpdate | { ok: false; code: 'unknown_content'; why: string }

/** An entry without clocks: it builds on nothing and is judged by the verb that appends it. */
const event = (): ReadUpdate => ({
  ok: true,
  shape: { ranges: [], needs: [], deletes: [], words: new Set() },
})

/** One event of a meeting. Its verbs judge it, fold it, and write the channel's snapshots (`server/sessions/log.ts`). */
const sessionEvent = (data: Uint8Array): ReadUpdate =>
  decodeEvent(data) ? event() : { ok: false, code: 'malformed', why: 'It is no event of a session.' }

/** Nodes, marks and types that the editor's schema does not have: an editor would delete the text that holds them. */
function strangeInDocument({ words }: UpdateShape): string | null {
  for (const word of words) if (!isKnownContent(word)) return word
  return null
}

export const KINDS: Record<ChannelKind, KindRules> = {
  document: {
    ...{ openToClients: true, read: readUpdate, strange: strangeInDocument, fold: 'yjs' },
    answeredBytes: MAX_ANSWERED_BYTES,
  },
  session: {
    ...{ openToClients: false, read: sessionEvent, strange: () => null, fold: 'none' },
    answeredBytes: SESSION_BYTES,
  },
  inbox: {
    ...{ openToClients: false, read: event, strange: () => null, fold: 'none' },
    answeredBytes: MAX_ANSWERED_BYTES,
  },
}

/** Reads what a client wrote by the rules that need no log: R1, the number of its clients, R29. */
export function readEntry(kind: ChannelKind, data: Uint8Array): ReadEntry {
  const { read, strange } = KINDS[kind]
  const result = read(data)
  if (!result.ok) return result
  const { shape } = result
  if (shape.ranges.length > MAX_CLIENTS)
    return { ok: false, code: 'malformed', why: `An entry adds for at most ${MAX_CLIENTS} clients.` }
  const word = strange(shape)
  if (word === null) return result
  return { ok: false, code: 'unknown_content', why: `The portal does not know “${word.slice(0, 60)}”.` }
}
