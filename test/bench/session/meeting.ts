/** Sessions for the bench, made by the verbs that people's acts go through, before anybody is connected. */
import { randomUUID } from 'node:crypto'
import type { Actor } from '../../../app/domain/people'
import { type SessionActInput, sessionAct } from '../../../app/domain/session/acts'
import type { SessionState } from '../../../app/domain/session/model'
import type { Database } from '../../../db/connection'
import { actInSession } from '../../../server/sessions/act'
import { createSession } from '../../../server/sessions/create'
import { readSession } from '../../../server/sessions/log'
import type { Crowd } from './people'

const HOUR = 3_600_000
const ITEMS = 12
const TEXT =
  'The group takes note of the assessment before it, asks the delegations concerned to hand in what is missing on ' +
  'water, power and the rights of those who live there, and returns to the matter at its next session.'

export class Meeting {
  readonly id: string
  readonly #db: Database

  private constructor(db: Database, id: string) {
    this.#db = db
    this.id = id
  }

  /** An announced session with a full agenda. */
  static async announce(db: Database, { secretary, groupId }: Crowd, title: string): Promise<Meeting> {
    const id = await createSession(
      db,
      secretary,
      groupId,
      {
        ...{ key: randomUUID(), title, zone: 'UTC', starts: '', ends: '', readers: [] },
        ...{ startsAt: new Date(Date.now() + 200 * HOUR), endsAt: new Date(Date.now() + 204 * HOUR) },
        ...{ marking: 'group', chatham: false },
      },
      null,
    )
    const meeting = new Meeting(db, id)
    for (let nth = 1; nth <= ITEMS; nth++)
      await meeting.act(secretary, { act: 'add_item', title: `Item ${nth} of the agenda`, minutes: 20 })
    await meeting.act(secretary, { act: 'announce' })
    return meeting
  }

  async act(actor: Actor, input: SessionActInput): Promise<number> {
    const channels = { tell: () => {}, recheckChannel: async () => {}, load: async () => null }
    const parts = { db: this.#db, channels }
    const asked = { key: randomUUID(), act: sessionAct.parse(input) }
    return (await actInSession(parts, actor, this.id, asked, null)).seq
  }

  async state(): Promise<SessionState> {
    return (await readSession(this.#db, this.id)).state
  }

  /** Everybody is in the room, the chair presides, the first item is open. Out: the seq of the last event. */
  async open({ people, heads: [chair] }: Crowd): Promise<number> {
    if (!chair) throw new Error('nobody presides')
    for (const one of people) await this.act(one, { act: 'enter' })
    await this.act(chair, { act: 'open' })
    const { items } = await this.state()
    return this.act(chair, { act: 'open_item', itemId: items[0]?.id ?? '' })
  }

  /** A motion on the open item that another delegation seconded. Out: its id. */
  async motion([, by, seconder]: readonly Actor[]): Promise<string> {
    if (!by || !seconder) throw new Error('a motion takes two delegations')
    await this.act(by, { act: 'propose', title: 'A motion', text: TEXT })
    const motionId = (await this.state()).motions.at(-1)?.id ?? ''
    await this.act(seconder, { act: 'second', motionId })
    return motionId
  }

  /** Four hours: on every item speeches, a motion, an amendment by consensus and a roll-call; people come and go. */
  async goOn(crowd: Crowd, events: number): Promise<number> {
    const { heads, people } = crowd
    const [chair, mover] = heads
    if (!chair || !mover) throw new Error('nobody presides')
    const items = (await this.state()).items
    let seq = 0
    for (const [nth, item] of items.entries()) {
      if (nth > 0) await this.act(chair, { act: 'open_item', itemId: item.id })
      for (const head of heads.slice(nth % 3)) await this.#speech(chair, head)
      const motionId = await this.motion(heads)
      await this.act(mover, { act: 'amend', motionId, passage: 'takes note of', text: 'welcomes' })
      const amendment = (await this.state()).motions.at(-1)?.id ?? ''
      await this.act(chair, { act: 'second', motionId: amendment })
      await this.act(chair, { act: 'ask_consensus', motionId: amendment })
      await this.act(chair, { act: 'conclude', motionId: amendment })
      await this.act(chair, {
        ...{ act: 'open_vote', motionId, method: 'roll_call', majority: 'simple', base: 'voting' },
      })
      for (const [at, head] of heads.entries())
        await this.act(head, { act: 'vote', motionId, choice: at % 5 ? 'yes' : 'no' })
      seq = await this.act(chair, { act: 'close_vote', motionId })
      if (nth === items.length - 1) break
      seq = await this.act(chair, { act: 'close_item', itemId: item.id })
      process.stdout.write(`  ${seq.toLocaleString('en')} events\r`)
    }
    for (let nth = 0; seq < events; nth++) {
      const one = people[nth % people.length] ?? chair
      await this.act(one, { act: 'leave' })
      seq = await this.act(one, { act: 'enter' })
    }
    return seq
  }

  async #speech(chair: Actor, by: Actor): Promise<void> {
    await this.act(by, { act: 'raise_hand', kind: 'statement', side: 'for' })
    const handId =
      (await this.state()).hands.find((hand) => hand.delegationId === by.organization.id)?.id ?? ''
    await this.act(chair, { act: 'give_floor', handId })
    await this.act(chair, { act: 'stop_clock' })
    await this.act(chair, { act: 'start_clock' })
    await this.act(by, { act: 'end_speech' })
  }
}
