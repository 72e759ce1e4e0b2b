/** The engine on a real database, served by a real Socket.IO server on a free port, with people made up by the test. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { io, type Socket } from 'socket.io-client'
import msgpack from 'socket.io-msgpack-parser'
import { fetchSnapshot } from '../../app/collab/fetch-snapshot'
import {
  type ChannelAccess,
  type ClientEvents,
  type JoinReply,
  type RefusedFrame,
  type ServerEvents,
  SOCKET_PATH,
} from '../../app/domain/channel-protocol'
import type { Database } from '../../db/connection'
import { createChannel } from '../../server/channels/create'
import { createChannels } from '../../server/channels/engine'
import { serveSnapshots } from '../../server/channels/serve-snapshots'
import { attachSockets } from '../../server/channels/socket'
import type { ResolveSession } from '../../server/channels/types'
import { createMetrics } from '../../server/metrics'
import { actor } from './fake-nodes'
import { Replica } from './replica'

export const ORIGIN = 'http://portal.test'

export type LiveSocket = Socket<ServerEvents, ClientEvents>
export type LiveServer = Awaited<ReturnType<typeof startLive>>

export async function startLive(db: Database) {
  const rights = new Map<string, ChannelAccess>()
  const ended = new Set<string>()
  const metrics = createMetrics()
  const engine = createChannels({
    db,
    log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    metrics,
    resolveAccess: async (sessionId, channelId) => {
      const userId = sessionId.replace('session-', '')
      const access = rights.get(`${userId} ${channelId}`)
      return access && !ended.has(userId) ? { actor: actor(userId), access } : null
    },
  })
  const resolveSession: ResolveSession = async ({ authorization }) => {
    const userId = String(authorization ?? '').replace('Bearer ', '')
    return userId && !ended.has(userId) ? actor(userId) : null
  }
  const snapshots = serveSnapshots({ channels: engine, resolveSession })
  const server = createServer((request, response) => {
    const [, channelId] = /^\/channels\/([^/]+)\/snapshot$/.exec(request.url ?? '') ?? []
    if (channelId) void snapshots(request, response, decodeURIComponent(channelId))
    else response.writeHead(404).end()
  })
  const sockets = attachSockets(server, { channels: engine, origin: ORIGIN, resolveSession })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clients = new Set<LiveSocket>()

  return {
    url,
    engine,
    metrics,
    rights,
    /** Nobody is signed in as this user any more. */
    end: (userId: string) => ended.add(userId),

    async channel(access: Record<string, ChannelAccess>, first?: Uint8Array): Promise<string> {
      const id = randomUUID()
      await db.transaction((tx) =>
        createChannel(tx, {
          id,
          kind: 'document',
          author: { userId: 'founder', organizationId: 'jp' },
          first,
        }),
      )
      for (const [userId, level] of Object.entries(access)) rights.set(`${userId} ${id}`, level)
      return id
    },

    async connect(userId: string, headers: Record<string, string> = {}): Promise<LiveSocket> {
      const socket = await openSocket(url, { authorization: `Bearer ${userId}`, ...headers })
      clients.add(socket)
      return socket
    },

    async stop(): Promise<void> {
      for (const socket of clients) socket.disconnect()
      await engine.close()
      await sockets.close()
    },
  }
}

/** How a connection's person fetches what is too long for it. */
const fetching = new WeakMap<LiveSocket, { origin: string; headers: Record<string, string> }>()

/** One connection, for as long as it lasts. */
export function openSocket(url: string, headers: Record<string, string>): Promise<LiveSocket> {
  const socket: LiveSocket = io(url, {
    path: SOCKET_PATH,
    parser: msgpack,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  })
  fetching.set(socket, { origin: url, headers })
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket))
    socket.once('connect_error', reject)
  })
}

export const join = (socket: LiveSocket, channel: string, writer: string, since = 0): Promise<JoinReply> =>
  socket.timeout(10_000).emitWithAck('join', { channel, since, writer })

/** A replica that writes through a socket and resends what is refused for now. */
export class LiveReplica extends Replica {
  readonly refusals: RefusedFrame[] = []
  #socket: LiveSocket | null = null
  #wake: (() => void)[] = []

  /** Joins until nothing is missing, and sends what was not acknowledged. */
  async attach(socket: LiveSocket): Promise<void> {
    this.onEdit = (items) => this.#send(items)
    socket.once('disconnect', () => {
      if (this.#socket === socket) this.#socket = null
    })
    socket.on('entries', (frame) => {
      if (frame.channel !== this.channel) return
      this.entries(frame)
      this.#check()
    })
    socket.on('refused', (frame) => {
      if (frame.channel !== this.channel) return
      this.refusals.push(frame)
      if (this.refusal(frame)) setTimeout(() => this.resend(), frame.retry ?? 0)
      this.#check()
    })
    for (;;) {
      const reply = await join(socket, this.channel, this.writer, this.since)
      if (!reply.ok) throw new Error(`${reply.code}: ${reply.reason}`)
      this.joined(reply)
      if (reply.snapshot && !reply.snapshot.data) {
        const found = await fetchSnapshot(this.channel, {
          ...fetching.get(socket),
          signal: AbortSignal.timeout(60_000),
          // It did not come whole, as when the database was slow to say that it is still open: the next join asks again.
        }).catch(() => null)
        if (found) this.start(found.seq, found.data)
      }
      if (this.since >= reply.head) break
    }
    this.#socket = socket
    this.resend()
  }

  resend(): void {
    const items = [...this.outbox]
    for (let i = 0; i < items.length; i += 200) this.#send(items.slice(i, i + 200))
  }

  #send(items: [number, Uint8Array][]): void {
    if (items.length === 0) return
    const buffers = items.map(([ref, data]): [number, Uint8Array] => [ref, Buffer.from(data)])
    this.#socket?.emit('append', { channel: this.channel, writer: this.writer, items: buffers })
  }

  /** Resolves as soon as the condition holds; it is looked at after every frame. */
  async until(condition: () => boolean, ms = 20_000): Promise<void> {
    const late = performance.now() + ms
    while (!condition()) {
      if (performance.now() > late) throw new Error(`waited in vain: ${condition}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 250)
        this.#wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  #check(): void {
    for (const wake of this.#wake.splice(0)) wake()
  }
}
