/**
 * What a node knows of one channel's log, and the rules by which an entry may follow what is there. Two layers:
 * what is committed, and on top of it what was accepted and is not committed yet. A commit moves entries from the
 * upper layer to the lower one; a failed one takes the upper layer off.
 */
import { integrates } from './integrates'
import type { UpdateShape } from './read-update'

/** An entry as its sender gave it, read. `writer` and `ref` are the key that makes it idempotent. */
export type Candidate = {
  writer: string
  ref: number
  userId: string
  shape: UpdateShape
}

/** What the log answered about a key: its seq, or null when it is not in there. */
export type LogAnswer = { seq: number | null }

export type Doubt = 'gap' | 'overlap' | 'forged'

export type Verdict =
  | { is: 'fresh' }
  /** The same entry is on its way: its acknowledgement answers this one too. */
  | { is: 'on its way' }
  | { is: 'committed'; seq: number }
  /** Not as this node knows the log. The log itself may know more: ask it, then judge again with its answer. */
  | { is: 'doubtful' }
  | { is: 'refused'; code: Doubt; why: string }

const MAX_WRITERS = 4096
const NO_LAYER = 0
const FRESH: Verdict = { is: 'fresh' }

/** Whose a Yjs client id is and how far it has come: in the log, and in the upper layer of number `layer`. */
type Client = {
  id: number
  owner: string | null
  clock: number
  layer: number
  acceptedOwner: string
  acceptedClock: number
}

/**
 * `highest`: of its refs committed. `whole`: the log said so; otherwise it is the highest of the part of the log that
 * was read here. `accepted`: its refs in the upper layer of that number.
 */
type Writer = {
  name: string
  userId: string
  highest: number
  whole: boolean
  accepted: { layer: number; refs: Set<number> } | null
}

export class Book {
  /** Everything up to this seq is known here. */
  #head = 0
  /** Where it started: what the log holds up to there was not read entry by entry. */
  #base = 0
  /** Of the upper layer. What bears another number was taken off with the layer of that number. */
  #layer = 1
  readonly #clients = new Map<number, Client>()
  /** Those seen; the longest known are forgotten first. */
  readonly #writers = new Map<string, Writer>()
  /** Looked up last: an entry is looked up again at each step. */
  #lastClient: Client | null = null
  #lastWriter: Writer | null = null

  get head(): number {
    return this.#head
  }

  /** The clocks committed, by Yjs client id. */
  get clocks(): ReadonlyMap<number, number> {
    const committed = [...this.#clients].filter(([, { clock }]) => clock > 0)
    return new Map(committed.map(([client, { clock }]) => [client, clock]))
  }

  /** Starts from a known state: a snapshot's. */
  start(seq: number, clocks: ReadonlyMap<number, number>): void {
    this.#head = seq
    this.#base = seq
    for (const [client, clock] of clocks) this.#client(client).clock = clock
  }

  learnOwner(client: number, userId: string): void {
    this.#client(client).owner ??= userId
  }

  /** From the log: to whom a writer belongs and how far it is committed. */
  learnWriter(writer: string, userId: string, highest: number): void {
    this.#see(writer, userId, highest, true)
  }

  #see(writer: string, userId: string, highest: number, whole: boolean): Writer {
    const known = this.#writer(writer)
    if (known) {
      known.highest = Math.max(known.highest, highest)
      known.whole ||= whole
      return known
    }
    const seen: Writer = { name: writer, userId, highest, whole, accepted: null }
    this.#writers.set(writer, seen)
    if (this.#writers.size > MAX_WRITERS) this.#forgetOne()
    return seen
  }

  #forgetOne(): void {
    for (const [writer, { accepted }] of this.#writers) {
      if (accepted && accepted.refs.size > 0) continue
      this.#writers.delete(writer)
      this.#lastWriter = null
      return
    }
  }

  isOnItsWay(entry: { writer: string; ref: number }): boolean {
    const accepted = this.#writer(entry.writer)?.accepted
    return accepted?.layer === this.#layer && accepted.refs.has(entry.ref)
  }

