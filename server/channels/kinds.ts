/** What differs from one kind of channel to another. A new kind is a row here. */
import type { CHANNEL_KINDS } from '../../db/schema/channels'
import { type ReadUpdate, readUpdate } from './core/read-update'

export type ChannelKind = (typeof CHANNEL_KINDS)[number]

type KindRules = {
  /** Whether browsers append; otherwise only verbs of the server do. */
  openToClients: boolean
  /** Reads an entry's structure, or says why it cannot be one of this kind. */
  read: (data: Uint8Array) => ReadUpdate
  /** How entries become one state. */
  fold: 'yjs' | 'none'
}

/** An entry without clocks: it builds on nothing and is judged by the verb that appends it. */
const event = (): ReadUpdate => ({ ok: true, shape: { ranges: [], needs: [], deletes: [] } })

export const KINDS: Record<ChannelKind, KindRules> = {
  document: { openToClients: true, read: readUpdate, fold: 'yjs' },
  session: { openToClients: false, read: event, fold: 'none' },
  inbox: { openToClients: false, read: event, fold: 'none' },
}
