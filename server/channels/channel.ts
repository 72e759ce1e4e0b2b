/**
 * One channel on this node: entries come in, are judged as far as the log is known here, and go to the commit.
 * The states are those of `core/channel-state.ts`; the rules are the book's.
 */
import type { Refusal } from '../../app/domain/channel-protocol'
import { acknowledged } from './core/batch'
import { Book, type LogAnswer } from './core/book'
import { type ChannelEvent, type ChannelState, next } from './core/channel-state'
import type { UpdateShape } from './core/read-update'
import { decodeStateVector } from './core/state-vector'
import { type ChannelKind, KINDS, readEntry } from './kinds'
import type { Commit, Log, LogEntry, NewEntry } from './log'
import type { Author } from './types'

/** Who sent an entry, and waits for what becomes of it. */
export interface Sender {
  /** Nobody hears what it is told any more. */
  readonly isGone?: boolean
  refused(entry: Incoming, code: Refusal, why: string): void
  /** It is in the log already: nobody else is told again. */
  known(entry: Incoming, seq: number): void
  /** It was committed now; everybody in the channel is told in one frame. */
  committed?(entry: Incoming, seq: number): void
}

export type Incoming = Author & {
  writer: string
  ref: number
  data: Buffer
  sender: Sender
  by: 'client' | 'server'
}

/** An entry that was read. `binds` is known once it is accepted. */
type Read = Incoming & { shape: UpdateShape; binds: readonly number[] }

export type ChannelHost = {
  log: Log
  /** There is something to commit. */
  ready(channel: LiveChannel): void
  publish(channel: LiveChannel, entries: { seq: number; entry: NewEntry }[]): void
  refused(entry: Incoming, channelId: string, code: Refusal, why: string): void
  failed(channelId: string, error: unknown): void
  /** Bytes more, or less, of which nobody knows yet what becomes of them. */
  pending(bytes: number): void
}

const NOT_FOR_CLIENTS = 'Only the portal itself writes here.'
const AWAY = 'The database cannot be reached; nothing was stored.'
/** One wording for what does not exist and for what is not open. */
export const NOT_FOUND = 'There is no such channel, or it is not open to you.'

export class LiveChannel {
  readonly id: string
  state: ChannelState = 'cold'
  /** Waits for the next commit. */
  isReady = false
  /** To be committed, in this order; the first of them may be on their way. */
  accepted: Read[] = []
  /** How many people have joined it on this node. */
  joined = 0
  /** What came after the snapshot: the reason to write a new one. */
  sinceSnapshot = { entries: 0, bytes: 0 }

  #host: ChannelHost
  #kind: ChannelKind = 'document'
  #book = new Book()
  /** Came while the log was being read. */
  #waiting: Incoming[] = []
  /** Do not fit what this node knows: the log is asked about them. */
  #doubtful: Read[] = []
  /** The log is being asked about these. */
  #asked: readonly Read[] = []
  #flying = 0

  constructor(id: string, host: ChannelHost) {
    this.id = id
    this.#host = host
  }

  get head(): number {
    return this.#book.head
  }

