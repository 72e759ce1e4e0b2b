/**
 * Carets, as the editors want them and as the wire carries them.
 *
 * An editor's cursor plugin reads and writes an `Awareness`. Here every fragment of a document has one of its own, a
 * facade: an editor sees only the carets of its own fragment, and an editor that loses the focus takes back only its
 * own caret, not the one of the editor that got it. What leaves the tab is one caret; who somebody is comes from the
 * server with the `people` frames, and the `user` that an editor sets here goes nowhere.
 */
import { ObservableV2 } from 'lib0/observable'
import * as Y from 'yjs'
import type { Person } from '../domain/channel-protocol'
import { colorOf } from './colors'

export type CaretUser = {
  name: string
  organization: string
  partnerIso2: string | null
  userId: string
  color: string
}
export type CaretState = { user?: CaretUser; cursor?: { anchor: unknown; head: unknown } | null }
export type Caret = NonNullable<Person['caret']>

type Change = { added: number[]; updated: number[]; removed: number[] }
type AwarenessEvents = {
  change: (change: Change, origin: 'local' | 'remote') => void
  update: (change: Change, origin: 'local' | 'remote') => void
}

/** Carets are sent at most this often: the last one counts. */
const SEND_MS = 60

/** The part of y-protocols' `Awareness` that Tiptap's collaboration caret uses. */
export class FragmentAwareness extends ObservableV2<AwarenessEvents> {
  readonly doc: Y.Doc
  readonly clientID: number
  readonly states = new Map<number, CaretState>()
  readonly #moved: (cursor: CaretState['cursor']) => void
  #change: Change = { added: [], updated: [], removed: [] }

  constructor(doc: Y.Doc, moved: (cursor: CaretState['cursor']) => void) {
    super()
    this.doc = doc
    this.clientID = doc.clientID
    this.#moved = moved
    this.states.set(this.clientID, {})
  }

  getStates(): Map<number, CaretState> {
    return this.states
  }

  getLocalState(): CaretState | null {
    return this.states.get(this.clientID) ?? null
  }

  setLocalState(state: CaretState | null): void {
    this.states.set(this.clientID, state ?? {})
    this.#moved(state?.cursor ?? null)
    const change = { added: [], updated: [this.clientID], removed: [] }
    this.emit('change', [change, 'local'])
    this.emit('update', [change, 'local'])
  }

  setLocalStateField(field: string, value: unknown): void {
    this.setLocalState({ ...this.getLocalState(), [field]: value })
  }

  /** Notes where somebody is, or that they are not in this fragment; `tell` says it to the editor. */
  place(client: number, state: CaretState | null): void {
    const before = this.states.get(client)
    if (!state) {
      if (this.states.delete(client)) this.#change.removed.push(client)
      return
    }
    this.states.set(client, state)
    if (!before) this.#change.added.push(client)
    else if (JSON.stringify(before) !== JSON.stringify(state)) this.#change.updated.push(client)
  }

  tell(): void {
    const change = this.#change
    if (change.added.length + change.updated.length + change.removed.length === 0) return
    this.#change = { added: [], updated: [], removed: [] }
    this.emit('change', [change, 'remote'])
    this.emit('update', [change, 'remote'])
  }
}

export class Carets {
  readonly #doc: Y.Doc
  readonly #send: (caret: Caret | null) => void
  readonly #fragments = new Map<string, FragmentAwareness>()
  /** Everybody else who has a caret: presence → where it is shown. */
  readonly #shown = new Map<string, { client: number; state: CaretState; fragment: string }>()
  #own: Caret | null = null
  #sent = 'null'
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(doc: Y.Doc, send: (caret: Caret | null) => void) {
    this.#doc = doc
    this.#send = send
  }

  for(fragment: string): FragmentAwareness {
    const known = this.#fragments.get(fragment)
    if (known) return known
    const made = new FragmentAwareness(this.#doc, (cursor) => this.#moved(fragment, cursor))
    this.#fragments.set(fragment, made)
    for (const { client, state, fragment: at } of this.#shown.values()) {
      if (at === fragment) made.states.set(client, state)
    }
    return made
  }

  put(person: Person): void {
    const { presence, client } = person
    const caret = client === null || client === this.#doc.clientID ? null : readCaret(person.caret)
    const before = this.#shown.get(presence)
    if (before && (before.fragment !== caret?.fragment || before.client !== client)) this.remove(presence)
    if (client === null || !caret) return
    const state = { user: userOf(person), cursor: { anchor: caret.anchor, head: caret.head } }
    this.#shown.set(presence, { client, state, fragment: caret.fragment })
    this.#fragments.get(caret.fragment)?.place(client, state)
  }

  remove(presence: string): void {
    const before = this.#shown.get(presence)
    if (!before) return
    this.#shown.delete(presence)
    this.#fragments.get(before.fragment)?.place(before.client, null)
  }

  /** Says to the editors what was put and removed since the last time. */
  tell(): void {
    for (const awareness of this.#fragments.values()) awareness.tell()
  }

  /** Nobody is known any more: the connection broke. */
  clear(): void {
    for (const presence of [...this.#shown.keys()]) this.remove(presence)
    this.tell()
  }

  /** Says the own caret again: the server forgot it with the old connection. */
  resend(): void {
    this.#sent = 'null'
    this.#schedule()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.clear()
  }

  #moved(fragment: string, cursor: CaretState['cursor']): void {
    if (cursor) this.#own = { fragment, anchor: toJson(cursor.anchor), head: toJson(cursor.head) }
    else if (this.#own?.fragment === fragment) this.#own = null
    this.#schedule()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const now = JSON.stringify(this.#own)
      if (now === this.#sent) return
      this.#sent = now
      this.#send(this.#own)
    }, SEND_MS)
  }
}

const userOf = ({ name, organization, partnerIso2, userId }: Person): CaretUser => ({
  name,
  organization,
  partnerIso2,
  userId,
  color: colorOf(userId),
})

/** The plugin hands over `RelativePosition`s; the wire carries plain JSON without `undefined`. */
const toJson = (position: unknown): unknown => JSON.parse(JSON.stringify(position))

/** The server does not look into carets: what is not a position in its own fragment is no caret. */
export function readCaret(caret: Person['caret']): Caret | null {
  if (!caret) return null
  const anchor = readPosition(caret.anchor, caret.fragment)
  const head = readPosition(caret.head, caret.fragment)
  return anchor && head && { fragment: caret.fragment, anchor, head }
}

function readPosition(value: unknown, fragment: string): Y.RelativePosition | null {
  if (typeof value !== 'object' || value === null) return null
  const { type, item, tname, assoc }: { type?: unknown; item?: unknown; tname?: unknown; assoc?: unknown } =
    value
  if ((type ?? null) !== null && !isId(type)) return null
  if ((item ?? null) !== null && !isId(item)) return null
  if ((tname ?? null) !== null && tname !== fragment) return null
  if ((assoc ?? null) !== null && typeof assoc !== 'number') return null
  if (!type && !item && !tname) return null
  return Y.createRelativePositionFromJSON(value)
}

function isId(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { client, clock }: { client?: unknown; clock?: unknown } = value
  return isCount(client) && isCount(clock)
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0
