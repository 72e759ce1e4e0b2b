/** The engine as it runs: PostgreSQL, a Socket.IO server, and clients that do not keep to the rules. */
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { MAX_ENTRY_BYTES, type RefusedFrame, SOCKET_PATH } from '../../app/domain/channel-protocol'
import type { Database } from '../../db/connection'
import { channelClients, channelEntries, channelSnapshots } from '../../db/schema/channels'
import { testDatabase } from '../harness/database'
import {
  join,
  LiveReplica,
  type LiveServer,
  type LiveSocket,
  ORIGIN,
  startLive,
} from '../harness/live-server'

let db: Database
let live: LiveServer
beforeAll(async () => {
  db = (await testDatabase()).db
  live = await startLive(db)
})
afterAll(() => live.stop())

async function writer(userId: string, channel: string) {
  const replica = new LiveReplica(channel, `writer-of-${userId}`)
  const socket = await live.connect(userId)
  await replica.attach(socket)
  return { replica, socket, text: replica.doc.getText('t') }
}

const refusal = (socket: LiveSocket): Promise<RefusedFrame> =>
  new Promise((resolve) => socket.once('refused', resolve))

/** An update of a client id that nobody has used. */
function update(text = 'word', clientID = Math.floor(Math.random() * 2 ** 31)): Buffer {
  const doc = new Y.Doc()
  doc.clientID = clientID
  doc.getText('t').insert(0, text)
  return Buffer.from(Y.encodeStateAsUpdate(doc))
}

const stored = async (channel: string) =>
  (
    await db
      .select({ seq: channelEntries.seq })
      .from(channelEntries)
      .where(eq(channelEntries.channelId, channel))
  ).length

describe('bad input: refused to its sender with a reason, seen by nobody else, and the work goes on', () => {
  const cases: [string, RefusedFrame['code'], (channel: string) => Promise<Buffer> | Buffer][] = [
    ['[R1] an update that does not decode', 'malformed', () => Buffer.from('not an update at all')],
    [
      '[R3] an update with a gap',
      'gap',
      () => {
        const doc = new Y.Doc()
        const made: Uint8Array[] = []
        doc.on('update', (each: Uint8Array) => made.push(each))
        doc.getText('t').insert(0, 'a')
        doc.getText('t').insert(1, 'b')
        return Buffer.from(made[1] ?? [])
      },
    ],
    ['[R2] an update over a megabyte', 'too_large', () => update('x'.repeat(MAX_ENTRY_BYTES))],
    [
      "[R5] another person's client id",
      'forged',
      async (channel) => {
        const [bound] = await db.select().from(channelClients).where(eq(channelClients.channelId, channel))
        const doc = new Y.Doc()
        for (const { data } of await db
          .select()
          .from(channelEntries)
          .where(eq(channelEntries.channelId, channel))
          .orderBy(channelEntries.seq)) {
          Y.applyUpdate(doc, data)
        }
        const before = Y.encodeStateVector(doc)
        doc.clientID = bound?.clientId ?? 0
        doc.getText('t').insert(0, 'I said this')
        return Buffer.from(Y.encodeStateAsUpdate(doc, before))
      },
    ],
  ]

  test.each(cases)('%s', async (_, code, make) => {
    const channel = await live.channel({ ana: 'write', eve: 'write', bob: 'read' })
    const [ana, eve, bob] = [
      await writer('ana', channel),
      await writer('eve', channel),
      await writer('bob', channel),
    ]
    ana.text.insert(0, 'first')
    await bob.replica.until(() => bob.replica.since === 1)
    const told = refusal(eve.socket)
    eve.socket.emit('append', { channel, writer: 'writer-of-eve', items: [[900, await make(channel)]] })
    expect(await told).toMatchObject({
      channel,
      ref: 900,
      code,
      retry: null,
      reason: expect.stringMatching(/./),
    })
    eve.text.insert(0, 'eve goes on. ')
    await eve.replica.until(() => eve.replica.outbox.size === 0)
    await bob.replica.until(() => bob.replica.since === 2)
    expect(bob.text.toString()).toBe(eve.text.toString())
    expect(await stored(channel)).toBe(2)
  })

  test('[R9] an update from a reader', async () => {
    const channel = await live.channel({ bob: 'read' })
    const bob = await writer('bob', channel)
    bob.text.insert(0, 'mine')
    await bob.replica.until(() => bob.replica.refused.length === 1)
    expect(bob.replica.refused[0]).toMatchObject({ code: 'forbidden', retry: null })
    expect(await stored(channel)).toBe(0)
  })

  test('[R22] the wrong person gets what everybody gets for an id that does not exist', async () => {
    const channel = await live.channel({ ana: 'write' })
    const socket = await live.connect('eve')
    const answers = [
      await join(socket, channel, 'writer-of-eve'),
      await join(socket, 'nothing', 'writer-of-eve'),
    ]
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ ok: false, code: 'not_found' })
    const told = refusal(socket)
    socket.emit('append', { channel, writer: 'writer-of-eve', items: [[1, update()]] })
    expect(await told).toMatchObject({ code: 'not_joined' })
    expect(await stored(channel)).toBe(0)
  })

  test('[R25] frames that are not of the protocol', async () => {
    const channel = await live.channel({ ana: 'write' })
    const ana = await writer('ana', channel)
    const raw = ana.socket as unknown as {
      emit: (...frame: unknown[]) => void
      packet: (packet: { type: number; data: unknown[]; options: object }) => void
    }
    raw.emit('join')
    raw.emit('join', { channel, since: 0, writer: 'writer-of-ana' })
    raw.emit('append', null)
    raw.emit('append', { channel, writer: 'writer-of-ana', items: [[1, [1, 2, 3]]] })
    raw.emit('presence', { channel, client: 'x', caret: 7 })
    raw.emit('presence', { channel, client: 1, caret: { fragment: 'a', anchor: 'x'.repeat(5000), head: 1 } })
    raw.emit('leave', 7, () => {})
    raw.emit('something', {})
    // Names that mean something inside Socket.IO; its own client does not send them.
    for (const name of ['disconnect', 'disconnecting', 'error', 7]) {
      raw.packet({ type: 2, data: [name, 'never mind'], options: {} })
    }
    ana.text.insert(0, 'still here')
    await ana.replica.until(() => ana.replica.outbox.size === 0)
    expect(ana.socket.connected).toBe(true)
    expect(ana.replica.refusals.every(({ code }) => code === 'malformed')).toBe(true)
  })

  test('[R25] bytes that claim gigabytes end their connection, and cost nothing', async () => {
    const memory = process.memoryUsage().rss
    for (const bytes of [
      'dd01ffffff'.repeat(12),
      'c9ffffffff00',
      'dfffffffff',
      '93'.repeat(60),
      'c6ffffffff',
    ]) {
      const socket = new WebSocket(
        `${live.url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`,
        {
          headers: { authorization: 'Bearer ana' },
        },
      )
      await new Promise((resolve) => socket.once('message', resolve))
      socket.send(Buffer.from('82a474797065', 'hex'))
      socket.send(Buffer.from(bytes, 'hex'))
      await new Promise((resolve) => socket.once('close', resolve))
    }
    expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 * 1024)
  })

  test('[R6] a writer that belongs to somebody else', async () => {
    const channel = await live.channel({ ana: 'write', eve: 'write' })
    const ana = await writer('ana', channel)
    ana.text.insert(0, 'a')
    await ana.replica.until(() => ana.replica.outbox.size === 0)
    const eve = await writer('eve', channel)
    const told = refusal(eve.socket)
    eve.socket.emit('append', { channel, writer: 'writer-of-ana', items: [[2, update()]] })
    expect(await told).toMatchObject({ code: 'forged', ref: 2 })
  })
})

