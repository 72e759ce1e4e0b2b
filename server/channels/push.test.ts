import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo, Socket as Wire } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Server, type Socket } from 'socket.io'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { framed } from './core/entries-message'
import { Pusher, WAITING } from './push'
import { tcpHandle } from './tcp-handle'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

test.each([
  ['has nothing before it, is written to at once', {}, 'written'],
  ['has packets before it, gets the frame behind them', { waiting: 3 }, 'queued'],
  ['[R32] is too slow for so many frames, is let go of', { waiting: WAITING.frames + 1 }, 'ended'],
  ['[R32] is too slow for so many bytes, is let go of', { bufferedAmount: WAITING.bytes + 1 }, 'ended'],
])('a reader who %s', (_, { waiting = 0, bufferedAmount = 0 }: Reader, outcome) => {
  const happened: string[] = []
  const conn = {
    writeBuffer: Array.from({ length: waiting }),
    transport: {
      socket: {
        ...{ readyState: 1, bufferedAmount, _socket: {} },
        _sender: { sendFrame: () => happened.push('written') },
      },
    },
    write: () => happened.push('queued'),
    close: () => happened.push('ended'),
  }
  let dropped = 0
  new Pusher({ conn } as unknown as Socket, () => dropped++).push(Buffer.from('frame'))
  expect(happened).toEqual([outcome])
  expect(dropped).toBe(outcome === 'ended' ? 1 : 0)
})

type Reader = { waiting?: number; bufferedAmount?: number }

/** A real connection: what is pushed on one side, and the messages that have come on the other. */
async function connected() {
  const http = createServer()
  const server = new Server(http, { transports: ['websocket'], serveClient: false })
  ends.push(() => server.close())
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const accepted = new Promise<Socket>((resolve) => server.on('connection', resolve))
  const { port } = http.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`)
  const came: Buffer[] = []
  client.on('message', (data: Buffer, isBinary) => {
    if (isBinary) came.push(data)
    else if (String(data).startsWith('0')) client.send('40')
  })
  const socket = await accepted
  const { socket: raw } = socket.conn.transport as unknown as { socket: WebSocket & { _socket: Wire } }
  return { client, raw, came, pusher: new Pusher(socket, () => {}) }
}

test('what the system takes only in part, or not at all, comes whole and in order', async () => {
  const { client, raw, came, pusher } = await connected()
  const sent: Buffer[] = []
  client.pause()
  // Until the system takes nothing more, and some wait here.
  while (raw.bufferedAmount < 1_000_000) {
    const message = Buffer.alloc(sent.length % 2 ? 100_000 : 10, sent.length)
    sent.push(message)
    pusher.push(framed(message))
  }
  client.resume()
  while (came.length < sent.length) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(Buffer.compare(Buffer.concat(came), Buffer.concat(sent))).toBe(0)
})

test('nothing goes to whoever has the number of a connection that is closed', async () => {
  const { raw, pusher } = await connected()
  const fd = tcpHandle(raw._socket)?.fd ?? -1
  expect(fd).toBeGreaterThan(0)
  pusher.push(framed(Buffer.from('before')))
  raw._socket.destroy()
  const other = path.join(tmpdir(), `push-${process.pid}`)
  const taken = openSync(other, 'w')
  try {
    expect(raw.readyState).toBe(WebSocket.OPEN)
    expect(taken).toBe(fd)
    pusher.push(framed(Buffer.from('after')))
    expect(readFileSync(other).length).toBe(0)
  } finally {
    closeSync(taken)
    rmSync(other)
  }
})
