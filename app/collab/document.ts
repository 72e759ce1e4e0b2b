/**
 * Opens a channel as a Yjs document. All pages of a tab that open the same document share one; when the last lets go
 * of it, it stays until what was written is committed.
 */
import * as Y from 'yjs'
import type { Person } from '../domain/channel-protocol'
import { Carets, type FragmentAwareness, readCaret } from './carets'
import { Cell } from './cell'
import { ChannelClient } from './channel-client'
import { colorOf } from './colors'
import { type Access, mayTypeNow, type OpenDocument, type Present, type Status } from './document-types'
import { type KeepAside, keepAsideByHttp } from './keep-aside'
import { REMOTE } from './origins'
import type { OutboxStore } from './outbox-store'
import { describeStatus, type Situation, sameStatus } from './status'
import { SuggestionsTrue } from './suggest/keep-true'
import { tabLocks, tabStore } from './tab-store'
import { DocumentUndo } from './undo'
import type { Wire } from './wire'
import type { WriterLocks } from './writer-locks'

export type OpenOptions = {
  connection: Wire
  channelId: string
  /** The user id of whoever is signed in. */
  account: string
  /** The browser's own when left out. */
  store?: OutboxStore
  locks?: WriterLocks
  /** How what may not be merged any more reaches the portal; by HTTP when left out. */
  keepAside?: KeepAside
}

/** Documents that are open or still sending, by connection and channel. */
const open = new Map<Wire, Map<string, SharedDocument>>()

export function openDocument(options: OpenOptions): OpenDocument {
  const { connection, channelId, account } = options
  const channels = open.get(connection) ?? new Map<string, SharedDocument>()
  open.set(connection, channels)
  const known = channels.get(channelId)
  if (known?.isUsable(account)) return known.use()
  known?.end()
  const made = new SharedDocument(options, () => {
    if (channels.get(channelId) === made) channels.delete(channelId)
    if (channels.size === 0 && open.get(connection) === channels) open.delete(connection)
  })
  channels.set(channelId, made)
  return made.use()
}

/**
 * Sends what earlier tabs left of a document that no page of this one shows. One that is open here, or was turned away
 * here, looks after it by itself: opened anew, its page would never be told what became of its changes.
 */
export function sendLeft(options: OpenOptions): void {
  const known = open.get(options.connection)?.get(options.channelId)
  if (known?.account !== options.account) openDocument(options).close()
}

/** Changes that this tab alone holds, and would lose. */
export const unsentInMemory = (account: string): number =>
  ofAccount(account).reduce((sum, document) => sum + document.inMemory, 0)

/** Stops sending and keeping for an account that signs out. */
export function abandonDocuments(account: string): void {
  for (const document of ofAccount(account)) document.abandon()
}

const ofAccount = (account: string): SharedDocument[] =>
  [...open.values()]
    .flatMap((channels) => [...channels.values()])
    .filter((shared) => shared.account === account)

class SharedDocument {
  readonly account: string
  readonly #channelId: string
  readonly #doc = new Y.Doc()
  readonly #undo = new DocumentUndo(this.#doc)
  readonly #suggestions = new SuggestionsTrue(this.#doc, () => this.#mayWrite)
  readonly #client: ChannelClient
  readonly #carets: Carets
  readonly #status: Cell<Status>
  readonly #access = new Cell<Access>(null)
  readonly #people = new Cell<readonly Present[]>([])
  readonly #beside = new Cell(0)
  readonly #here = new Map<string, Person>()
  readonly #gone: () => void
  #users = 0
  #ended = false

