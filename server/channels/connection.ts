/** One connection: checks each frame that comes in, and holds it to its rates. */
import {
  type AppendFrame,
  appendFrame,
  type EntryTuple,
  type JoinFrame,
  type JoinReply,
  joinFrame,
  leaveFrame,
  MAX_ENTRY_BYTES,
  MAX_PRESENCE_BYTES,
  presenceFrame,
  type Refusal,
} from '../../app/domain/channel-protocol'
import { NOT_FOUND } from './channel'
import { Allowance } from './core/allowance'
import type { Engine } from './engine'
import type { Member, MemberHost } from './member'
import type { Peer } from './peer'

export const LIMITS = {
  channels: 100,
  entries: { perSecond: 200, burst: 1000 },
  bytes: { perSecond: 4 * 1024 * 1024, burst: 8 * 1024 * 1024 },
  presence: { perSecond: 60, burst: 120 },
  joins: { perSecond: 20, burst: 200 },
} as const
/** Work for a refused entry or a frame that means nothing counts as this many entries. */
const REFUSED_COSTS = 10
const RECHECK_AGAIN_MS = 1000

const refusal = (code: Refusal, reason: string): JoinReply => ({ ok: false, code, reason })

const keyOf = ([, writer, ref]: EntryTuple): [string, number] => [writer, ref]

export class Connection implements MemberHost {
  readonly peer: Peer
  checkedAt: number
  readonly members = new Map<string, Member>()
  readonly #engine: Engine
  readonly #entries: Allowance
  /** Of answers to what is held back: they take nothing from what its sender may have stored. */
  readonly #held: Allowance
  readonly #bytes: Allowance
  readonly #presence: Allowance
  readonly #joinRate: Allowance
  #joins: Promise<void> = Promise.resolve()
  #closed = false

  constructor(engine: Engine, peer: Peer) {
    const now = engine.now()
    this.peer = peer
    this.checkedAt = now
    this.#engine = engine
    this.#entries = new Allowance(LIMITS.entries, now)
    this.#held = new Allowance(LIMITS.entries, now)
    this.#bytes = new Allowance(LIMITS.bytes, now)
    this.#presence = new Allowance(LIMITS.presence, now)
    this.#joinRate = new Allowance(LIMITS.joins, now)
  }