  /** Judges an entry by the rules R1–R6. `answer` is what the log said when it was asked about this very entry. */
  judge(entry: Candidate, answer?: LogAnswer): Verdict {
    if (this.isOnItsWay(entry)) return { is: 'on its way' }
    const writer = this.#writer(entry.writer)
    if (writer && writer.userId !== entry.userId) {
      return { is: 'refused', code: 'forged', why: 'The writer belongs to somebody else.' }
    }
    if (answer?.seq != null) return { is: 'committed', seq: answer.seq }
    if (!answer && (!writer?.whole || entry.ref <= writer.highest)) return { is: 'doubtful' }
    const problem = this.#problem(entry)
    if (!problem) return FRESH
    return answer ? { is: 'refused', ...problem } : { is: 'doubtful' }
  }

  /** Puts a fresh entry on the upper layer. Gives the client ids that it binds to its sender. */
  accept({ writer, ref, userId, shape }: Candidate): number[] {
    const seen = this.#see(writer, userId, 0, false)
    seen.accepted ??= { layer: this.#layer, refs: new Set() }
    if (seen.accepted.layer !== this.#layer) {
      seen.accepted.layer = this.#layer
      seen.accepted.refs.clear()
    }
    seen.accepted.refs.add(ref)
    const bound: number[] = []
    for (const { client: id, end } of shape.ranges) {
      const client = this.#client(id)
      if (client.owner === null && client.layer !== this.#layer) bound.push(id)
      client.layer = this.#layer
      client.acceptedOwner = userId
      client.acceptedClock = end
    }
    return bound
  }

  /** An entry is in the log at `seq`, ours or another node's. Entries are told in order. */
  commit(seq: number, { writer, ref, userId, shape }: Candidate): void {
    if (seq !== this.#head + 1) throw new Error(`seq ${seq} does not follow ${this.#head}`)
    this.#head = seq
    this.#see(writer, userId, ref, this.#base === 0).accepted?.refs.delete(ref)
    for (const range of shape.ranges) {
      const client = this.#client(range.client)
      client.clock = Math.max(range.end, client.clock)
      client.owner ??= userId
      if (client.acceptedClock === range.end) client.layer = NO_LAYER
    }
  }

  /** Takes off what was accepted and is not committed. */
  rollBack(): void {
    this.#layer++
  }

  #writer(name: string): Writer | undefined {
    if (this.#lastWriter?.name === name) return this.#lastWriter
    const writer = this.#writers.get(name)
    if (writer) this.#lastWriter = writer
    return writer
  }

  #knownClient(id: number): Client | undefined {
    if (this.#lastClient?.id === id) return this.#lastClient
    const client = this.#clients.get(id)
    if (client) this.#lastClient = client
    return client
  }

  #client(id: number): Client {
    const known = this.#knownClient(id)
    if (known) return known
    const client = { id, owner: null, clock: 0, layer: NO_LAYER, acceptedOwner: '', acceptedClock: 0 }
    this.#clients.set(id, client)
    return client
  }

  #clock(id: number): number {
    const client = this.#knownClient(id)
    if (!client) return 0
    return client.layer === this.#layer ? client.acceptedClock : client.clock
  }

  #problem({ shape, userId }: Candidate): { code: Doubt; why: string } | null {
    for (const { client: id, start } of shape.ranges) {
      const client = this.#knownClient(id)
      const owner = client?.owner ?? (client?.layer === this.#layer ? client.acceptedOwner : null)
      if (owner !== null && owner !== userId) {
        return { code: 'forged', why: `Client id ${id} belongs to somebody else.` }
      }
      const clock = this.#clock(id)
      if (start === clock) continue
      const why = `Client ${id} starts at ${start}; the log holds it up to ${clock}.`
      return { code: start < clock ? 'overlap' : 'gap', why }
    }
    const missing = integrates(shape, (client) => this.#clock(client))
    return missing && { code: 'gap', why: `It builds on client ${missing.client}, clock ${missing.clock}.` }
  }
}