  constructor({ connection, channelId, account, store, locks, keepAside }: OpenOptions, gone: () => void) {
    this.account = account
    this.#channelId = channelId
    this.#gone = gone
    this.#carets = new Carets(this.#doc, (caret) => this.#client.say({ client: this.#doc.clientID, caret }))
    this.#status = new Cell<Status>(describeStatus({ ...NOTHING_YET, wire: connection.state }), sameStatus)
    this.#client = new ChannelClient({
      wire: connection,
      channel: channelId,
      account,
      store: store ?? tabStore(),
      locks: locks ?? tabLocks(),
      keepAside: keepAside ?? keepAsideByHttp,
      listener: {
        received: (data) => this.#receive(data),
        people: (change) => this.#meet(change),
        joined: () => this.#carets.resend(),
        beside: () => this.#beside.set(this.#beside.get() + 1),
        changed: () => this.#look(),
      },
    })
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE) this.#client.append(update)
    })
    this.#look()
  }

  isUsable(account: string): boolean {
    return this.account === account && this.#client.phase !== 'closed' && !this.#client.spoiled
  }

  /** Changes that are not in the browser's database. */
  get inMemory(): number {
    return this.#client.kept === 'memory' ? this.#client.pending : 0
  }

  get #mayWrite(): boolean {
    return this.#users > 0 && mayTypeNow(this.#status.get(), this.#access.get())
  }

  use(): OpenDocument {
    this.#users++
    let used = true
    return {
      channelId: this.#channelId,
      doc: this.#doc,
      status: this.#status,
      people: this.#people,
      access: this.#access,
      beside: this.#beside,
      undo: this.#undo,
      awarenessFor: (fragment: string): FragmentAwareness => this.#carets.for(fragment),
      dropRefused: () => this.#client.dropRefused(),
      checkSuggestions: () => this.#suggestions.check({ restore: false }),
      close: () => {
        if (!used) return
        used = false
        this.#users--
        this.#look()
      },
    }
  }

  abandon(): void {
    this.#client.abandon()
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#client.stop()
    this.#carets.close()
    this.#undo.end()
    this.#suggestions.end()
    this.#doc.destroy()
    this.#gone()
  }

  #receive(data: Uint8Array[]): void {
    try {
      // One transaction: an editor renders what came together once.
      this.#doc.transact(() => {
        for (const update of data) Y.applyUpdate(this.#doc, update, REMOTE)
      }, REMOTE)
    } catch {
      this.#client.fail('A part of this document could not be read. Reload the page.')
    }
  }

  #meet({ here, left, all }: { here: readonly Person[]; left: readonly string[]; all: boolean }): void {
    const stay = new Set(here.map((person) => person.presence))
    const away = all ? [...this.#here.keys()].filter((presence) => !stay.has(presence)) : left
    for (const presence of away) {
      this.#here.delete(presence)
      this.#carets.remove(presence)
    }
    for (const person of here) {
      this.#here.set(person.presence, person)
      this.#carets.put(person)
    }
    this.#carets.tell()
    const everybody = [...this.#here.values()].map((person) => this.#present(person))
    this.#people.set(
      everybody.sort((a, b) => a.name.localeCompare(b.name) || compare(a.presence, b.presence)),
    )
  }

  #present({ client: _, caret, ...person }: Person): Present {
    return {
      ...person,
      color: colorOf(person.userId),
      self: person.presence === this.#client.presence,
      fragment: readCaret(caret)?.fragment ?? null,
    }
  }

  /** Looks at the client and tells what changed. Ends itself when nobody needs it and nothing is left to send. */
  #look(): void {
    const client = this.#client
    if (!client || this.#ended) return
    this.#status.set(
      describeStatus({
        wire: client.wire,
        phase: client.phase,
        synced: client.synced,
        away: client.away,
        pending: client.pending,
        kept: client.kept,
        storing: client.storing,
        refused: client.refusedChanges,
        aside: client.aside,
        lastSavedAt: client.lastSavedAt,
        reason: client.reason,
      }),
    )
    this.#access.set(client.right === 'write' && client.spoiled ? 'read' : client.right)
    this.#suggestions.checkSoon()
    if (this.#users === 0 && client.settled) this.end()
  }
}

const NOTHING_YET: Omit<Situation, 'wire'> = {
  phase: 'waiting',
  synced: false,
  away: false,
  pending: 0,
  kept: 'memory',
  storing: false,
  refused: null,
  aside: null,
  lastSavedAt: null,
  reason: null,
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