describe('connecting', () => {
  test('needs a session', async () => {
    live.end('gone')
    await expect(live.connect('gone')).rejects.toThrow('not_signed_in')
  })

  test('from a page of another site is refused', async () => {
    await expect(live.connect('ana', { origin: 'http://elsewhere.test' })).rejects.toThrow()
    const socket = await live.connect('ana', { origin: ORIGIN })
    expect(socket.connected).toBe(true)
  })
})

describe('writing', () => {
  test('[R7] the same entry sent twice is stored once, and answered twice', async () => {
    const channel = await live.channel({ ana: 'write' })
    const ana = await writer('ana', channel)
    const data = update()
    const seqs: number[] = []
    ana.socket.on('entries', ({ entries }) => seqs.push(...entries.map(([seq]) => seq)))
    for (let i = 0; i < 3; i++) {
      const answered = new Promise((resolve) => ana.socket.once('entries', resolve))
      ana.socket.emit('append', { channel, writer: 'other-writer', items: [[1, data]] })
      await answered
    }
    expect(seqs).toEqual([1, 1, 1])
    expect(await stored(channel)).toBe(1)
  })

  test('[R21] who comes back learns what was committed', async () => {
    const channel = await live.channel({ ana: 'write' })
    const ana = await writer('ana', channel)
    for (const word of ['a', 'b', 'c']) ana.text.insert(0, word)
    await ana.replica.until(() => ana.replica.outbox.size === 0)
    const reply = await join(await live.connect('ana'), channel, 'writer-of-ana')
    expect(reply).toMatchObject({ ok: true, acked: 3, head: 3, access: 'write' })
  })

  test('[R23] a right that is taken away ends while the page is open', async () => {
    const channel = await live.channel({ ana: 'write', bob: 'write' })
    const [ana, bob] = [await writer('ana', channel), await writer('bob', channel)]
    const told = new Promise((resolve) => bob.socket.once('access', resolve))
    live.rights.delete(`bob ${channel}`)
    await live.engine.recheckChannel(channel)
    expect(await told).toMatchObject({ channel, access: null })
    ana.text.insert(0, 'not for bob')
    bob.text.insert(0, 'from bob')
    await ana.replica.until(() => ana.replica.outbox.size === 0)
    await sleep(100)
    expect(bob.text.toString()).toBe('from bob')
    expect(ana.text.toString()).toBe('not for bob')
  })

  test('[R23] other nodes hear of it', async () => {
    const other = await startLive(db)
    const channel = await live.channel({ ana: 'write' })
    other.rights.set(`ana ${channel}`, 'write')
    const socket = await other.connect('ana')
    await join(socket, channel, 'writer-of-ana')
    other.rights.set(`ana ${channel}`, 'read')
    const started = performance.now()
    const told = new Promise((resolve) => socket.once('access', resolve))
    await live.engine.recheckUser('ana')
    expect(await told).toMatchObject({ access: 'read' })
    process.stdout.write(`told on the other node after ${Math.round(performance.now() - started)} ms\n`)
    await other.stop()
  })

  test('[R28] a long log gets a snapshot, and a newcomer reads that and the tail', async () => {
    const channel = await live.channel({ ana: 'write', bob: 'read' })
    const ana = await writer('ana', channel)
    for (let i = 0; i < 70; i++) ana.text.insert(ana.text.length, `${i} `)
    await ana.replica.until(() => ana.replica.outbox.size === 0)
    ana.socket.disconnect()
    const snapshot = async () =>
      (await db.select().from(channelSnapshots).where(eq(channelSnapshots.channelId, channel)))[0]
    for (let i = 0; i < 100 && !(await snapshot()); i++) await sleep(100)
    expect(await snapshot()).toMatchObject({ seq: 70 })
    const reply = await join(await live.connect('bob'), channel, 'writer-of-bob')
    expect(reply).toMatchObject({ ok: true, head: 70, snapshot: { seq: 70 }, entries: [] })
    const bob = await writer('bob', channel)
    expect(bob.text.toString()).toBe(ana.text.toString())
    const state = await live.engine.load(channel)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state?.data ?? new Uint8Array())
    expect(doc.getText('t').toString()).toBe(ana.text.toString())
  })

  test('[R14] while the database is away nothing is acknowledged; then all of it is', async () => {
    const channel = await live.channel({ ana: 'write', bob: 'read' })
    const [ana, bob] = [await writer('ana', channel), await writer('bob', channel)]
    ana.text.insert(0, 'before. ')
    await ana.replica.until(() => ana.replica.outbox.size === 0)
    // The row is held by somebody else for longer than a commit waits; then the engine's connections are cut.
    const client = await db.$client.connect()
    await client.query('begin')
    await client.query('select 1 from channels where id = $1 for update', [channel])
    ana.text.insert(0, 'meanwhile. ')
    await sleep(300)
    expect(ana.replica.outbox.size).toBe(1)
    await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name in ('forge-channels', 'forge-recheck') and datname = current_database()`)
    await ana.replica.until(() => ana.replica.refusals.some(({ code }) => code === 'unavailable'))
    await client.query('rollback')
    client.release()
    await ana.replica.until(() => ana.replica.outbox.size === 0)
    await bob.replica.until(() => bob.text.toString() === ana.text.toString())
    expect(await stored(channel)).toBe(2)
    // Rechecks are heard again, too.
    await sleep(1500)
    live.rights.set(`bob ${channel}`, 'comment')
    const told = new Promise((resolve) => bob.socket.once('access', resolve))
    await db.execute(sql`select pg_notify('forge_recheck', ${JSON.stringify({ channel })})`)
    expect(await told).toMatchObject({ access: 'comment' })
  })

  test('a verb of the server appends, and everybody sees it', async () => {
    const channel = await live.channel({ ana: 'write' }, update('imported'))
    const ana = await writer('ana', channel)
    expect(ana.text.toString()).toBe('imported')
    const heads: number[] = []
    live.engine.onCommitted((id, head) => {
      if (id === channel) heads.push(head)
    })
    const seq = await live.engine.append(
      { userId: 'sec', organizationId: 'sec' },
      channel,
      update('restored '),
    )
    await ana.replica.until(() => ana.replica.since === seq)
    expect(ana.text.toString()).toContain('restored')
    expect(heads).toEqual([2])
  })
})

describe('what stands beside the entries', () => {
  test('changed: whoever is in the channel is told that, and nobody else, and nothing of what it is', async () => {
    const channel = await live.channel({ nia: 'write', oto: 'read' })
    const other = await live.channel({ pia: 'write' })
    const [nia, oto, pia] = [await live.connect('nia'), await live.connect('oto'), await live.connect('pia')]
    const told: [string, unknown][] = []
    for (const [name, socket] of [
      ['nia', nia],
      ['oto', oto],
      ['pia', pia],
    ] as const)
      socket.on('changed', (frame) => told.push([name, frame]))
    await join(nia, channel, 'writer-of-nia')
    await join(oto, channel, 'writer-of-oto')
    await join(pia, other, 'writer-of-pia')
    await live.engine.tellChanged(channel)
    await live.engine.tellChanged('none')
    await expect.poll(() => told.map(([name]) => name).sort()).toEqual(['nia', 'oto'])
    await live.engine.tellChanged(other)
    await expect.poll(() => told.length).toBe(3)
    expect(told.map(([, frame]) => frame)).toEqual([{ channel }, { channel }, { channel: other }])
  })
})
