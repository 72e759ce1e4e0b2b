/**
 * The browser's side of a session's channel: joins, folds what it gets in order, joins again after a break with the
 * last seq it holds. It sends nothing there: acts are asked for over HTTP (`act.ts`), and come back as events.
 */
import { Cell } from '../collab/cell'
import { nextPhase, type Phase, type PhaseEvent } from '../collab/phase'
import type { Receiver, Wire, WireState } from '../collab/wire'
import { newWriter } from '../collab/writer-locks'
import type {
  AccessFrame,
  EntriesFrame,
  EntryTuple,
  JoinReply,
  PeopleFrame,
  Person,
} from '../domain/channel-protocol'
import { decodeEvent } from '../domain/session/events'
import { fold } from '../domain/session/fold'
import { EMPTY_SESSION, type SessionState } from '../domain/session/model'
import { unpackState } from '../domain/session/packed'

/** A frame that was overtaken is here soon; one that is not will not come by itself. */
const HOLE_MS = 1000
const JOIN_MS = 15_000
const AGAIN_MS = { first: 500, last: 10_000 }

export type Live = 'connecting' | 'live' | 'away' | 'closed'

export type Room = {
  /** Null until the log was read to its end once. */
  state: SessionState | null
  live: Live
  /** Connected tabs. */
  people: readonly Person[]
  /** The server's clock less this browser's, in ms, as the last event told it. */
  ahead: number
  /** When the server was last heard of, by the browser's clock, in ms. */
  heardAt: number
  seq: number
}

type Timer = ReturnType<typeof setTimeout> | undefined

export class SessionClient implements Receiver {
  readonly room = new Cell<Room>({
    state: null,
    live: 'connecting',
    people: [],
    ahead: 0,
    heardAt: 0,
    seq: 0,
  })
  readonly #wire: Wire
  readonly #channel: string
  readonly #writer = newWriter()
  readonly #detach: () => void
  #phase: Phase = 'waiting'
  #state: SessionState = EMPTY_SESSION
  #seq = 0
  /** Came ahead of a hole. */
  readonly #ahead = new Map<number, Uint8Array>()
  readonly #people = new Map<string, Person>()
  readonly #stop = new AbortController()
  #attempt = 0
  #putOff = 0
  #joinTimer: Timer
  #holeTimer: Timer

  constructor(wire: Wire, channel: string) {
    this.#wire = wire
    this.#channel = channel
    this.#detach = wire.attach(channel, this)
    if (wire.state === 'connected') this.#go('connected')
  }

  close(): void {
    clearTimeout(this.#joinTimer)
    clearTimeout(this.#holeTimer)
    this.#phase = 'closed'
    this.#stop.abort()
    this.#detach()
    this.#wire.leave(this.#channel)
  }

  wireChanged(state: WireState): void {
    this.#go(state === 'connected' ? 'connected' : 'lost')
  }

  entries({ entries }: EntriesFrame): void {
    if (this.#phase === 'closed') return
    const told = this.#take(entries)
    this.#publish(told === null ? {} : { ahead: told - Date.now() })
    this.#watchHole()
  }

  /** Nothing is sent that could be refused. */
  refused(): void {}

  people({ here, left }: PeopleFrame): void {
    for (const person of here) this.#people.set(person.presence, person)
    for (const presence of left) this.#people.delete(presence)
    this.#publish({ people: [...this.#people.values()] })
  }

  access({ access }: AccessFrame): void {
    if (access === null) this.#go('turned away')
  }

  #go(event: PhaseEvent): void {
    const before = this.#phase
    this.#phase = nextPhase(before, event)
    if (before === this.#phase && event !== 'more') return
    clearTimeout(this.#joinTimer)
    if (this.#phase === 'joining') this.#join()
    if (this.#phase === 'joined') this.#putOff = 0
    if (this.#phase === 'pausing') {
      const wait = Math.min(AGAIN_MS.last, AGAIN_MS.first * 2 ** this.#putOff++)
      this.#joinTimer = setTimeout(() => this.#go('due'), wait * (0.5 + Math.random()))
    }
    this.#publish({})
  }

  #join(): void {
    const attempt = ++this.#attempt
    this.#joinTimer = setTimeout(() => this.#go('put off'), JOIN_MS)
    this.#wire.join({ channel: this.#channel, since: this.#seq, writer: this.#writer }, (answer) => {
      if (attempt === this.#attempt && this.#phase === 'joining') this.#answered(answer)
    })
  }

  #answered(answer: JoinReply): void {
    if (!answer.ok) {
      const mayPass = answer.code === 'unavailable' || answer.code === 'too_fast'
      return void this.#go(mayPass ? 'put off' : 'turned away')
    }
    const { snapshot, head, entries, people } = answer
    // Another log than the one that was read, as after a restored backup: from the start.
    if (head < this.#seq) this.#start(EMPTY_SESSION, 0)
    if (snapshot?.data && snapshot.seq > this.#seq) this.#start(unpackState(snapshot.data), snapshot.seq)
    this.#take(entries)
    this.#people.clear()
    for (const person of people) this.#people.set(person.presence, person)
    this.#publish({ people: [...this.#people.values()] })
    if (snapshot && !snapshot.data) {
      this.#go('long')
      return void this.#fetch()
    }
    if (this.#seq >= head) return void this.#go('caught up')
    this.#go(entries.length > 0 || snapshot ? 'more' : 'put off')
  }

  /** A long session's state comes by HTTP; what happened since comes with the next join. */
  async #fetch(): Promise<void> {
    let event: PhaseEvent = 'put off'
    try {
      const found = await this.#wire.snapshot(this.#channel, this.#stop.signal)
      if (found) {
        this.#start(unpackState(found.data), found.seq)
        event = 'fetched'
      }
    } catch {
      // It is asked for again.
    }
    if (this.#phase === 'fetching') this.#go(event)
  }

  #start(state: SessionState, seq: number): void {
    this.#state = state
    this.#seq = seq
    for (const early of this.#ahead.keys()) if (early <= seq) this.#ahead.delete(early)
  }

  /** Folds what follows without a hole. Gives the instant of the last event that was folded. */
  #take(entries: readonly EntryTuple[]): number | null {
    for (const [seq, , , data] of entries) if (seq > this.#seq) this.#ahead.set(seq, data)
    let last: number | null = null
    for (;;) {
      const data = this.#ahead.get(this.#seq + 1)
      if (!data) return last
      this.#ahead.delete(++this.#seq)
      const event = decodeEvent(data)
      // A later version of the portal knows more events than this page: what it does not know changes nothing here.
      if (event) this.#state = fold(this.#state, event)
      last = event?.at ?? last
    }
  }

  #watchHole(): void {
    clearTimeout(this.#holeTimer)
    if (this.#ahead.size > 0) this.#holeTimer = setTimeout(() => this.#go('behind'), HOLE_MS)
  }

  #publish(change: Partial<Room>): void {
    const before = this.room.get()
    const read = this.#phase === 'joined' || before.state !== null
    this.room.set({
      ...before,
      state: read ? this.#state : null,
      live: this.#live(before.live),
      heardAt: this.#wire.heardAt,
      seq: this.#seq,
      ...change,
    })
  }

  #live(before: Live): Live {
    if (this.#phase === 'joined') return 'live'
    if (this.#phase === 'closed') return 'closed'
    return before === 'connecting' ? 'connecting' : 'away'
  }
}
