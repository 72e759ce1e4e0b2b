/**
 * A browser tab's connection to engines in memory: frames wait in queues until the test delivers, drops or reorders
 * them. A browser is what its tabs share: the outbox and the locks.
 */
import { gunzipSync } from 'node:zlib'
import type { Snapshot } from '../../app/collab/fetch-snapshot'
import { memoryStore, type OutboxStore } from '../../app/collab/outbox-store'
import type { Receiver, Wire, WireState } from '../../app/collab/wire'
import { memoryLocks, type WriterLocks } from '../../app/collab/writer-locks'
import type { AppendFrame, JoinFrame, JoinReply, PresenceFrame } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'
import type { Connection } from '../../server/channels/connection'
import type { Cluster, TestPeer } from './fake-nodes'

type Link = { peer: TestPeer; connection: Connection; inbound: (() => void)[]; outbound: (() => void)[] }

export class TabWire implements Wire {
  state: WireState = 'connecting'
  readonly heardAt = 0
  /** Everything that was sent, and all that came for an append: for tests that count. */
  readonly appended: AppendFrame[] = []
  readonly #cluster: Cluster
  readonly #actor: Actor
  readonly #receivers = new Map<string, Receiver>()
  #link: Link | null = null

  constructor(cluster: Cluster, actor: Actor) {
    this.#cluster = cluster
    this.#actor = actor
  }

  attach(channel: string, receiver: Receiver): () => void {
    if (this.#receivers.has(channel)) throw new Error('open already')
    this.#receivers.set(channel, receiver)
    return () => this.#receivers.delete(channel)
  }

  join(frame: JoinFrame, reply: (answer: JoinReply) => void): void {
    const link = this.#link
    link?.outbound.push(() =>
      link.connection.join(frame, (answer) => link.inbound.push(() => reply(structuredClone(answer)))),
    )
  }

  append(frame: AppendFrame): void {
    const sent = structuredClone(frame)
    this.appended.push(sent)
    this.#link?.outbound.push(() => this.#link?.connection.append(sent))
  }

  presence(frame: PresenceFrame): void {
    this.#link?.outbound.push(() => this.#link?.connection.presence(structuredClone(frame)))
  }

  leave(channel: string): void {
    this.#link?.outbound.push(() => this.#link?.connection.leave({ channel }))
  }

  async snapshot(channel: string): Promise<Snapshot | null> {
    const parcel = await this.#cluster.engines[0]?.parcels.get(channel)
    return parcel ? { seq: parcel.seq, data: gunzipSync(parcel.data) } : null
  }

  connect(node = 0): void {
    if (this.#link) return
    this.#link = { ...this.#cluster.connect(this.#actor, node), inbound: [], outbound: [] }
    this.#go('connected')
  }

  /** Breaks the connection: what is under way in either direction is lost. */
  drop(): void {
    if (!this.#link) return
    this.#link.connection.closed()
    this.#link = null
    this.#go('lost')
  }

  /** The browser was closed: nothing arrives, and nobody is told. */
  die(): void {
    this.#receivers.clear()
    this.drop()
  }

  /** Hands everything that waits to the server, in order. */
  send(): void {
    for (const go of this.#link?.outbound.splice(0) ?? []) go()
  }

  /** Delivers one frame of those that wait: the oldest, or another one. */
  deliver(at = 0): boolean {
    this.#collect()
    const waiting = this.#link?.inbound ?? []
    const [frame] = waiting.splice(at % Math.max(1, waiting.length), 1)
    frame?.()
    return frame !== undefined
  }

  /** Keeps one frame to be delivered a second time. */
  repeat(at = 0): void {
    this.#collect()
    const waiting = this.#link?.inbound ?? []
    const frame = waiting[at % Math.max(1, waiting.length)]
    if (frame) waiting.push(frame)
  }

  /** Loses one frame from the server while the connection goes on. */
  lose(): void {
    this.#collect()
    this.#link?.inbound.shift()
  }

  /** Delivers everything in both directions. */
  flow(): void {
    this.send()
    while (this.deliver());
  }

  #collect(): void {
    const link = this.#link
    for (const [event, frame] of link?.peer.sent.splice(0) ?? []) {
      link?.inbound.push(() => {
        const receiver = this.#receivers.get(frame.channel)
        // The overloads of an event and its frame belong together; `sent` keeps them as pairs.
        receiver?.[event]?.(frame as never)
      })
    }
  }

  #go(state: WireState): void {
    this.state = state
    for (const receiver of [...this.#receivers.values()]) receiver.wireChanged(state)
  }
}

/** What the tabs of one browser share. */
export class Browser {
  readonly store: OutboxStore
  readonly locks: WriterLocks = memoryLocks()

  constructor(store: OutboxStore = memoryStore()) {
    this.store = store
  }

  /** One tab's view: when it dies, it writes nothing more, and its locks are free. */
  tab(): { store: OutboxStore; locks: WriterLocks; die: () => void } {
    const { store, locks } = this
    const held = new Set<() => void>()
    let dead = false
    const never = new Promise<never>(() => {})
    return {
      store: {
        kind: store.kind,
        write: (change, durable) => (dead ? never : store.write(change, durable)),
        load: (account, channel) => (dead ? never : store.load(account, channel)),
        counts: (account) => store.counts(account),
        clear: (account) => store.clear(account),
      },
      locks: {
        take: async (writer) => {
          const free = dead ? null : await locks.take(writer)
          if (free && dead) free()
          if (!free || dead) return null
          held.add(free)
          return free
        },
      },
      die: () => {
        dead = true
        for (const free of held) free()
      },
    }
  }
}
