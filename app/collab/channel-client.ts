/**
 * The browser's side of one channel: joins, reads on without holes, sends what is in the outbox until the log holds
 * it. It knows nothing of Yjs but that entries may be applied in any order and more than once.
 */
import { MAX_ENTRY_BYTES } from '../domain/channel-limits'
import type {
  AccessFrame,
  ChannelAccess,
  EntriesFrame,
  EntryTuple,
  JoinReply,
  PeopleFrame,
  Person,
  PresenceFrame,
  Refusal,
  RefusedFrame,
} from '../domain/channel-protocol'
import type { KeepAside } from './keep-aside'
import { Lanes } from './lanes'
import type { OutboxStore } from './outbox-store'
import { nextPhase, type Phase, type PhaseEvent } from './phase'
import { Seqs } from './seqs'
import { splitUpdate } from './split-update'
import type { Receiver, Wire, WireState } from './wire'
import { newWriter, type WriterLocks } from './writer-locks'

/** A frame that was overtaken is here soon; one that is not will not come by itself. */
const HOLE_MS = 1000
/** How long a join may take before it is asked again. */
const JOIN_MS = 15_000
/** How long nothing of what was sent may be answered before the log is read anew and it is sent again. */
const ANSWER_MS = 10_000
const JOIN_AGAIN_MS = { first: 500, last: 10_000 }
/** How often it is looked whether another tab has left something behind. */
const ADOPT_MS = 20_000

const WORDS = {
  away: 'The portal cannot reach its database.',
  signedOut: 'You are signed out. What is kept here is sent when you sign in again.',
  otherAccount: 'Somebody else has signed in in this browser. Reload the page.',
  restored: 'The document was restored to an earlier state. Reload the page to go on.',
}
const READ_ONLY = { code: 'forbidden', reason: 'You may read this, but not write in it.' } as const
const TOO_LARGE = {
  code: 'too_large',
  reason: `A single change holds more than ${MAX_ENTRY_BYTES / 1024 / 1024} MiB.`,
} as const

/** What the owner of a client hears. */
export interface ChannelListener {
  /** What others, and other tabs, have written. */
  received(data: Uint8Array[]): void
  /** Changes among the people; `all`: those named are the only ones. */
  people(change: { here: readonly Person[]; left: readonly string[]; all: boolean }): void
  /** Joined: the server does not know this tab's caret yet. */
  joined(): void
  /** What stands beside the text may have changed, as its comments. */
  beside(): void
  /** Something that can be read from the client may have changed. */
  changed(): void
}

export type ChannelParts = {
  wire: Wire
  channel: string
  account: string
  store: OutboxStore
  locks: WriterLocks
  listener: ChannelListener
  keepAside: KeepAside
}

/** What the portal keeps of somebody who may not write any more; `lead`: whose heads decide, for those who may know. */
export type Aside = { count: number; lead: string | null }

type Timer = ReturnType<typeof setTimeout> | undefined

export class ChannelClient implements Receiver {
  phase: Phase = 'waiting'
  /** What may be done here; null until it is known. */
  right: ChannelAccess | null = null
  /** The log was read to its end once. */
  synced = false
  /** The database was away when the server was last asked for something. */
  away = false
  lastSavedAt: number | null = null
  /** What was handed over, since it may not be merged any more. */
  aside: Aside | null = null
  /** This tab's place among the people. */
  presence: string | null = null
  readonly #parts: ChannelParts
  readonly #writer = newWriter()
  readonly #lanes: Lanes
  readonly #seqs = new Seqs()
  readonly #detach: () => void
  readonly #adoptTimer: ReturnType<typeof setInterval>
  #closedBecause: string | null = null
  #attempt = 0
  #putOff = 0
  #joinTimer: Timer
  #holeTimer: Timer
  #pauseTimer: Timer
  #answerTimer: Timer
  /** By the clock that nobody sets. */
  #pausedUntil = 0
  #lookedForOrphans = false
  #handing = false
  #fetching = false
  readonly #stop = new AbortController()
  /** The portal does not take it: it stays here, and is not offered again. */
  #declined = false
  /** It is not open any more, and what is kept here was not handed over yet. */
  #turnedAway = false
  #stopped = false

