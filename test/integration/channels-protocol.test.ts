/** Plays the example of PROTOCOL.md with nothing but a WebSocket: whoever writes a client from it finds it true. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { channels } from '../../db/schema/channels'
import { testDatabase } from '../harness/database'
import { type LiveServer, startLive } from '../harness/live-server'

const text = readFileSync(new URL('../../server/channels/PROTOCOL.md', import.meta.url), 'utf8')
const frames = (arrow: string) =>
  [...text.matchAll(new RegExp(`^${arrow} ([0-9a-f]{20,})$`, 'gm'))].map((found) => found[1] ?? '')

let live: LiveServer
beforeAll(async () => {
  const { db } = await testDatabase()
  live = await startLive(db)
  await db.insert(channels).values({ id: 'example-document', kind: 'document' })
  live.rights.set('ana example-document', 'write')
})
afterAll(() => live.stop())

test('the example in PROTOCOL.md is what is sent', async () => {
  const [connect, join, append] = frames('→')
  const [entries] = frames('←')
  const socket = new WebSocket(`${live.url.replace('http', 'ws')}/live/?EIO=4&transport=websocket`, {
    headers: { authorization: 'Bearer ana' },
  })
  const received: (string | Buffer)[] = []
  let wake = () => {}
  socket.on('message', (data: Buffer, isBinary) => {
    received.push(isBinary ? data : data.toString())
    wake()
  })
  /** The next frame that is not about who is here. */
  const next = async (): Promise<string | Buffer> => {
    for (;;) {
      const frame = received.shift()
      if (frame !== undefined && !Buffer.from(frame).toString('latin1').includes('people\x83')) return frame
      if (frame === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  }
  const hello = String(await next())
  expect(hello).toMatch(
    /^0\{"sid":"[^"]+","upgrades":\[\],"pingInterval":15000,"pingTimeout":10000,"maxPayload":4194304\}$/,
  )
  socket.send(Buffer.from(connect ?? '', 'hex'))
  expect((await next()).toString('latin1')).toContain('sid')
  socket.send(Buffer.from(join ?? '', 'hex'))
  expect((await next()).toString('latin1')).toMatch(
    /ok.*access.*write.*presence.*head.*snapshot.*entries.*acked.*people/s,
  )
  socket.send(Buffer.from(append ?? '', 'hex'))
  expect(Buffer.from(await next()).toString('hex')).toBe(entries)
  socket.close()
})
