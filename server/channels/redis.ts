/**
 * The way between nodes: Socket.IO's Redis Streams adapter. It brings every message to every node's engine, which
 * knows whom to tell; sockets get nothing from Redis directly, nor does anybody wait for it.
 */
import { createAdapter } from '@socket.io/redis-streams-adapter'
import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import type { Server } from 'socket.io'
import type { Tell } from './nodes'

/** What nodes have not read yet; who is further behind reads the log. A message is mostly below a kilobyte. */
const KEPT_MESSAGES = 2000
const BLOCK_MS = 2000

const LASTING: RedisOptions = {
  connectTimeout: 3000,
  keepAlive: 5000,
  retryStrategy: (times) => Math.min(100 * times, 1000),
}
/** Fails at once when Redis is away: what was to be told is in the log. */
const TELLING: RedisOptions = { ...LASTING, enableOfflineQueue: false, commandTimeout: 2000 }
/** Waits for Redis, however long; notices a connection on which nothing comes any more. */
const HEARING: RedisOptions = { ...LASTING, maxRetriesPerRequest: null, socketTimeout: 4 * BLOCK_MS }

export type Redises = ReturnType<typeof connectRedis>

export function connectRedis(url: string, log: Logger) {
  const client = new Redis(url, TELLING)
  let away = false
  client.on('ready', () => {
    if (away) log.info('Redis is back')
    away = false
  })
  client.on('error', (err: Error) => {
    log[away ? 'debug' : 'warn']({ err }, 'Redis is away: nodes read in the log what others write')
    away = true
  })
  // The adapter makes its connections for hearing from the one for telling.
  const redis = Object.assign(client, { duplicate: () => hearing(url) })
  return {
    adapter: createAdapter(redis, {
      streamName: 'forge',
      channelPrefix: 'forge',
      maxLen: KEPT_MESSAGES,
      blockTimeInMs: BLOCK_MS,
    }),
    close: () => client.disconnect(),
  }
}

/** The adapter does not look at what becomes of a subscription: a stop while Redis is away would end in an error. */
function hearing(url: string): Redis {
  const client = new Redis(url, HEARING)
  const subscribe: (...channels: string[]) => Promise<unknown> = client.subscribe.bind(client)
  return Object.assign(client, {
    subscribe: (channels: string[]) => subscribe(...channels).catch(() => {}),
  }) as unknown as Redis
}

/** Nobody is in this room, on no node. */
const NODES = new Set(['nodes'])
const EVENT = 2

/** Tells all nodes of a server that runs on the adapter. */
export const tellNodes =
  (io: Server): Tell =>
  (told) => {
    const packet = { type: EVENT, data: ['node', told] }
    io.of('/').adapter.broadcast(packet, { rooms: NODES, except: new Set(), flags: {} })
  }

type Published = { data?: { packet?: { data?: unknown[] } } }

/**
 * Hands on what nodes tell. The adapter calls `onMessage` for everything that was published, by this node too; its
 * types keep the method to subclasses, of which it exports none.
 */
export function hearNodes(io: Server, hear: (told: unknown) => void): void {
  const adapter = io.of('/').adapter as unknown as { onMessage(published: Published): void }
  adapter.onMessage = ({ data }) => {
    const [event, told] = data?.packet?.data ?? []
    if (event === 'node') hear(told)
  }
}
