/** One connection in one channel: what it may do now, and its entries on their way to the log. */
import type { ChannelAccess, Person, PresenceFrame, Refusal } from '../../app/domain/channel-protocol'
import { type Actor, delegationOf, institutionOf } from '../../app/domain/people'
import { type Incoming, NOT_FOUND, type Sender } from './channel'
import { HeldEntries } from './core/held'
import type { Peer } from './peer'
import type { Grant, Rights } from './rights'
import type { Room } from './room'

const READ_ONLY = 'You may read this, but not write in it.'
const NO_ANSWER = 'It could not be checked whether you may write; nothing was stored.'

/** When a refused entry may be sent again, in ms; others never, as they are. */
const RETRY_MS: Partial<Record<Refusal, number>> = { unavailable: 1000, too_fast: 1000, not_joined: 1000 }

type Unchecked = { writer: string; ref: number; data: Buffer }

export interface MemberHost {
  /** An entry was refused after work. */
  charge(): void
  /** The channel is not open to this member any more. */
  lost(member: Member): void
}

export class Member implements Sender {
  readonly room: Room
  readonly peer: Peer
  readonly presence: string
  access: ChannelAccess

  #actor: Actor
  readonly #rights: Rights
  readonly #host: MemberHost
  readonly #held = new HeldEntries()
  /** Entries that wait for the answer whether their sender may write. */
  #unchecked: Unchecked[] | null = null
  #client: number | null = null
  #caret: Person['caret'] = null

  constructor(
    room: Room,
    peer: Peer,
    rights: Rights,
    grant: NonNullable<Grant>,
    presence: string,
    host: MemberHost,
  ) {
    this.room = room
    this.presence = presence
    this.#host = host
    this.access = grant.access
    this.#actor = grant.actor
    this.peer = peer
    this.#rights = rights
  }

  get isGone(): boolean {
    return !this.room.members.has(this)
  }

  get channelId(): string {
    return this.room.live.id
  }

  get person(): Person {
    const { organization, userId, name } = this.#actor
    return {
      presence: this.presence,
      userId,
      name,
      organization: organization.name,
      partnerIso2: delegationOf(this.#actor)?.partnerIso2 ?? null,
      access: this.access,
      client: this.#client,
      caret: this.#caret,
    }
  }

  /**
   * Tells the others in the channel. Not of an institution that only reads: several may be asked to finance one project,
   * and none is to learn from a name in the text who else was.
   */
  show(): void {
    if (institutionOf(this.#actor) && this.access === 'read') return
    this.room.show(this.person)
  }

  /** A right was read anew; true when it differs from what the person was told. */
  update(grant: NonNullable<Grant>): boolean {
    this.#actor = grant.actor
    if (grant.access === this.access) return false
    this.access = grant.access
    return true
  }

  move({ client, caret }: PresenceFrame): void {
    this.#client = client
    this.#caret = caret
    this.show()
  }

  /** Whether an earlier entry of the writer has to come first; its sender is told. */
  heldBack(entry: Unchecked): boolean {
    const hold = this.#held.before(entry.writer, entry.ref)
    if (hold) this.#tell(entry, hold.code, hold.why)
    return hold !== null
  }

  /** Its client is told up to which ref writers are in the log: an entry whose commit failed may yet be there. */
  told(refs: readonly [writer: string, ref: number][]): void {
    for (const [writer, ref] of refs) this.#held.lift(writer, ref)
  }

  /** Whether this is a copy of an entry that was taken, of which its sender is told already what becomes of it. */
  hasTaken({ writer, ref }: Unchecked): boolean {
    return this.#held.hasTaken(writer, ref)
  }

  /** Takes an entry: asks whether its sender may write, now, and hands it on in the order of arrival. */
  append(entry: Unchecked): void {
    this.#held.take(entry.writer, entry.ref)
    if (this.#unchecked) return void this.#unchecked.push(entry)
    const grant = this.#rights.known(this.#actor.sessionId, this.channelId)
    if (grant !== undefined) return void this.#hand(entry, grant)
    this.#unchecked = [entry]
    void this.#check()
  }

  async #check(): Promise<void> {
    let grant: Grant | undefined
    try {
      grant = await this.#rights.ask(this.#actor.sessionId, this.channelId)
    } catch {
      grant = undefined
    }
    const entries = this.#unchecked ?? []
    this.#unchecked = null
    for (const entry of entries) {
      if (this.heldBack(entry)) continue
      if (grant === undefined) this.refuse(entry, 'unavailable', NO_ANSWER)
      else this.#hand(entry, grant)
    }
  }

  #hand(entry: Unchecked, grant: Grant): void {
    if (!grant) {
      this.refuse(entry, 'not_found', NOT_FOUND)
      return void this.#host.lost(this)
    }
    if (grant.access !== 'write') return void this.refuse(entry, 'forbidden', READ_ONLY)
    const { userId, organization } = grant.actor
    this.room.live.append({ ...entry, userId, organizationId: organization.id, sender: this, by: 'client' })
  }

  /** Refuses an entry; what can be sent again holds back what the same writer sent after it. */
  refuse(entry: Unchecked, code: Refusal, why: string, retry = RETRY_MS[code] ?? null): void {
    if (retry !== null) this.#held.refuse(entry.writer, { ref: entry.ref, code, why })
    this.#tell(entry, code, why, retry)
  }

  #tell({ writer, ref }: Unchecked, code: Refusal, reason: string, retry = RETRY_MS[code] ?? null): void {
    this.peer.refused({ channel: this.channelId, writer, ref, code, reason, retry })
  }

  refused(entry: Incoming, code: Refusal, why: string): void {
    if (code !== 'unavailable') this.#host.charge()
    this.refuse(entry, code, why)
  }

  known({ writer, ref, data }: Incoming, seq: number): void {
    this.peer.entries({ channel: this.channelId, entries: [[seq, writer, ref, data]] })
  }
}
