import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { afterEach, expect, test } from 'vitest'
import type { AppendFrame } from '../../app/domain/channel-protocol'
import { takeAppends } from './take-appends'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A real connection, and the refs of the appends that come over it, each with the way it took. */
async function setUp() {
  const http = createServer()
  const server = new Server(http, { parser, transports: ['websocket'], serveClient: false })
  const happened: string[] = []
  const taken = new Promise<Socket>((resolve) => {
    server.on('connection', (socket) => {
      takeAppends(socket, ({ items }) => happened.push(`taken ${items[0]?.[0]}`))
      socket.on('append', ({ items }: AppendFrame) => happened.push(`long way ${items[0]?.[0]}`))
      resolve(socket)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const client = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    ...{ parser, transports: ['websocket'], forceNew: true, reconnection: false },
  })
  ends.push(
    () => client.disconnect(),
    () => server.close(),
  )
  const socket = await taken
  const send = (ref: number, length = 3) =>
    client.emit('append', { channel: 'c', writer: 'writer-1', items: [[ref, Buffer.alloc(length)]] })
  const arrived = async (count: number) => {
    while (happened.length < count) await new Promise((resolve) => setTimeout(resolve, 5))
    return happened
  }
  return { send, client, socket, arrived }
}

test('appends are taken before Socket.IO sees them; long ones and all else go its way', async () => {
  const { send, client, socket, arrived } = await setUp()
  const heard = new Promise((resolve) => socket.on('leave', resolve))
  send(1)
  send(2, 5000)
  client.emit('leave', { channel: 'c' })
  expect(await arrived(2)).toEqual(['taken 1', 'long way 2'])
  expect(await heard).toEqual({ channel: 'c' })
})

test('none overtakes another', async () => {
  const { send, arrived } = await setUp()
  const refs = Array.from({ length: 60 }, (_, i) => i + 1)
  for (const ref of refs) send(ref, ref % 3 === 1 ? 5000 : 3)
  const happened = await arrived(refs.length)
  expect(happened).toEqual(refs.map((ref) => `${ref % 3 === 1 ? 'long way' : 'taken'} ${ref}`))
})

test('after a disconnection nothing is taken any more', async () => {
  const { send, client, socket, arrived } = await setUp()
  send(1)
  await arrived(1)
  const raw = (socket.conn.transport as unknown as { socket: { listeners(event: string): unknown[] } }).socket
  const [listen] = raw.listeners('message')
  const gone = new Promise((resolve) => socket.once('disconnect', resolve))
  client.disconnect()
  await gone
  expect(raw.listeners('message')).not.toContain(listen)
})
