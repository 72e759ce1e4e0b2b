/** [R20] Long snapshots: by HTTP, for those who may join, from one buffer. */
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { SEQ_HEADER, snapshotPath } from '../../app/domain/channel-limits'
import type { Database } from '../../db/connection'
import { channelSnapshots } from '../../db/schema/channels'
import { testDatabase } from '../harness/database'
import { join, LiveReplica, type LiveServer, startLive } from '../harness/live-server'

let db: Database
let live: LiveServer
let channel: string
let text: string

beforeAll(async () => {
  db = (await testDatabase()).db
  live = await startLive(db)
  const doc = new Y.Doc()
  text = Array.from({ length: 20_000 }, (_, i) => `word${i}`).join(' ')
  doc.getText('t').insert(0, text)
  channel = await live.channel({ ana: 'write', rea: 'read' }, Y.encodeStateAsUpdate(doc))
})
afterAll(() => live.stop())

const get = (who: string | null, id: string, headers: Record<string, string> = {}) =>
  fetch(`${live.url}${snapshotPath(id)}`, {
    headers: { ...(who && { authorization: `Bearer ${who}` }), ...headers },
  })
const read = async (who: string) => {
  const replica = new LiveReplica(channel, `writer-${who}-0001`)
  const socket = await live.connect(who)
  await replica.attach(socket)
  return { replica, socket, text: replica.doc.getText('t') }
}

test('a long state comes by HTTP, and the socket goes on from its seq', async () => {
  const socket = await live.connect('rea')
  const reply = await join(socket, channel, 'writer-00000001')
  expect(reply).toMatchObject({ ok: true, head: 1, snapshot: { seq: 1, data: null }, entries: [] })
  const answer = await get('rea', channel)
  expect(answer.headers.get(SEQ_HEADER)).toBe('1')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()))
  expect(doc.getText('t').toString()).toBe(text)
  expect(await join(socket, channel, 'writer-00000001', 1)).toMatchObject({ ok: true, snapshot: null })
  socket.disconnect()
})

test('[R22] what is not open, what does not exist and what is short answer the same', async () => {
  const other = await live.channel({ ana: 'write' })
  for (const id of [channel, other, 'nothing', '../x']) {
    const answer = await get('eve', id)
    expect([answer.status, await answer.text()]).toEqual([
      404,
      'There is no such channel, or it is not open to you.\n',
    ])
  }
  expect((await get(null, channel)).status).toBe(401)
})

test('[R23] a right that was taken away ends it', async () => {
  live.rights.set(`bob ${channel}`, 'read')
  expect((await get('bob', channel)).status).toBe(200)
  live.rights.delete(`bob ${channel}`)
  await live.engine.recheckChannel(channel)
  expect((await get('bob', channel)).status).toBe(404)
})

test('who does not read gzip gets it as it is', async () => {
  const packed = await live.engine.parcels.get(channel)
  const plain = await get('ana', channel, { 'accept-encoding': 'identity' })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(Buffer.from(await plain.arrayBuffer())).toEqual(gunzipSync(packed?.data ?? ''))
})

test('all who ask at once are given one buffer', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => live.engine.parcels.get(channel)))
  expect(new Set(all.map((parcel) => parcel?.data)).size).toBe(1)
})

test('[R28] people come while others write: nobody misses anything, before and after a newer snapshot', async () => {
  const ana = await read('ana')
  for (let i = 0; i < 60; i++) ana.text.insert(0, 'x')
  const rea = await read('rea')
  await ana.replica.until(() => ana.replica.outbox.size === 0)
  await rea.replica.until(() => rea.replica.since === 61)
  expect(rea.text.toString()).toBe(ana.text.toString())
  for (const { socket } of [ana, rea]) socket.disconnect()
  const stored = async () =>
    (await db.select().from(channelSnapshots).where(eq(channelSnapshots.channelId, channel)))[0]
  for (let i = 0; i < 100 && (await stored())?.seq !== 61; i++) await sleep(50)
  expect(await stored()).toMatchObject({ seq: 61, packed: true })
  expect((await get('rea', channel)).headers.get(SEQ_HEADER)).toBe('61')
  expect((await live.engine.load(channel))?.seq).toBe(61)
  const late = await read('rea')
  expect(late.text.toString()).toBe(ana.text.toString())
})
