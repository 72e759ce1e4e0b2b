/** What a page sees of an open document. */
import type * as Y from 'yjs'
import type { ChannelAccess, Refusal } from '../domain/channel-protocol'
import type { FragmentAwareness } from './carets'
import type { Readable } from './cell'
import type { DocumentUndo } from './undo'

/** What an indicator may say. */
export type SaveState =
  /** The document is not here yet. */
  | 'connecting'
  /** Every change made here is committed to the database. */
  | 'saved'
  /** Connected; `pending` changes are not committed yet. */
  | 'saving'
  /** Not connected, or the portal's database is away: `pending` changes are kept here. */
  | 'offline'
  /** Everything was sent; `refused` changes were not accepted and are kept here, set aside. */
  | 'refused'
  /** Everything was sent; what came after the right to write ended is kept `aside` by the portal. */
  | 'aside'
  /** It is not open to the reader any more (`reason`); nothing is sent. */
  | 'closed'

export type Status = {
  state: SaveState
  /** The document was read to its end once: show it, and let it be edited. */
  synced: boolean
  /** Changes made in this browser that are not committed, those of a crashed tab included. */
  pending: number
  /** Where they are kept until then. In `memory` they are lost with the tab: warn before it is closed. */
  kept: 'browser' | 'memory'
  /** Some of them are not kept there yet: moments after a key was pressed. */
  storing: boolean
  refused: { count: number; code: Refusal; reason: string } | null
  /** Changes that the portal keeps apart until a head of the lead decides; `lead`: its name, where it may be known. */
  aside: { count: number; lead: string | null } | null
  /** When the last change was committed; ms since 1970. */
  lastSavedAt: number | null
  /** Why it is offline or closed, where there is something to say. */
  reason: string | null
}

/** Somebody who has the document open, in one tab. */
export type Present = {
  presence: string
  userId: string
  name: string
  organization: string
  /** For the flag; null for the secretariat. */
  partnerIso2: string | null
  access: ChannelAccess
  /** Of their caret: `#rrggbb`, readable under white text and visible on light and dark pages. */
  color: string
  /** This tab. */
  self: boolean
  /** The fragment in which they write. */
  fragment: string | null
}

/** What may be done here now; null until it is known, and when the document is closed. */
export type Access = ChannelAccess | null

/** Whether one may type here now: read to its end, with the right to write, and nothing of one's own held back. */
export const mayTypeNow = ({ state, synced }: Status, access: Access): boolean =>
  synced && access === 'write' && !['closed', 'refused', 'aside'].includes(state)

export interface OpenDocument {
  readonly channelId: string
  /** Edit it in any way; every local transaction is kept and sent. */
  readonly doc: Y.Doc
  readonly status: Readable<Status>
  readonly people: Readable<readonly Present[]>
  /** Becomes `read` at once when the right to write is taken away. Bind the editor's `editable` to it. */
  readonly access: Readable<Access>
  /** Counts how often what stands beside the text may have changed, as its comments: ask for it anew. */
  readonly beside: Readable<number>
  /** One undo for the whole document, of this tab's work only. */
  readonly undo: DocumentUndo
  /**
   * The carets of one fragment's editor: `CollaborationCaret.configure({ provider: { awareness } })`.
   * The same object for the same fragment.
   */
  awarenessFor(fragment: string): FragmentAwareness
  /** Takes suggestions' marks from what nobody proposed, where people wrote at once: before suggestions are settled. */
  checkSuggestions(): void
  /** Gives up the changes that were refused: they are deleted here. Then close and open the document again. */
  dropRefused(): Promise<void>
  /** Lets go of it. What is not sent yet is still sent, and the same document opened again meanwhile goes on. */
  close(): void
}