  /** Whether its entries become one state. Known once it was opened. */
  get folds(): boolean {
    return KINDS[this.#kind].fold !== 'none'
  }

  get idle(): boolean {
    return this.joined === 0 && this.pending === 0
  }

  /** Entries of which nobody knows yet what becomes of them. */
  get pending(): number {
    return this.accepted.length + this.#asked.length + this.#doubtful.length + this.#waiting.length
  }

  append(entry: Incoming): void {
    this.#host.pending(entry.data.length)
    if (this.state === 'open') return void this.#take(entry)
    this.#waiting.push(entry)
    if (this.state === 'cold') void this.#open()
  }

  /** What a join read about a writer, so that its first entry needs no question. */
  learnWriter(writer: string, userId: string, highest: number): void {
    if (this.state === 'open' || this.state === 'opening') this.#book.learnWriter(writer, userId, highest)
  }

  /** Opens the channel ahead of the first entry, for somebody who joins to write. */
  warm(): void {
    if (this.state === 'cold') void this.#open()
  }

  /** Gives up what is known, when nobody needs it; true when nothing is left. */
  forget(): boolean {
    if (this.idle) this.#go('idle')
    return this.idle && this.state === 'cold'
  }

  /** The entries are on their way to the log. */
  commit(entries: number): Commit {
    this.#flying = entries
    return { channelId: this.id, base: this.#book.head, entries: this.accepted.slice(0, entries) }
  }

  /** The log answered: stored, or not because it holds entries that this node does not know. */
  landed(stored: boolean): void {
    const count = this.#flying
    this.#flying = 0
    if (!stored) {
      this.#go('moved')
      return void this.#catchUp()
    }
    const entries = this.accepted.splice(0, count)
    const done = acknowledged(this.#book.head, entries)
    for (const { seq, entry } of done) {
      this.#book.commit(seq, entry)
      this.#count(entry.data)
    }
    this.#host.publish(this, done)
    for (const { seq, entry } of done) {
      this.#host.pending(-entry.data.length)
      entry.sender.committed?.(entry, seq)
    }
    if (this.state === 'behind') void this.#catchUp()
    else if (this.accepted.length > 0) this.#host.ready(this)
  }

  /** The commit failed: whether it happened is not known. Nothing is acknowledged, and the log is read anew. */
  lost(): void {
    this.#flying = 0
    this.#drop('commit failed', 'unavailable', AWAY)
  }

  #go(event: ChannelEvent): void {
    this.state = next(this.state, event)
    if (this.state === 'cold') this.#book = new Book()
  }

  #count(data: Uint8Array): void {
    this.sinceSnapshot.entries++
    this.sinceSnapshot.bytes += data.length
  }

  #take(entry: Incoming): void {
    const rules = KINDS[this.#kind]
    if (entry.by === 'client' && !rules.openToClients)
      return void this.#refuse(entry, 'forbidden', NOT_FOR_CLIENTS)
    const read = entry.by === 'client' ? readEntry(this.#kind, entry.data) : rules.read(entry.data)
    if (read.ok) this.#judge({ ...entry, shape: read.shape, binds: [] })
    else this.#refuse(entry, read.code, read.why)
  }

  #judge(entry: Read, answer?: LogAnswer): void {
    const verdict = this.#book.judge(entry, answer)
    switch (verdict.is) {
      case 'fresh':
        entry.binds = this.#book.accept(entry)
        this.accepted.push(entry)
        return void this.#host.ready(this)
      case 'on its way':
        return void this.#takeOver(entry)
      case 'committed':
        this.#host.pending(-entry.data.length)
        return void entry.sender.known(entry, verdict.seq)
      case 'doubtful':
        this.#doubtful.push(entry)
        return void this.#ask()
      case 'refused':
        return void this.#refuse(entry, verdict.code, verdict.why)
    }
  }

  /** Sent twice, as after a reconnection: whatever becomes of the first is told to whoever sent the last and is there. */
  #takeOver(entry: Read): void {
    const first = this.accepted.find(({ writer, ref }) => writer === entry.writer && ref === entry.ref)
    if (first && !entry.sender.isGone) first.sender = entry.sender
    this.#host.pending(-entry.data.length)
  }

