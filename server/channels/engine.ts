/** The engine: channels, the people in them, and the one commit that all of them share. */
import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type {
  EntriesFrame,
  EntryTuple,
  JoinFrame,
  PeopleFrame,
  Person,
  Refusal,
  ServerEvents,
} from '../../app/domain/channel-protocol'
import { Fault, type FaultKind, notFound, unavailable } from '../../app/domain/fault'
import type { Database } from '../../db/connection'
import type { Metrics } from '../metrics'
import { type ChannelHost, type Incoming, LiveChannel } from './channel'
import { Commits } from './commits'
import { Connection } from './connection'
import { type Distance, distances } from './core/batch'
import { entriesMessage } from './core/entries-message'
import { Told } from './core/told'
import { eventMessage, type PushedEvent } from './event-message'
import { Folder } from './folder'
import type { Log } from './log'
import { postgresLog } from './log-postgres'
import { Lookout } from './lookout'
import { Member } from './member'
import { Nodes, type Tell } from './nodes'
import { Parcels } from './parcels'
import type { Peer } from './peer'
import { readSince } from './read-since'
import { listenForRechecks, type Recheck, type RecheckBus, type RecheckHooks } from './recheck-bus'
import { type Grant, Rights } from './rights'
import { Room } from './room'
import { Snapshots } from './snapshots'
import type { Author, ChannelState, Channels, ResolveAccess } from './types'

/** Entries that wait for the database may hold this much memory; then senders are told to wait. */
const FULL_BYTES = 64 * 1024 * 1024
const SWEEP_MS = 5000
/** A session that ran out by itself is noticed after this long. */
const RECHECK_MS = 60_000
/** How long a stop waits for what was accepted. */
const CLOSE_MS = 15_000

/** Goes on when the clock of the machine is set: a right that was known is not fresh for longer. */
export const steadyNow = () => performance.now()

export type EngineParts = {
  log: Log
  logger: Logger
  metrics: Metrics
  resolveAccess: ResolveAccess
  listen: (hooks: RecheckHooks) => RecheckBus
  now?: () => number
  /** Between the starts of two commits: see `core/batch.ts`. */
  commitDistance?: Distance
}

export class Engine implements Channels {
  readonly log: Logger
  readonly now: () => number
  readonly rights: Rights
  /** Long snapshots, for those who fetch them. */
  readonly parcels: Parcels
  readonly #log: Log
  readonly #metrics: Metrics
  readonly #commits: Commits
  readonly #snapshots: Snapshots
  readonly #bus: RecheckBus
  readonly #rooms = new Map<string, Room>()
  readonly #connections = new Set<Connection>()
  readonly #listeners: ((channelId: string, head: number) => void)[] = []
  readonly #sweep: NodeJS.Timeout
  readonly #host: ChannelHost
  /** Null where this is the only node. */
  #nodes: Nodes | null = null
  #lookout: Lookout | null = null
  #pendingBytes = 0
  #closing = false

