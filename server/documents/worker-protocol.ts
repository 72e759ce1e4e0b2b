/** What is asked of the document worker, and what it answers. */
import type { FactChange, HistorySection, Sitting } from '../../app/domain/history'
import type { Marking } from '../../app/domain/marking'
import type { PortalRef } from '../../app/domain/portal-link'
import type { Outline } from './formats/outline'
import type { DocumentKind } from './history/sections'

export type Projected = {
  /** The `fields` map as plain JSON, unread. */
  fields: Record<string, unknown>
  /** Words by fragment. */
  words: Record<string, number>
  /** Open suggestions by fragment; none where there are none. */
  suggestions: Record<string, number>
  /** Fragments of sections that their authors call ready. */
  ready: string[]
  /** The sections' text, as it is searched: cut after a length that a search vector surely holds. */
  text: string
  /** Objects of the portal that the text links to, each once. */
  links: PortalRef[]
}

export type Imported = {
  /** One Yjs update of the fragment `body`. */
  update: Uint8Array
  /** The first heading, where there is one. */
  title: string | null
  /** What was not taken over, in words. */
  warnings: string[]
  /** Pictures that the text names by their addresses in the document that it becomes. */
  pictures: { sha256: string; data: Uint8Array }[]
}

/** What an export prints besides the text. */
export type ExportRequest = {
  data: Uint8Array
  kind: DocumentKind
  title: string
  marking: Marking
  /** The head `seq` that `data` reads up to. */
  version: number
  /** ISO instant at which it was printed. */
  printedAt: string
  owner: string
  /** Of a text of a session, which nobody leads: what kind of paper it is, and what stands above it. */
  session?: { paper: string; facts: [term: string, value: string][] }
  participants: { name: string; level: string }[]
  project: string | null
  /** Names of parts with readers of their own: they are not in the file, whoever takes it. */
  restricted: string[]
  state: string | null
  /** Names of minerals by id. */
  minerals: Record<string, string>
  /** The pictures that it names and its reader may see, by their addresses. */
  pictures: Record<string, { type: string; data: Uint8Array }>
  /** What its links to objects of the portal say to its reader, by their keys. */
  links: Record<string, string>
}

/** What a document's text refers to, each once. */
export type References = { pictures: string[]; links: PortalRef[] }

/** A document's whole log: what was merged, then its entries' bytes one after the other, with the length of each. */
export type PackedLog = {
  /** What was merged: see `history/chunk.ts`. */
  chunks?: Uint8Array[]
  data: Uint8Array
  lines: {
    seq: number
    userId: string
    organizationId: string
    at: number
    length: number
    /** Its key in the log. */
    key?: [writer: string, ref: number]
  }[]
  /** To whom each Yjs client id is bound. */
  owners: [client: number, userId: string][]
  /** Entries that brought an earlier state back, with the seq of that state. */
  restores: [seq: number, restored: number][]
}

export type HistoryRequest = {
  log: PackedLog
  kind: DocumentKind
  /** The moment to show; null: now. */
  at: number | null
  /** The moment to compare it with; null: the one before. */
  from: number | null
  /** Whether what differs is shown in the text. */
  compare: boolean
  /** Names of minerals by id. */
  minerals: Record<string, string>
}

export type HistoryAnswer = {
  sittings: Sitting[]
  at: number
  from: number
  sections: HistorySection[]
  facts: FactChange[]
}

/** Who first wrote which suggestion's id into the log, by `at` in ms. */
export type SuggestedBy = { id: string; userId: string; organizationId: string; at: number }[]

/** What was kept aside, and the document as it is: each one update. */
export type AsideAsk = { state: Uint8Array; updates: Uint8Array }
/** Lines of one section or field that it takes away and that it puts in. */
export type AsideChange = { where: string; removed: string[]; added: string[] }
export type AsidePreview = {
  /** The document holds what it builds on. */
  fits: boolean
  changes: AsideChange[]
}
export type AsideRest = { rest: Uint8Array; isEmpty: boolean }

export type CompactAsk = {
  log: PackedLog
  /** Entries after this one stay as they are. */
  upTo: number
  /** Seqs that have to stay moments of their own: named versions and those brought back. */
  pins: number[]
}
/** What takes the place of the entries `first` … `last`; null: there is nothing to merge. */
export type Compacted = {
  first: number
  last: number
  chunk: Uint8Array
  /** The keys of the entries: `refs` as ranges without their ends, `places` as in `server/channels/core/places.ts`. */
  writers: { writer: string; userId: string; refs: [from: number, to: number][]; places: Uint8Array }[]
} | null

/** To be appended in this order; none when the document is as it was then. */
export type Restored = { updates: Uint8Array[] }

export type Jobs = {
  history: { ask: HistoryRequest; answer: HistoryAnswer }
  suggestedBy: { ask: { log: PackedLog; ids: string[] }; answer: SuggestedBy }
  /** `kind`: whose sections are counted; a proposal's when it is not said. */
  project: { ask: { data: Uint8Array; kind?: DocumentKind }; answer: Projected }
  compact: { ask: CompactAsk; answer: Compacted }
  restore: { ask: { log: PackedLog; kind: DocumentKind; seq: number }; answer: Restored }
  importMarkdown: { ask: { text: string; documentId: string }; answer: Imported }
  importDocx: { ask: { bytes: Uint8Array; documentId: string }; answer: Imported }
  exportDocx: { ask: ExportRequest; answer: Uint8Array }
  exportPdf: { ask: ExportRequest; answer: Uint8Array }
  references: { ask: { data: Uint8Array }; answer: References }
  writeOutline: { ask: Outline; answer: Uint8Array }
  printOutline: { ask: Outline; answer: Uint8Array }
  previewAside: { ask: AsideAsk; answer: AsidePreview }
  restOfAside: { ask: AsideAsk; answer: AsideRest }
}
export type JobName = keyof Jobs

export type JobRequest = { [K in JobName]: { id: number; job: K; ask: Jobs[K]['ask'] } }[JobName]
export type JobReply =
  | { id: number; ok: true; answer: Jobs[JobName]['answer'] }
  /** `invalid`: the file's fault, to be told to its sender; `failed`: ours. */
  | { id: number; ok: false; kind: 'invalid' | 'failed'; message: string }
