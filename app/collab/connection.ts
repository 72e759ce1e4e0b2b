/** The one Socket.IO connection of a browser tab, shared by all its channels. */
import { io, type Socket } from 'socket.io-client'
import msgpack from 'socket.io-msgpack-parser'
import { SOCKET_PATH } from '../domain/channel-limits'
import type { ClientEvents, EntryTuple, JoinReply, ServerEvents } from '../domain/channel-protocol'
import { fetchSnapshot } from './fetch-snapshot'
import type { Receiver, Wire, WireState } from './wire'

export type ConnectOptions = {
  /** The portal's origin; the page's own when left out. */
  url?: string
  /** For programs that are not browsers: `{ cookie }`. */
  headers?: Record<string, string>
}

export interface Connection extends Wire {
  close(): void
}

/** While the browser says that it is offline, whether that is so is tried this often. */
const PROBE_MS = 20_000
/** A refused session may be renewed by signing in in another tab. */
const SIGNED_OUT_MS = 15_000
/** After the server ended or refused the connection: it stops, its database is away, or the session was closed. */
const ENDED_MS = 1000

/**
 * Connects at once and for good: after a break it tries again by itself, each time later and with jitter, so that a
 * restarted server is not met by everybody at the same moment.
 */
export function connect(options: ConnectOptions = {}): Connection {
  const socket: Socket<ServerEvents, ClientEvents> = io(options.url ?? '', {
    path: SOCKET_PATH,
    parser: msgpack,
    transports: ['websocket'],
    withCredentials: true,
    extraHeaders: options.headers,
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    timeout: 10_000,
  })
  const receivers = new Map<string, Receiver>()
  let state: WireState = 'connecting'
  let heardAt = 0
  const hear = () => {
    heardAt = Date.now()
  }
  socket.onAny(hear)
  socket.io.on('ping', hear)
  let later: ReturnType<typeof setTimeout> | undefined

  const go = (next: WireState) => {
    if (state === next) return
    state = next
    for (const receiver of [...receivers.values()]) receiver.wireChanged(next)
  }
  const connectIn = (ms: number) => {
    clearTimeout(later)
    later = setTimeout(() => socket.connect(), ms * (1 + Math.random()))
  }

  socket.on('connect', () => {
    hear()
    clearTimeout(later)
    go('connected')
  })
  socket.on('disconnect', (reason) => {
    go('lost')
    if (reason === 'io server disconnect') connectIn(ENDED_MS)
  })
  socket.on('connect_error', (error) => {
    const isSignedOut = error.message === 'not_signed_in'
    go(isSignedOut ? 'signed out' : 'lost')
    // Not active: the server answered with a refusal, and Socket.IO gives up.
    if (!socket.active) connectIn(isSignedOut ? SIGNED_OUT_MS : ENDED_MS)
  })

  socket.on('entries', (frame) => {
    receivers.get(frame.channel)?.entries({ ...frame, entries: frame.entries.map(receivedEntry) })
  })
  socket.on('refused', (frame) => receivers.get(frame.channel)?.refused(frame))
  socket.on('people', (frame) => receivers.get(frame.channel)?.people(frame))
  socket.on('access', (frame) => receivers.get(frame.channel)?.access(frame))
  socket.on('changed', (frame) => receivers.get(frame.channel)?.changed?.(frame))

  // The browser knows at once what the socket would notice at its next ping.
  const offline = () => {
    socket.disconnect()
    go('lost')
    connectIn(PROBE_MS)
  }
  const online = () => {
    if (!socket.connected) socket.disconnect().connect()
  }
  const browser = typeof window === 'undefined' ? null : window
  browser?.addEventListener('offline', offline)
  browser?.addEventListener('online', online)

  return {
    get state() {
      return state
    },
    get heardAt() {
      return heardAt
    },
    attach(channel, receiver) {
      if (receivers.has(channel)) throw new Error(`channel ${channel} is open already`)
      receivers.set(channel, receiver)
      // Somebody opens a page: perhaps after signing in again.
      if (state === 'signed out') connectIn(0)
      return () => {
        if (receivers.get(channel) === receiver) receivers.delete(channel)
      }
    },
    join(frame, reply) {
      if (socket.connected) socket.emit('join', frame, (answer) => reply(receivedAnswer(answer)))
    },
    append(frame) {
      // Without a connection Socket.IO would keep the frame and send it before the join.
      if (!socket.connected) return
      socket.emit('append', { ...frame, items: frame.items.map(([ref, data]) => [ref, toSend(data)]) })
    },
    presence(frame) {
      if (socket.connected) socket.volatile.emit('presence', frame)
    },
    leave(channel) {
      if (socket.connected) socket.emit('leave', { channel })
    },
    snapshot: (channel, signal) =>
      fetchSnapshot(channel, { origin: options.url, headers: options.headers, signal }),
    close() {
      clearTimeout(later)
      browser?.removeEventListener('offline', offline)
      browser?.removeEventListener('online', online)
      socket.disconnect()
      go('lost')
    },
  }
}

/**
 * The msgpack parser writes as bytes what is a `Buffer` in Node and an `ArrayBuffer` in a browser; a `Uint8Array`
 * would become a map. The type is the protocol's, which says bytes.
 */
function toSend(data: Uint8Array): Uint8Array {
  if (typeof Buffer !== 'undefined') return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return data.slice().buffer as unknown as Uint8Array
}

/** The counterpart: bytes arrive as an `ArrayBuffer` in a browser. */
function received(data: Uint8Array | ArrayBuffer): Uint8Array {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

const receivedEntry = ([seq, writer, ref, data]: EntryTuple): EntryTuple => [seq, writer, ref, received(data)]

function receivedAnswer(answer: JoinReply): JoinReply {
  if (!answer.ok) return answer
  const { snapshot } = answer
  return {
    ...answer,
    snapshot: snapshot && { seq: snapshot.seq, data: snapshot.data && received(snapshot.data) },
    entries: answer.entries.map(receivedEntry),
  }
}