  constructor(parts: EngineParts) {
    const { log, logger, metrics, resolveAccess, listen, now = steadyNow } = parts
    this.log = logger
    this.now = now
    this.rights = new Rights(resolveAccess, now)
    this.#log = log
    this.parcels = new Parcels(log, now)
    this.#metrics = metrics
    this.#commits = new Commits(log, parts.commitDistance ?? distances(), {
      committed: (batch) => metrics.committed(batch),
      failed: (error) => {
        metrics.commitsFailed.inc()
        logger.error({ err: error }, 'a commit failed; nothing of it was acknowledged')
      },
    })
    this.#snapshots = new Snapshots(log, new Folder(), {
      written: () => metrics.snapshots.inc(),
      failed: (channel, err) =>
        logger.error({ err, channel }, 'a snapshot failed; the log is complete without it'),
    })
    this.#bus = listen({
      heard: (recheck) => this.#recheck(recheck),
      missed: () => this.#recheckAll(),
      failed: (err) => logger.warn({ err }, 'rechecks of rights are not heard; listening again'),
    })
    this.#host = this.#hostChannels()
    this.#sweep = setInterval(() => this.#tidy(), SWEEP_MS).unref()
  }

  /** True when more waits for the database than memory should hold, or when the engine stops. */
  get full(): boolean {
    return this.#closing || this.#pendingBytes > FULL_BYTES
  }

  /** Makes this one of several nodes. Gives what takes in what `tell` brought from a node. */
  link(tell: Tell): (told: unknown) => void {
    const nodes = new Nodes(tell, {
      now: this.now,
      people: () => [...this.#rooms].flatMap(([id, { people }]) => (people.length > 0 ? [[id, people]] : [])),
      entries: (frame) => this.#tellOfOthers(frame),
      moved: (channelId) => {
        const room = this.#rooms.get(channelId)
        if (room) void this.#lookout?.read(room)
      },
      changed: (frame) => this.#showHere(frame),
    })
    this.#nodes = nodes
    this.#lookout = new Lookout(this.#log, {
      rooms: () => [...this.#rooms.values()].filter((room) => room.told !== null),
      missed: (frame) => {
        this.#metrics.entriesReadLate.inc(frame.entries.length)
        this.#tellOfOthers(frame)
      },
      failed: (err) => this.log.debug({ err }, 'the log could not be looked at'),
    })
    this.#metrics.seeNodes(() => ({ others: nodes.others, heard: nodes.heard }))
    return (told) => nodes.hear(told)
  }

  /** Who is in a channel, on all nodes. */
  people(room: Room): Person[] {
    return [...room.people, ...(this.#nodes?.peopleIn(room.live.id) ?? [])]
  }

  connect(peer: Peer): Connection {
    const connection = new Connection(this, peer)
    this.#connections.add(connection)
    this.#metrics.connections.set(this.#connections.size)
    return connection
  }

  gone(connection: Connection): void {
    this.#connections.delete(connection)
    this.#metrics.connections.set(this.#connections.size)
  }

  /** Puts a connection into a channel. From here on it gets the channel's frames. */
  enter(connection: Connection, channelId: string, grant: NonNullable<Grant>): Member {
    const room = this.#room(channelId)
    const member = new Member(room, connection.peer, this.rights, grant, randomUUID(), connection)
    connection.members.set(channelId, member)
    room.members.add(member)
    room.live.joined++
    return member
  }

  exit(connection: Connection, member: Member): void {
    const { room, channelId } = member
    if (!room.members.delete(member)) return
    connection.members.delete(channelId)
    room.live.joined--
    room.hide(member.presence)
    this.rights.release(connection.peer.actor.sessionId, channelId)
    if (room.live.joined > 0) return
    room.told = null
    this.#snapshots.consider(room.live, true)
  }

  /** What a joiner gets from the log; null when there is no such channel. */
  async read({ channel, since, writer }: JoinFrame, userId: string) {
    this.#room(channel).live.warm()
    const inLog = await this.#log.writer(channel, writer)
    const read = await readSince(this.#log, channel, since)
    if (!read) return null
    const room = this.#room(channel)
    room.live.learnWriter(writer, inLog.userId ?? userId, inLog.highest)
    // What is stored from here on has to be told; what is stored already comes with this reply.
    if (this.#nodes && room.members.size > 0) room.told ??= new Told(read.head)
    return {
      reply: { ...read, acked: inLog.acked },
      forged: inLog.userId !== null && inLog.userId !== userId,
    }
  }

  /** A reader was too slow and was let go of. */
  readonly droppedSlow = (): void => this.#metrics.droppedSlow.inc()

  countRefusal(code: Refusal): void {
    this.#metrics.refused.inc({ code })
  }

  async load(channelId: string): Promise<ChannelState | null> {
    const state = await this.#snapshots.state(channelId)
    return state && { seq: state.seq, data: state.data }
  }

  freshen(channelId: string): Promise<void> {
    return this.#snapshots.write(channelId)
  }

  append(author: Author, channelId: string, data: Uint8Array): Promise<number> {
    if (this.full) return Promise.reject(unavailable('The portal is stopping or behind; nothing was stored.'))
    return new Promise((resolve, reject) => {
      this.#room(channelId).live.append({
        ...author,
        writer: `server-${randomUUID()}`,
        ref: 1,
        data: Buffer.from(data.buffer, data.byteOffset, data.byteLength),
        by: 'server',
        sender: {
          committed: (_, seq) => resolve(seq),
          known: (_, seq) => resolve(seq),
          refused: (_, code, why) =>
            reject(code === 'not_found' ? notFound() : new Fault(faultOf(code), why)),
        },
      })
    })
  }

  tell(channelId: string, entries: EntryTuple[]): void {
    const frame: EntriesFrame = { channel: channelId, entries }
    this.#tellOfOthers(frame)
    this.#nodes?.entries(frame)
  }

  onCommitted(listener: (channelId: string, head: number) => void): void {
    this.#listeners.push(listener)
  }

  async recheckChannel(channelId: string): Promise<void> {
    this.#recheck({ channel: channelId })
    await this.#bus.tell({ channel: channelId })
  }

  async tellChanged(channelId: string): Promise<void> {
    // It is stored by now: who is not told finds it when they next look.
    await this.#bus
      .tell({ beside: channelId })
      .catch((err) => this.log.warn({ err, channel: channelId }, 'open pages were not told of a change'))
  }

  async recheckUser(userId: string): Promise<void> {
    this.#recheck({ user: userId })
    await this.#bus.tell({ user: userId })
  }

  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#sweep)
    const until = performance.now() + CLOSE_MS
    while (this.#pendingBytes > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await this.#commits.drained()
    this.#lookout?.close()
    this.#nodes?.close()
    await Promise.all([this.#bus.close(), this.#snapshots.close()])
    await this.#log.close()
  }

  #hostChannels(): ChannelHost {
    return {
      log: this.#log,
      ready: (channel) => this.#commits.ready(channel),
      publish: (channel, entries) => {
        const frame: EntriesFrame = {
          channel: channel.id,
          entries: entries.map(({ seq, entry }) => [seq, entry.writer, entry.ref, entry.data]),
        }
        this.#tellHere(frame)
        this.#nodes?.entries(frame)
        for (const listener of this.#listeners) listener(channel.id, channel.head)
        this.#snapshots.consider(channel)
      },
      refused: (entry, channel, code, why) => this.#noteRefusal(entry, channel, code, why),
      failed: (channel, err) => this.log.warn({ err, channel }, 'the log of a channel could not be read'),
      pending: (bytes) => {
        this.#pendingBytes += bytes
      },
    }
  }

  /** Tells this node's people in a channel what was committed, here or elsewhere. */
  #tellHere(frame: EntriesFrame): void {
    const room = this.#rooms.get(frame.channel)
    if (!room || room.members.size === 0) return
    const message = entriesMessage(frame)
    for (const { peer } of room.members) peer.push(message)
    for (const [seq] of frame.entries) room.told?.add(seq)
  }

  /** Not known to be committed by this node: of another one, or its own commit failed and happened all the same. */
  #tellOfOthers(frame: EntriesFrame): void {
    const keys = frame.entries.map(([, writer, ref]): [string, number] => [writer, ref])
    for (const member of this.#rooms.get(frame.channel)?.members ?? []) member.told(keys)
    this.#tellHere(frame)
  }

  #showHere(frame: PeopleFrame): void {
    this.#pushAll(frame.channel, 'people', frame)
  }

  #pushAll<E extends PushedEvent>(channel: string, event: E, frame: Parameters<ServerEvents[E]>[0]): void {
    const members = this.#rooms.get(channel)?.members
    if (!members?.size) return
    const message = eventMessage(event, frame)
    for (const { peer } of members) peer.push(message)
  }

  /** Without a word of what was written. */
  #noteRefusal({ userId, writer, ref, data }: Incoming, channel: string, code: Refusal, why: string): void {
    this.countRefusal(code)
    const level = code === 'unavailable' ? 'debug' : 'warn'
    this.log[level]({ channel, code, why, userId, writer, ref, bytes: data.length }, 'an entry was refused')
  }

  #room(channelId: string): Room {
    const known = this.#rooms.get(channelId)
    if (known) return known
    const apart = () => this.#commits.apart
    const room = new Room(new LiveChannel(channelId, this.#host), apart, (frame) => {
      this.#showHere(frame)
      this.#nodes?.people(frame)
    })
    this.#rooms.set(channelId, room)
    this.#metrics.openChannels.set(this.#rooms.size)
    return room
  }

  #recheck(recheck: Recheck): void {
    if ('beside' in recheck) return void this.#tellChangedHere(recheck.beside)
    this.rights.forget()
    for (const connection of this.#connections) {
      if ('user' in recheck) {
        if (connection.peer.actor.userId === recheck.user) void connection.recheck()
        continue
      }
      const member = connection.members.get(recheck.channel)
      if (member) void connection.recheckMember(member)
    }
  }

  /** Says only that something changed: what it is, each asks for under their own rights. */
  #tellChangedHere(channel: string): void {
    this.#pushAll(channel, 'changed', { channel })
  }

  #recheckAll(): void {
    this.rights.forget()
    for (const channel of this.#rooms.keys()) this.#tellChangedHere(channel)
    for (const connection of this.#connections) void connection.recheck()
  }

  /** Lets go of channels that nobody needs, and looks after sessions that may have run out. */
  #tidy(): void {
    for (const [id, room] of this.#rooms) if (room.live.forget()) this.#rooms.delete(id)
    this.#metrics.openChannels.set(this.#rooms.size)
    this.parcels.tidy()
    const before = this.now() - RECHECK_MS
    for (const connection of this.#connections) if (connection.checkedAt < before) void connection.recheck()
  }
}

const FAULTS: Partial<Record<Refusal, FaultKind>> = { unavailable: 'unavailable', forbidden: 'forbidden' }
const faultOf = (code: Refusal): FaultKind => FAULTS[code] ?? 'invalid'

export type EngineOptions = { db: Database; log: Logger; metrics: Metrics; resolveAccess: ResolveAccess }

/** The engine on the portal's database. */
export function createChannels({ db, log, metrics, resolveAccess }: EngineOptions): Engine {
  return new Engine({
    log: postgresLog(db, (err) => log.warn({ err }, 'a connection of the engine was lost')),
    logger: log,
    metrics,
    resolveAccess,
    listen: (hooks) => listenForRechecks(db, hooks),
  })
}
