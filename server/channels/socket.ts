/** The engine on Socket.IO: one WebSocket for a browser tab, msgpack frames, rooms for channels. */
import type { Server as HttpServer } from 'node:http'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import { type ClientEvents, type ServerEvents, SOCKET_PATH } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'
import type { Engine } from './engine'
import { frameParser } from './frame-parser'
import { hearNodes, type Redises, tellNodes } from './redis'
import { SocketPeer } from './socket-peer'
import { takeAppends } from './take-appends'
import type { ResolveSession } from './types'

/** Larger frames end the connection; entries are refused from a megabyte on, with a reason. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024

type LiveServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, { actor: Actor }>
type LiveSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, { actor: Actor }>

export type SocketOptions = {
  channels: Engine
  origin: string
  resolveSession: ResolveSession
  /** Null where this is the only node. */
  redis?: Redises | null
}

/** Serves the engine at `SOCKET_PATH` of an HTTP server, to signed-in people on pages of `origin`. */
export function attachSockets(
  server: HttpServer,
  { channels, origin, resolveSession, redis }: SocketOptions,
): LiveServer {
  const io: LiveServer = new Server(server, {
    path: SOCKET_PATH,
    parser: frameParser,
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    ...(redis && { adapter: redis.adapter }),
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    // A browser always says on which page the script runs; other programs have no page, and no borrowed cookies.
    allowRequest: ({ headers }, answer) => {
      const allowed = headers.origin === undefined || headers.origin === origin
      answer(allowed ? null : 'origin', allowed)
    },
  })
  io.use((socket, next) => {
    resolveSession(socket.handshake.headers).then(
      (actor) => {
        if (!actor) return void next(new Error('not_signed_in'))
        socket.data.actor = actor
        next()
      },
      () => next(new Error('unavailable')),
    )
  })
  if (redis) hearNodes(io, channels.link(tellNodes(io)))
  io.on('connection', (socket) => serve(socket, channels, resolveSession))
  return io
}

function serve(socket: LiveSocket, channels: Engine, resolveSession: ResolveSession): void {
  const peer = new SocketPeer(socket, channels, resolveSession)
  const connection = channels.connect(peer)
  socket.on('join', (frame: unknown, reply: unknown) => {
    connection.join(frame, typeof reply === 'function' ? (answer) => reply(answer) : () => {})
  })
  takeAppends(socket, (frame) => connection.appended(frame))
  socket.on('append', (frame: unknown) => connection.append(frame))
  socket.on('presence', (frame: unknown) => connection.presence(frame))
  socket.on('leave', (frame: unknown) => connection.leave(frame))
  socket.on('disconnect', () => connection.closed())
}
