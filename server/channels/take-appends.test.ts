import { EventEmitter } from 'node:events'
import type { Socket } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import { expect, test } from 'vitest'
import { takeAppends } from './take-appends'

function setUp() {
  const raw = new EventEmitter()
  const happened: string[] = []
  // As Socket.IO does: what it decoded is handed on in the next tick.
  raw.on('message', (data: Buffer) => process.nextTick(() => happened.push(`long way, ${data.length}`)))
  const socket = Object.assign(new EventEmitter(), { conn: { transport: { socket: raw } } })
  takeAppends(socket as unknown as Socket, ({ items }) => happened.push(`ref ${items[0]?.[0]}`))
  const come = (message: Buffer, isBinary = true) => raw.emit('message', message, isBinary)
  return { come, socket, happened }
}

function append(ref: number, length = 3): Buffer {
  const frame = { channel: 'c', writer: 'writer-1', items: [[ref, Buffer.alloc(length)]] }
  const packet = { type: 2, nsp: '/', data: ['append', frame] }
  return (new parser.Encoder().encode(packet as never) as unknown as [Buffer])[0]
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('appends are taken at once, all else and what is long goes on', async () => {
  const { come, happened } = setUp()
  come(append(1))
  expect(happened).toEqual(['ref 1'])
  come(Buffer.from('3'), false)
  await turn()
  const long = append(2, 5000)
  come(long)
  await turn()
  expect(happened).toEqual(['ref 1', 'long way, 1', `long way, ${long.length}`])
})

test('none overtakes another frame', async () => {
  const { come, happened } = setUp()
  const [first, third] = [append(1, 5000), append(3, 6000)]
  for (const message of [first, append(2), third, append(4)]) come(message)
  await turn()
  come(append(5))
  expect(happened).toEqual([
    `long way, ${first.length}`,
    'ref 2',
    `long way, ${third.length}`,
    'ref 4',
    'ref 5',
  ])
})

test('after a disconnection everything goes on', async () => {
  const { come, socket, happened } = setUp()
  socket.emit('disconnect')
  const message = append(1)
  come(message)
  await turn()
  expect(happened).toEqual([`long way, ${message.length}`])
})
