/** Everybody of a room, connected to a real portal as browsers are, in this process. */
import { randomUUID } from 'node:crypto'
import type { JoinReply } from '../../../app/domain/channel-protocol'
import type { Actor } from '../../../app/domain/people'
import type { SessionActInput } from '../../../app/domain/session/acts'
import { join, type LiveSocket, openSocket } from '../../harness/live-server'
import { signIn } from '../../harness/portal-process'
import { PASSWORD } from './people'

/** scrypt is slow on purpose: so many at once. */
const SIGN_INS = 8

export type Seat = { actor: Actor; cookie: string; socket: LiveSocket }

export class Hall {
  readonly seats: Seat[]
  readonly #origin: string
  /** When each seat had the event of a seq, ms by this process's clock; -1: not yet. */
  readonly #came = new Map<number, Float64Array>()
  #wake: (() => void)[] = []

  private constructor(origin: string, seats: Seat[]) {
    this.#origin = origin
    this.seats = seats
    for (const [nth, { socket }] of seats.entries())
      socket.on('entries', ({ entries }) => {
        const now = performance.now()
        for (const [seq] of entries) this.#row(seq)[nth] = now
        for (const wake of this.#wake.splice(0)) wake()
      })
  }

  static async enter(origin: string, people: readonly Actor[]): Promise<Hall> {
    const seats: Seat[] = []
    for (let at = 0; at < people.length; at += SIGN_INS)
      seats.push(
        ...(await Promise.all(
          people.slice(at, at + SIGN_INS).map(async (actor, nth) => {
            const address = `198.51.100.${1 + Math.floor((at + nth) / 5)}`
            const cookie = await signIn(origin, { email: actor.email, password: PASSWORD }, address)
            return { actor, cookie, socket: await openSocket(origin, { cookie, origin }) }
          }),
        )),
      )
    return new Hall(origin, seats)
  }

  leave(): void {
    for (const { socket } of this.seats) socket.disconnect()
  }

  join(nth: number, sessionId: string, since = 0): Promise<JoinReply> {
    return join(this.#seat(nth).socket, sessionId, randomUUID(), since)
  }

  async joinAll(sessionId: string, since: number): Promise<void> {
    for (const nth of this.seats.keys()) {
      const reply = await this.join(nth, sessionId, since)
      if (!reply.ok) throw new Error(`${reply.code}: ${reply.reason}`)
    }
  }

  /** Asks for an act over HTTP as the room's script does. Out: the seq of its last event. */
  async act(nth: number, sessionId: string, act: SessionActInput): Promise<number> {
    const { cookie } = this.#seat(nth)
    const answer = await fetch(`${this.#origin}/sessions/${sessionId}/act`, {
      method: 'POST',
      headers: { cookie, origin: this.#origin, 'content-type': 'application/json' },
      body: JSON.stringify({ key: randomUUID(), act }),
    })
    if (!answer.ok) throw new Error(`${act.act}: ${answer.status} ${await answer.text()}`)
    return ((await answer.json()) as { seq: number }).seq
  }

  async page(nth: number, address: string): Promise<void> {
    const answer = await fetch(`${this.#origin}${address}`, { headers: { cookie: this.#seat(nth).cookie } })
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
    await answer.arrayBuffer()
  }

  /** When each seat had the event, once all have it. */
  async shown(seq: number, most = 30_000): Promise<number[]> {
    const late = performance.now() + most
    for (;;) {
      const row = this.#row(seq)
      if (row.every((at) => at >= 0)) return [...row]
      if (performance.now() > late) throw new Error(`event ${seq} did not reach all`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100)
        this.#wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  #row(seq: number): Float64Array {
    const known = this.#came.get(seq)
    if (known) return known
    const row = new Float64Array(this.seats.length).fill(-1)
    this.#came.set(seq, row)
    return row
  }

  #seat(nth: number): Seat {
    const seat = this.seats[nth]
    if (!seat) throw new Error(`there is no seat ${nth}`)
    return seat
  }
}
