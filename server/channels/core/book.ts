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

const keyOf = (entry: { writer: string; ref: number }) => `${entry.writer} ${entry.ref}`

export class Book {
  /** Everything up to this seq is known here. */
  #head = 0
  /** Where it started: what the log holds up to there was not read entry by entry. */
  #base = 0
  readonly #clocks = new Map<number, number>()
  readonly #owners = new Map<number, string>()
  /**
   * Writers seen, with their highest ref committed; the longest known are forgotten first. `whole`: the log said so.
   * Otherwise it is the highest of the part of the log that was read here.
   */
  readonly #writers = new Map<string, { userId: string; highest: number; whole: boolean }>()

  readonly #acceptedClocks = new Map<number, number>()
  readonly #acceptedOwners = new Map<number, string>()
  readonly #acceptedKeys = new Set<string>()

  get head(): number {
    return this.#head
  }

  /** The clocks committed, by Yjs client id. */
  get clocks(): ReadonlyMap<number, number> {
    return this.#clocks
  }

  /** Starts from a known state: a snapshot's. */
  start(seq: number, clocks: ReadonlyMap<number, number>): void {
    this.#head = seq
    this.#base = seq
    for (const [client, clock] of clocks) this.#clocks.set(client, clock)
  }

  learnOwner(client: number, userId: string): void {
    if (!this.#owners.has(client)) this.#owners.set(client, userId)
  }

  /** From the log: to whom a writer belongs and how far it is committed. */
  learnWriter(writer: string, userId: string, highest: number): void {
    this.#see(writer, userId, highest, true)
  }

  #see(writer: string, userId: string, highest: number, whole: boolean): void {
    const known = this.#writers.get(writer)
    if (known) {
      known.highest = Math.max(known.highest, highest)
      known.whole ||= whole
      return
    }
    this.#writers.set(writer, { userId, highest, whole })
    if (this.#writers.size > MAX_WRITERS) {
      for (const oldest of this.#writers.keys()) {
        this.#writers.delete(oldest)
        break
      }
    }
  }

  ownerOfWriter(writer: string): string | null {
    return this.#writers.get(writer)?.userId ?? null
  }

  isOnItsWay(entry: { writer: string; ref: number }): boolean {
    return this.#acceptedKeys.has(keyOf(entry))
  }

  /** Judges an entry by the rules R1–R6. `answer` is what the log said when it was asked about this very entry. */
  judge(entry: Candidate, answer?: LogAnswer): Verdict {
    if (this.isOnItsWay(entry)) return { is: 'on its way' }
    const writer = this.#writers.get(entry.writer)
    if (writer && writer.userId !== entry.userId) {
      return { is: 'refused', code: 'forged', why: 'The writer belongs to somebody else.' }
    }
    if (answer?.seq != null) return { is: 'committed', seq: answer.seq }
    if (!answer && (!writer?.whole || entry.ref <= writer.highest)) return { is: 'doubtful' }
    const problem = this.#problem(entry)
    if (!problem) return { is: 'fresh' }
    return answer ? { is: 'refused', ...problem } : { is: 'doubtful' }
  }

  /** Puts a fresh entry on the upper layer. Gives the client ids that it binds to its sender. */
  accept(entry: Candidate): number[] {
    const bound: number[] = []
    this.#acceptedKeys.add(keyOf(entry))
    for (const { client, end } of entry.shape.ranges) {
      this.#acceptedClocks.set(client, end)
      if (this.#owners.has(client) || this.#acceptedOwners.has(client)) continue
      this.#acceptedOwners.set(client, entry.userId)
      bound.push(client)
    }
    return bound
  }

  /** An entry is in the log at `seq`, ours or another node's. Entries are told in order. */
  commit(seq: number, entry: Candidate): void {
    if (seq !== this.#head + 1) throw new Error(`seq ${seq} does not follow ${this.#head}`)
    this.#head = seq
    this.#acceptedKeys.delete(keyOf(entry))
    this.#see(entry.writer, entry.userId, entry.ref, this.#base === 0)
    for (const range of entry.shape.ranges) {
      this.#clocks.set(range.client, Math.max(range.end, this.#clocks.get(range.client) ?? 0))
      this.learnOwner(range.client, entry.userId)
      this.#acceptedOwners.delete(range.client)
      if (this.#acceptedClocks.get(range.client) === range.end) this.#acceptedClocks.delete(range.client)
    }
  }

  /** Takes off what was accepted and is not committed. */
  rollBack(): void {
    this.#acceptedClocks.clear()
    this.#acceptedOwners.clear()
    this.#acceptedKeys.clear()
  }

  #clock(client: number): number {
    return this.#acceptedClocks.get(client) ?? this.#clocks.get(client) ?? 0
  }

  #problem({ shape, userId }: Candidate): { code: Doubt; why: string } | null {
    for (const { client, start } of shape.ranges) {
      const owner = this.#owners.get(client) ?? this.#acceptedOwners.get(client)
      if (owner !== undefined && owner !== userId) {
        return { code: 'forged', why: `Client id ${client} belongs to somebody else.` }
      }
      const clock = this.#clock(client)
      if (start < clock) {
        return {
          code: 'overlap',
          why: `Client ${client} starts at ${start}; the log holds it up to ${clock}.`,
        }
      }
      if (start > clock) {
        return { code: 'gap', why: `Client ${client} starts at ${start}; the log holds it up to ${clock}.` }
      }
    }
    const missing = integrates(shape, (client) => this.#clock(client))
    return missing && { code: 'gap', why: `It builds on client ${missing.client}, clock ${missing.clock}.` }
  }
}