  constructor(parts: ChannelParts) {
    this.#parts = parts
    const { account, channel, store, locks, wire } = parts
    this.#lanes = new Lanes({ account, channel, writer: this.#writer }, store, locks, () => this.#update())
    this.#detach = wire.attach(channel, this)
    this.#adoptTimer = setInterval(() => void (this.#turnedAway ? this.#handOver() : this.#adopt()), ADOPT_MS)
    if (wire.state === 'connected') this.#go('connected')
  }

  get pending(): number {
    return this.#lanes.pending
  }

  get refusedChanges(): { count: number; code: Refusal; reason: string } | null {
    return this.#lanes.refused
  }

  /** Something written here was refused for good: whatever is written on top of it would be refused too. */
  get spoiled(): boolean {
    return this.#lanes.spoiled
  }

  get kept(): 'browser' | 'memory' {
    return this.#lanes.kept
  }

  get storing(): boolean {
    return this.#lanes.storing
  }

  get wire(): WireState {
    return this.#parts.wire.state
  }

  /** Nothing is left to do: all is committed, and what earlier tabs left was looked for. */
  get settled(): boolean {
    if (this.#handing || this.#turnedAway) return false
    return this.phase === 'closed' || (this.#lookedForOrphans && this.pending === 0)
  }

  /** Why nothing is sent, where there is something to say. */
  get reason(): string | null {
    if (this.#closedBecause) return this.#closedBecause
    if (this.wire === 'signed out') return WORDS.signedOut
    return this.away ? WORDS.away : null
  }

  /** Takes in a change made here: keeps it, and sends it as soon as that is possible. */
  append(data: Uint8Array): void {
    if (this.#stopped) return
    const pieces = data.length > MAX_ENTRY_BYTES ? splitUpdate(data, MAX_ENTRY_BYTES) : [data]
    if (!pieces) this.#lanes.addRefused(data, TOO_LARGE)
    else if (this.right !== null && this.right !== 'write') {
      this.#lanes.addRefused(data, READ_ONLY)
      void this.#handOver()
    } else {
      // One change, in however many pieces.
      for (const piece of pieces) this.#lanes.add(piece, piece === pieces[0] ? 1 : 0, this.#maySend)
    }
    this.#update()
  }

  say(frame: Omit<PresenceFrame, 'channel'>): void {
    if (this.phase === 'joined') this.#parts.wire.presence({ channel: this.#parts.channel, ...frame })
  }

  async dropRefused(): Promise<void> {
    await this.#lanes.dropRefused()
    this.#update()
  }

  /** Goes away. What is not committed stays in the store, for the next tab. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#stop.abort()
    this.#detach()
    this.#parts.wire.leave(this.#parts.channel)
    clearInterval(this.#adoptTimer)
    for (const timer of [this.#joinTimer, this.#holeTimer, this.#pauseTimer, this.#answerTimer])
      clearTimeout(timer)
    this.#lanes.free()
  }

  /** The account signs out here: nothing more is sent or kept. */
  abandon(): void {
    this.#lanes.abandon()
    this.fail(WORDS.signedOut)
  }

  /** Closes it with a reason for people. */
  fail(reason: string): void {
    this.#closedBecause ??= reason
    this.right = null
    this.#go('turned away')
    this.#update()
  }

  /** It is not open any more. What was not committed by then is kept aside. */
  #turnAway(reason: string): void {
    this.fail(reason)
    this.#turnedAway = true
    void this.#handOver()
  }

  /** What may not be merged is for the lead's heads to decide over: the portal keeps it. */
  async #handOver(): Promise<void> {
    if (this.#handing || this.#declined || this.#stopped) return
    this.#handing = true
    const { account, channel, keepAside } = this.#parts
    try {
      if (this.#turnedAway) {
        await this.#lanes.adopt()
        this.#lanes.setAllAside({ code: 'forbidden', reason: this.#closedBecause ?? READ_ONLY.reason })
      }
      await this.#lanes.handOver('forbidden', async (data, edits) => {
        const answer = await keepAside(account, channel, data)
        this.#declined ||= answer === null
        if (answer) this.aside = { count: (this.aside?.count ?? 0) + edits, lead: answer.lead }
        return answer !== null
      })
      this.#turnedAway = false
    } catch {
      // Nobody answered: it is kept here, and tried again.
    } finally {
      this.#handing = false
    }
    this.#update()
  }

  wireChanged(state: WireState): void {
    this.#go(state === 'connected' ? 'connected' : 'lost')
    this.#update()
  }

  entries({ entries }: EntriesFrame): void {
    this.#read(entries)
    this.#watchHole()
    this.#update()
  }

  refused({ writer, ref, code, reason, retry }: RefusedFrame): void {
    const found = this.#lanes.find(writer, ref)
    // Otherwise it answers what is set aside, or is going to be sent again anyway.
    if (!found?.item.flying) return
    this.#answeredNow()
    const { lane, item } = found
    if (retry !== null) {
      lane.land()
      if (code === 'unavailable') this.away = true
      if (code === 'not_joined') this.#go('behind')
      else this.#pause(retry)
    } else if ((code === 'gap' || code === 'overlap') && lane.doubt(item)) {
      lane.land()
      this.#go('behind')
    } else if (code === 'not_found') {
      return void this.#turnAway(reason)
    } else {
      this.#lanes.setAside(lane, { code, reason }, item)
      if (code === 'forbidden' && this.right === 'write') this.right = 'read'
      if (code === 'forbidden') void this.#handOver()
    }
    this.#update()
  }

  people({ here, left }: PeopleFrame): void {
    this.#parts.listener.people({ here, left, all: false })
  }

  access({ access, reason }: AccessFrame): void {
    if (access === null) return void this.#turnAway(reason)
    this.#allow(access)
    this.#update()
  }

  changed(): void {
    this.#parts.listener.beside()
  }

  #allow(right: ChannelAccess): void {
    this.right = right
    if (right === 'write') {
      this.#declined = false
      this.#lanes.revive('forbidden')
    } else {
      this.#lanes.setAllAside(READ_ONLY)
      void this.#handOver()
    }
  }

