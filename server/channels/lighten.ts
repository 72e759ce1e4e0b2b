/**
 * Lets go of what a connection needed only while it was made, and of what nobody here uses: most of what it would hold
 * for as long as nothing happens on it.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'socket.io'

/** What says who it is, for as long as the connection lasts. */
const KEPT = ['cookie', 'authorization'] as const

const NOTHING = { headers: {}, query: {}, auth: {}, url: '', address: '', time: '', issued: 0 }

/** Gives the headers by which the session is found again. */
export function lighten(socket: Socket): IncomingHttpHeaders {
  const { headers } = socket.handshake
  const kept: IncomingHttpHeaders = {}
  for (const name of KEPT) if (headers[name] !== undefined) kept[name] = headers[name]
  Object.assign(socket, { handshake: NOTHING })
  // Engine.IO's answer to it stays with the wire, and holds it.
  const { request } = socket.conn
  for (const key of Reflect.ownKeys(request)) Reflect.deleteProperty(request, key)
  // Nobody is told anything by a room, not even by the one of each socket.
  socket.nsp.adapter.delAll(socket.id)
  return kept
}