  /** One after the other, so that joining a hundred channels asks the database for one at a time. */
  join(raw: unknown, reply: (answer: JoinReply) => void): void {
    const frame = joinFrame.safeParse(raw)
    if (!frame.success) return void reply(refusal('malformed', 'The join frame is not as the protocol says.'))
    if (this.#joinRate.take(1, this.#engine.now()) > 0) {
      this.peer.pause()
      return void reply(refusal('too_fast', 'Too many joins.'))
    }
    this.#joins = this.#joins.then(async () => {
      const answer = await this.#join(frame.data).catch((error: unknown) => {
        this.#engine.log.warn({ err: error, channel: frame.data.channel }, 'a join failed')
        return refusal('unavailable', 'The database cannot be reached.')
      })
      if (!answer.ok) {
        this.leave({ channel: frame.data.channel })
        this.#engine.countRefusal(answer.code)
      }
      if (!this.#closed) reply(answer)
    })
  }

  async #join(frame: JoinFrame): Promise<JoinReply> {
    const { channel, writer } = frame
    const grant = await this.#engine.rights.ask(this.peer.actor.sessionId, channel)
    if (!grant) return refusal('not_found', NOT_FOUND)
    if (this.#closed) return refusal('unavailable', 'The connection is closed.')
    const already = this.members.get(channel)
    if (!already && this.members.size >= LIMITS.channels) {
      return refusal('too_fast', `A connection joins at most ${LIMITS.channels} channels.`)
    }
    // Subscribed first, read afterwards: what is committed in between comes twice rather than never.
    const member = already ?? this.#engine.enter(this, channel, grant)
    member.update(grant)
    const read = await this.#engine.read(frame, grant.actor.userId)
    if (!read || this.members.get(channel) !== member) return refusal('not_found', NOT_FOUND)
    if (read.forged) return refusal('forged', `The writer ${writer} belongs to somebody else.`)
    member.told([[writer, read.reply.acked], ...read.reply.entries.map(keyOf)])
    if (!already) member.show()
    const { access, presence, room } = member
    // Oneself always, also where the others are not shown one: a client knows by it whose connection this is.
    const others = this.#engine.people(room).filter((person) => person.presence !== presence)
    return { ok: true, access, presence, ...read.reply, people: [...others, member.person] }
  }

  append(raw: unknown): void {
    const frame = appendFrame.safeParse(raw)
    if (frame.success) this.appended(frame.data)
    else this.#malformed(raw)
  }

  /** The same, of a frame that was checked while it was read. */
  appended(frame: AppendFrame): void {
    const member = this.members.get(frame.channel)
    if (member) this.#append(frame, member)
    else this.#notJoined(frame)
  }

  #append({ writer, items }: AppendFrame, member: Member): void {
    const now = this.#engine.now()
    for (const [ref, bytes] of items) {
      const data = Buffer.isBuffer(bytes)
        ? bytes
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const entry = { writer, ref, data }
      if (member.heldBack(entry)) {
        if (this.#held.take(1, now) > 0) this.peer.pause()
        continue
      }
      const problem = this.#problem(bytes.length, now)
      if (!problem) {
        member.append(entry)
        continue
      }
      // Nothing that comes later may wait for a copy: its sender does not send it again.
      if (member.hasTaken(entry)) continue
      const { code, why, retry } = problem
      this.#engine.countRefusal(code)
      member.refuse(entry, code, why, retry)
    }
  }

  /** What stands against taking an entry of so many bytes now. */
  #problem(bytes: number, now: number): { code: Refusal; why: string; retry?: number } | null {
    const wait = this.#entries.take(1, now) || this.#bytes.take(bytes, now)
    if (wait > 0) {
      this.peer.pause()
      return { code: 'too_fast', why: 'Too much at once.', retry: wait }
    }
    if (bytes > MAX_ENTRY_BYTES) {
      return { code: 'too_large', why: `An entry holds at most ${MAX_ENTRY_BYTES} bytes.` }
    }
    if (!this.#engine.full) return null
    return { code: 'unavailable', why: 'The server is behind; nothing was stored.' }
  }

  #notJoined({ channel, writer, items }: AppendFrame): void {
    this.#engine.countRefusal('not_joined')
    if (this.#entries.take(REFUSED_COSTS, this.#engine.now()) > 0) this.peer.pause()
    for (const [ref] of items) {
      const reason = 'Join the channel first.'
      this.peer.refused({ channel, writer, ref, code: 'not_joined', reason, retry: 1000 })
    }
  }

  /** Says so, unless the connection sends so many of them that answering would be work for nothing. */
  #malformed(raw: unknown): void {
    this.#engine.countRefusal('malformed')
    const now = this.#engine.now()
    if (this.#entries.take(REFUSED_COSTS, now) > 0) return void this.peer.pause()
    const { channel } = leaveFrame.safeParse(raw).data ?? { channel: '' }
    const reason = 'The frame is not as the protocol says.'
    this.peer.refused({ channel, writer: '', ref: 0, code: 'malformed', reason, retry: null })
  }

  charge(): void {
    this.#entries.charge(REFUSED_COSTS, this.#engine.now())
  }

  lost(member: Member): void {
    void this.recheckMember(member)
  }

  presence(raw: unknown): void {
    if (this.#presence.take(1, this.#engine.now()) > 0) return void this.peer.pause()
    const frame = presenceFrame.safeParse(raw)
    if (!frame.success || JSON.stringify(frame.data).length > MAX_PRESENCE_BYTES)
      return void this.#malformed(raw)
    this.members.get(frame.data.channel)?.move(frame.data)
  }

  leave(raw: unknown): void {
    const frame = leaveFrame.safeParse(raw)
    if (!frame.success) return void this.#malformed(raw)
    const member = this.members.get(frame.data.channel)
    if (member) this.#engine.exit(this, member)
  }

  closed(): void {
    this.#closed = true
    for (const member of this.members.values()) this.#engine.exit(this, member)
    this.#engine.gone(this)
  }

  /** Asks again whether the session stands and what it may do where it is. */
  async recheck(): Promise<void> {
    this.checkedAt = this.#engine.now()
    try {
      if (!(await this.peer.signedIn())) return this.peer.disconnect()
    } catch {
      return this.#later(() => this.recheck())
    }
    await Promise.all([...this.members.values()].map((member) => this.recheckMember(member)))
  }

  async recheckMember(member: Member): Promise<void> {
    const channel = member.channelId
    if (this.members.get(channel) !== member) return
    try {
      const grant = await this.#engine.rights.ask(this.peer.actor.sessionId, channel)
      if (this.members.get(channel) !== member) return
      if (!grant) {
        this.#engine.exit(this, member)
        this.peer.access({ channel, access: null, reason: NOT_FOUND })
      } else if (member.update(grant)) {
        member.show()
        this.peer.access({ channel, access: grant.access, reason: 'Your right here was changed.' })
      }
    } catch {
      this.#later(() => this.recheckMember(member))
    }
  }

  /** Nobody could answer: while the database is away nothing is published either. */
  #later(again: () => Promise<void>): void {
    setTimeout(() => {
      if (!this.#closed) void again()
    }, RECHECK_AGAIN_MS).unref()
  }
}
