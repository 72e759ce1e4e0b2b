/** Engines on one log in memory, and peers over connections that the test delivers, drops and reorders. */
import { pino } from 'pino'
import parser from 'socket.io-msgpack-parser'
import type { EntriesFrame, JoinReply, ServerEvents } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'
import type { Connection } from '../../server/channels/connection'
import { Engine } from '../../server/channels/engine'
import type { Commit, Log } from '../../server/channels/log'
import { MemoryLog } from '../../server/channels/log-memory'
import type { Peer } from '../../server/channels/peer'
import type { Recheck, RecheckHooks } from '../../server/channels/recheck-bus'
import type { ResolveAccess } from '../../server/channels/types'
import { createMetrics, type Metrics } from '../../server/metrics'

export function actor(userId: string, sessionId = `session-${userId}`): Actor {
  const organization = {
    kind: 'delegation',
    id: `d-${userId}`,
    name: 'Japan',
    partnerIso2: 'JP',
    role: 'head',
  } as const
  return { userId, name: userId, email: `${userId}@example.org`, sessionId, organization }
}

/** A log whose commits can be made to fail, before or after they happened; and so can, or be slow, what is asked of it. */
export class FlakyLog extends MemoryLog {
  fail: 'no' | 'before' | 'after' = 'no'
  /** The next question is answered with an error, after so many turns. */
  failAsked: number | null = null
  /** The next question is answered after so many turns. */
  slowAsked = 0
  away = false
  commits = 0

  override async commit(commits: readonly Commit[]): Promise<boolean[]> {
    this.commits++
    await new Promise((resolve) => setImmediate(resolve))
    const fail = this.away ? 'before' : this.fail
    this.fail = 'no'
    if (fail === 'before') throw new Error('away')
    const stored = await super.commit(commits)
    if (fail === 'after') throw new Error('the connection was lost')
    return stored
  }

  override async find(channelId: string) {
    if (this.away) throw new Error('away')
    return super.find(channelId)
  }

  override async tail(channelId: string, after: number) {
    const [fails, slow] = [this.failAsked, this.slowAsked]
    this.failAsked = null
    this.slowAsked = 0
    for (let turns = fails ?? slow; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
    if (fails !== null) throw new Error('away')
    return super.tail(channelId, after)
  }
}

/** The message in an unmasked WebSocket frame. */
function unframed(frame: Buffer): Buffer {
  const length = (frame[1] ?? 0) & 0x7f
  return frame.subarray(length === 126 ? 4 : length === 127 ? 10 : 2)
}

/** A peer that keeps what it is sent until the test delivers it. */
export class TestPeer implements Peer {
  readonly actor: Actor
  readonly sent: {
    [Event in keyof ServerEvents]: [Event, Parameters<ServerEvents[Event]>[0]]
  }[keyof ServerEvents][] = []
  ended = false
  session = true
  /** How often it was not read for a moment. */
  pauses = 0

  constructor(actor: Actor) {
    this.actor = actor
  }

  entries(frame: EntriesFrame): void {
    this.sent.push(['entries', frame])
  }

  refused(frame: Parameters<ServerEvents['refused']>[0]): void {
    this.sent.push(['refused', frame])
  }

  access(frame: Parameters<ServerEvents['access']>[0]): void {
    this.sent.push(['access', frame])
  }

  push(message: Buffer): void {
    const decoder = new parser.Decoder()
    decoder.on('decoded', ({ data }: { data: TestPeer['sent'][number] }) => this.sent.push(data))
    decoder.add(unframed(message))
  }

  async signedIn(): Promise<boolean> {
    return this.session
  }

  disconnect(): void {
    this.ended = true
  }

  pause(): void {
    this.pauses++
  }

  /** Frames of one event, oldest first. */
  got<Event extends keyof ServerEvents>(event: Event): Parameters<ServerEvents[Event]>[0][] {
    return this.sent.flatMap(([name, frame]) =>
      name === event ? [frame as Parameters<ServerEvents[Event]>[0]] : [],
    )
  }
}

export class Cluster {
  readonly engines: Engine[]
  readonly metrics: Metrics[] = []
  /** The bytes of the longest entries that a node told others. */
  longest = 0
  /** What nodes tell one another is lost. */
  isCut = false
  readonly #hooks: RecheckHooks[] = []
  readonly #hear: ((told: unknown) => void)[] = []

  constructor(log: Log, resolveAccess: ResolveAccess, nodes = 1, now: () => number = Date.now) {
    this.engines = Array.from({ length: nodes }, (_, node) => {
      const metrics = createMetrics()
      this.metrics.push(metrics)
      const engine = new Engine({
        log,
        logger: pino({ level: 'silent' }),
        metrics,
        resolveAccess,
        now,
        // So that everything happens in turns that need no time.
        commitDistance: () => 0,
        listen: (hooks) => {
          this.#hooks.push(hooks)
          const tell = async (recheck: Recheck) => {
            for (const { heard } of this.#hooks) heard(recheck)
          }
          return { tell, close: async () => {} }
        },
      })
      if (nodes > 1) {
        this.#hear[node] = engine.link((told) => {
          const entries = told.messages.flatMap((message) =>
            message.is === 'entries' ? message.entries : [],
          )
          this.longest = Math.max(this.longest, ...entries.map(([, , , data]) => data.length))
          if (!this.isCut) for (const hear of this.#hear) hear(told)
        })
      }
      return engine
    })
  }

  connect(who: Actor, node = 0): { peer: TestPeer; connection: Connection } {
    const peer = new TestPeer(who)
    const engine = this.engines[node]
    if (!engine) throw new Error(`there is no node ${node}`)
    return { peer, connection: engine.connect(peer) }
  }
}

export const join = (connection: Connection, channel: string, writer: string, since = 0) =>
  new Promise<JoinReply>((resolve) => connection.join({ channel, since, writer }, resolve))

/** Lets everything happen that needs no time. */
export async function settle(turns = 12): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
}