  get #maySend(): boolean {
    return this.phase === 'joined' && this.right === 'write' && performance.now() >= this.#pausedUntil
  }

  /** Sends what may be sent, and lets the owner look. */
  #update(): void {
    if (this.#stopped) return
    if (this.#maySend) {
      const { wire, channel } = this.#parts
      for (const { writer, items } of this.#lanes.take()) {
        wire.append({ channel, writer, items: items.map(({ ref, data }) => [ref ?? 0, data]) })
      }
      this.#awaitAnswer()
    }
    this.#parts.listener.changed()
  }

  #go(event: PhaseEvent): void {
    const before = this.phase
    this.phase = nextPhase(before, event)
    if (this.#stopped || (before === this.phase && event !== 'more')) return
    clearTimeout(this.#joinTimer)
    if (this.phase === 'joining') this.#join()
    if (this.phase === 'joined') this.#joined()
    if (this.phase === 'pausing') this.#joinLater()
    if (this.phase === 'waiting' || this.phase === 'closed') this.#gone()
  }

  #join(): void {
    const attempt = ++this.#attempt
    const { wire, channel } = this.#parts
    this.#joinTimer = setTimeout(() => this.#go('put off'), JOIN_MS)
    const since = this.#seqs.upTo
    wire.join({ channel, since, writer: this.#writer }, (answer) => {
      if (attempt !== this.#attempt || this.phase !== 'joining' || this.#stopped) return
      this.#answered(answer, since)
      this.#update()
    })
  }

  #answered(answer: JoinReply, since: number): void {
    if (!answer.ok) {
      const mayPass = answer.code === 'unavailable' || answer.code === 'too_fast'
      if (!mayPass)
        return void (answer.code === 'not_found' ? this.#turnAway(answer.reason) : this.fail(answer.reason))
      if (answer.code === 'unavailable') this.away = true
      return void this.#go('put off')
    }
    const { people, presence, head, snapshot } = answer
    const self = people.find((person) => person.presence === presence)
    if (self?.userId !== this.#parts.account) {
      // The cookie of the connection is of another account: nothing of this one may be sent with it.
      this.#parts.wire.leave(this.#parts.channel)
      return void this.fail(WORDS.otherAccount)
    }
    // Than was asked for: entries that came meanwhile may have overtaken the answer.
    if (head < since) return void this.fail(WORDS.restored)
    this.presence = presence
    this.away = false
    if (snapshot?.data) this.#start(snapshot.seq, snapshot.data)
    this.#read(answer.entries)
    this.#acknowledge(() => this.#lanes.acknowledgeUpTo(answer.acked))
    this.#parts.listener.people({ here: people, left: [], all: true })
    this.#allow(answer.access)
    if (snapshot && !snapshot.data) {
      this.#go('long')
      return void this.#fetch()
    }
    const isAll = this.#seqs.upTo >= head
    if (!isAll && !snapshot && answer.entries.length === 0) return void this.#go('put off')
    this.#go(isAll ? 'caught up' : 'more')
  }

  #start(seq: number, state: Uint8Array): void {
    this.#parts.listener.received([state])
    this.#seqs.reach(seq)
  }

  /** Goes on while the connection is away: what was fetched counts whenever it is whole. */
  async #fetch(): Promise<void> {
    if (this.#fetching) return
    this.#fetching = true
    let event: PhaseEvent = 'put off'
    try {
      const { wire, channel } = this.#parts
      const found = await wire.snapshot(channel, this.#stop.signal)
      if (found && !this.#stopped && this.phase !== 'closed') {
        this.#start(found.seq, found.data)
        event = 'fetched'
      }
    } catch {
      // It is asked for again.
    } finally {
      this.#fetching = false
    }
    if (this.phase === 'fetching') this.#go(event)
    this.#update()
  }

  #joined(): void {
    this.#putOff = 0
    this.synced = true
    this.#watchHole()
    this.#parts.listener.joined()
    // What was told while this tab was away is not told again.
    this.#parts.listener.beside()
    void this.#adopt()
  }

  #joinLater(): void {
    this.#lanes.land()
    const wait = Math.min(JOIN_AGAIN_MS.last, JOIN_AGAIN_MS.first * 2 ** this.#putOff++)
    this.#joinTimer = setTimeout(() => this.#go('due'), wait * (0.5 + Math.random()))
  }

  #gone(): void {
    clearTimeout(this.#holeTimer)
    clearTimeout(this.#pauseTimer)
    this.#answeredNow()
    this.#holeTimer = undefined
    this.#pausedUntil = 0
    this.#putOff = 0
    this.#lanes.land()
    this.#parts.listener.people({ here: [], left: [], all: true })
  }

  /** Hands on what is new, in one piece, and takes what is ours as acknowledged. */
  #read(entries: readonly EntryTuple[]): void {
    const fresh = entries.filter(([seq]) => this.#seqs.add(seq))
    // What this tab has written is in the document already.
    const others = fresh.filter(([, writer]) => writer !== this.#writer)
    if (others.length > 0) this.#parts.listener.received(others.map(([, , , data]) => data))
    this.#acknowledge(() => this.#lanes.acknowledge(entries))
  }

  #acknowledge(acknowledge: () => void): void {
    const before = this.#lanes.pending
    acknowledge()
    const after = this.#lanes.pending
    if (after === before) return
    this.#answeredNow()
    this.away = false
    if (after === 0) this.lastSavedAt = Date.now()
  }

  #awaitAnswer(): void {
    if (!this.#lanes.isFlying) return
    this.#answerTimer ??= setTimeout(() => {
      this.#answerTimer = undefined
      if (this.phase !== 'joined' || !this.#lanes.isFlying) return
      this.#lanes.land()
      this.#go('behind')
    }, ANSWER_MS)
  }

  #answeredNow(): void {
    clearTimeout(this.#answerTimer)
    this.#answerTimer = undefined
  }

  #watchHole(): void {
    if (!this.#seqs.hasHole) {
      clearTimeout(this.#holeTimer)
      this.#holeTimer = undefined
      return
    }
    const since = this.#seqs.upTo
    this.#holeTimer ??= setTimeout(() => {
      this.#holeTimer = undefined
      if (this.#seqs.upTo === since) this.#go('behind')
      else this.#watchHole()
    }, HOLE_MS)
  }

  #pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + ms)
    clearTimeout(this.#pauseTimer)
    this.#pauseTimer = setTimeout(() => this.#update(), this.#pausedUntil - performance.now())
  }

  async #adopt(): Promise<void> {
    if (this.phase !== 'joined' || this.#stopped) return
    await this.#lanes.adopt()
    this.#lookedForOrphans = true
    if (this.right !== null && this.phase === 'joined') this.#allow(this.right)
    this.#update()
  }
}
