import { createServer } from 'node:http'
import type { AddressInfo, Socket as Wire } from 'node:net'
import fc from 'fast-check'
import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { afterEach, expect, test } from 'vitest'
import type { AppendFrame } from '../../app/domain/channel-protocol'
import { OPCODES, wsFrame } from '../../test/harness/ws-frame'
import { takeAppends } from './take-appends'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** So long a message comes as two WebSocket frames. */
const IN_PARTS = 50

const appendOf = (ref: number, length: number): AppendFrame => ({
  channel: 'c',
  writer: 'writer-1',
  items: [[ref, Buffer.alloc(length)]],
})

const wireOf = (socket: Socket): Wire =>
  (socket.conn.transport as unknown as { socket: { _socket: Wire } }).socket._socket

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
  const send = (ref: number, length = 3) => client.emit('append', appendOf(ref, length))
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

test('short ones never reach the stream below the WebSocket, long ones do', async () => {
  const { send, socket, arrived } = await setUp()
  let bytes = 0
  wireOf(socket).on('data', (data: Buffer) => {
    bytes += data.length
  })
  send(1)
  await arrived(1)
  expect(bytes).toBe(0)
  send(2, 5000)
  await arrived(2)
  expect(bytes).toBeGreaterThan(5000)
})

test('frames that come in pieces, several at once, and between others are all taken in their order', async () => {
  const { client, arrived } = await setUp()
  const wire = (client.io.engine.transport as unknown as { ws: { _socket: Wire } }).ws._socket
  const encoder = new parser.Encoder()
  const pong = wsFrame(Buffer.from('3'), { opcode: OPCODES.text })
  const append = (ref: number, length: number) => {
    const packet = { type: 2, nsp: '/', data: ['append', appendOf(ref, length)] }
    const [bytes] = encoder.encode(packet as never) as unknown as [Buffer]
    if (length !== IN_PARTS) return wsFrame(bytes)
    const between = wsFrame(Buffer.alloc(0), { opcode: OPCODES.ping })
    const last = wsFrame(bytes.subarray(20), { opcode: OPCODES.continuation })
    return Buffer.concat([wsFrame(bytes.subarray(0, 20), { fin: false }), between, last])
  }
  let ref = 0
  const lengths = fc.array(fc.constantFrom(3, 200, IN_PARTS, 5000), { minLength: 1, maxLength: 6 })
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(lengths, cuts, async (lengths, cuts) => {
      const before = ref
      const frames = lengths.flatMap((length) => [append(++ref, length), ...(ref % 3 === 0 ? [pong] : [])])
      const bytes = Buffer.concat(frames)
      const places = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b)]
      for (const [i, from] of places.entries()) {
        wire.write(bytes.subarray(from, places[i + 1]))
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      const refs = (await arrived(ref)).slice(before).map((one) => Number(one.split(' ').at(-1)))
      expect(refs).toEqual(lengths.map((_, i) => before + i + 1))
    }),
    { numRuns: 40 },
  )
})

test('while it is paused nothing is taken, and then everything', async () => {
  const { send, socket, arrived } = await setUp()
  send(1)
  await arrived(1)
  wireOf(socket).pause()
  for (let ref = 2; ref <= 50; ref++) send(ref)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await arrived(1)).toEqual(['taken 1'])
  wireOf(socket).resume()
  const happened = await arrived(50)
  expect(happened).toEqual(Array.from({ length: 50 }, (_, i) => `taken ${i + 1}`))
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