  #refuse(entry: Incoming, code: Refusal, why: string): void {
    this.#host.pending(-entry.data.length)
    this.#host.refused(entry, this.id, code, why)
    entry.sender.refused(entry, code, why)
  }

  /** Refuses everything and forgets the log. None may stay: it would be judged without those before it. */
  #drop(event: ChannelEvent, code: Refusal, why: string): void {
    const all = [...this.accepted, ...this.#asked, ...this.#doubtful, ...this.#waiting]
    this.accepted = []
    this.#asked = []
    this.#doubtful = []
    this.#waiting = []
    this.#go(event)
    for (const entry of all) this.#refuse(entry, code, why)
  }

  async #open(): Promise<void> {
    this.#go('needed')
    const { log } = this.#host
    try {
      const found = await log.find(this.id)
      if (!found) return this.#drop('read failed', 'not_found', NOT_FOUND)
      this.#kind = found.kind
      this.sinceSnapshot = { entries: 0, bytes: 0 }
      if (found.snapshot) this.#book.start(found.snapshot.seq, decodeStateVector(found.snapshot.stateVector))
      if (found.head > this.#book.head) await this.#readTail()
      for (const { clientId, userId } of await log.owners(this.id)) this.#book.learnOwner(clientId, userId)
    } catch (error) {
      this.#host.failed(this.id, error)
      return this.#drop('read failed', 'unavailable', AWAY)
    }
    this.#reopen()
  }

  /** Reads the log up to its end. Nothing may be accepted and uncommitted meanwhile. */
  async #readTail(): Promise<void> {
    for (;;) {
      const page = await this.#host.log.tail(this.id, this.#book.head)
      if (!page) throw new Error(`channel ${this.id} is gone`)
      for (const entry of page.entries) {
        this.#book.commit(entry.seq, { ...entry, shape: this.#shapeOf(entry) })
        this.#count(entry.data)
      }
      if (page.entries.length === 0 || this.#book.head >= page.head) return
    }
  }

  #shapeOf(entry: LogEntry): UpdateShape {
    const read = KINDS[this.#kind].read(entry.data)
    if (!read.ok) throw new Error(`entry ${entry.seq} of channel ${this.id} cannot be read: ${read.why}`)
    return read.shape
  }

  /** The log was read to its end: judges what waited, those accepted before first. */
  #reopen(): void {
    this.#go('read')
    const again = this.accepted
    const waited = this.#waiting
    this.accepted = []
    this.#waiting = []
    for (const entry of again) this.#judge(entry)
    for (const entry of waited) this.#take(entry)
    void this.#ask()
  }

  /** Asks the log about doubtful entries, beside the commits that go on. One question at a time. */
  async #ask(): Promise<void> {
    if (this.#asked.length > 0 || this.state !== 'open' || this.#doubtful.length === 0) return
    const asked = this.#doubtful
    this.#doubtful = []
    this.#asked = asked
    try {
      // In this order: a key that is not found after the tail was read was not in the tail either.
      const page = await this.#host.log.tail(this.id, this.#book.head)
      const answers = await this.#answers(asked)
      if (this.#asked !== asked) return
      this.#asked = []
      const foreign = page?.entries.some(
        (entry) => entry.seq > this.#book.head && !this.#book.isOnItsWay(entry),
      )
      if (foreign || this.state !== 'open') {
        // Another node wrote: this one catches up before it judges.
        this.#doubtful = [...asked, ...this.#doubtful]
        this.#go('moved')
        return void this.#catchUp()
      }
      this.#answer(asked, answers)
      void this.#ask()
    } catch (error) {
      this.#host.failed(this.id, error)
      if (this.#asked !== asked) return
      // What came after them may build on them.
      const all = [...asked, ...this.#doubtful]
      this.#asked = []
      this.#doubtful = []
      for (const entry of all) this.#refuse(entry, 'unavailable', AWAY)
    }
  }

  /**
   * Takes in what other nodes wrote. Entries accepted here are judged again on top of it. Whose their client ids are,
   * they say themselves.
   */
  async #catchUp(): Promise<void> {
    if (this.#flying > 0 || this.state !== 'behind') return
    this.#book.rollBack()
    // Those that are being asked about come first, and are asked about anew: the later ones may build on them.
    const asked = [...this.#asked, ...this.#doubtful]
    this.#asked = []
    this.#doubtful = []
    try {
      await this.#readTail()
      const answers = await this.#answers(asked)
      const later = this.#doubtful
      this.#doubtful = []
      this.#reopen()
      this.#answer(asked, answers)
      for (const entry of later) this.#judge(entry)
    } catch (error) {
      this.#host.failed(this.id, error)
      this.#doubtful = [...asked, ...this.#doubtful]
      this.#drop('read failed', 'unavailable', AWAY)
    }
  }

  /** What the log says about each entry's key; learns whose the writers are on the way. */
  async #answers(asked: readonly Read[]): Promise<Map<string, number>> {
    if (asked.length === 0) return new Map()
    const { log } = this.#host
    for (const writer of new Set(asked.map((entry) => entry.writer))) {
      const { userId, highest } = await log.writer(this.id, writer)
      const first = asked.find((entry) => entry.writer === writer)
      if (first) this.#book.learnWriter(writer, userId ?? first.userId, highest)
    }
    return log.seqs(this.id, asked)
  }

  #answer(asked: readonly Read[], answers: ReadonlyMap<string, number>): void {
    for (const entry of asked) {
      this.#judge(entry, { seq: answers.get(`${entry.writer} ${entry.ref}`) ?? null })
    }
  }
}
