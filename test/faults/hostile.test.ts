/**
 * Clients that do not keep to the rules, against a real portal, while two honest people write in the same document:
 * the server stays up, every honest edit arrives, and how long each took is printed for before and during the attack.
 * The frames are random; their seed is printed, and `HOSTILE_SEED` repeats it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { type Refusal, type RefusedFrame, SOCKET_PATH } from '../../app/domain/channel-protocol'
import { join, LiveReplica, type LiveSocket, openSocket } from '../harness/live-server'
import {
  type PortalProcess,
  queryBeside,
  signIn,
  startPortal,
  startProposal,
} from '../harness/portal-process'

const FRAMES = 10_000
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 1_000_000)
/** An honest person's pace, far above anybody's typing. */
const EDIT_EVERY_MS = 25
const CALM_MS = 1500

let folder: string
let portal: PortalProcess
/** Of the lead delegation's two writers, of one invited to write and of one invited to read. */
let cookies: { ana: string; bob: string; eve: string; rea: string }
let channel: string
let honest: Awaited<ReturnType<typeof startHonest>>
const sockets = new Set<LiveSocket>()

beforeAll(async () => {
  process.stdout.write(`hostile frames of seed ${seed}\n`)
  folder = await mkdtemp(path.join(tmpdir(), 'forge-hostile-'))
  portal = await startPortal(folder)
  cookies = {
    ana: await cookieOf('head', 'Kenya'),
    bob: await cookieOf('delegate', 'Kenya'),
    eve: await cookieOf('head', 'Japan'),
    rea: await cookieOf('delegate', 'Japan'),
  }
})
afterAll(async () => {
  await portal.end()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  channel = await shared('write')
  honest = await startHonest()
})
afterEach(async ({ task }) => {
  const { before, during, edits } = await honest.stop()
  process.stdout.write(`${task.name}: ${edits} honest edits; ${before}; meanwhile ${during}\n`)
  for (const socket of sockets) socket.disconnect()
  sockets.clear()
  expect((await fetch(`${portal.origin}/readyz`)).status).toBe(200)
  expect(portal.output()).not.toMatch(/uncaught|unhandled/i)
})

test(`[R25] ${FRAMES} frames that mean nothing`, async () => {
  const frames = fc.sample(frame(), { numRuns: FRAMES, seed })
  for (let i = 0; i < frames.length; i += 250) {
    const socket = await open('eve')
    await join(socket, channel, writerName())
    for (const [event, ...values] of frames.slice(i, i + 250)) {
      if (socket.connected) (socket as unknown as AnySocket).emit(event, ...values)
    }
    await sleep(20)
    socket.disconnect()
  }
})

test('[R25] 1,000 connections whose bytes are no frames', async () => {
  const all = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 400 }), { numRuns: 1000, seed })
  for (let i = 0; i < all.length; i += 25) {
    await Promise.all(all.slice(i, i + 25).map((bytes) => sendRaw(Buffer.from(bytes))))
  }
})

test('[R1] 3,000 updates that were tampered with', async () => {
  const { since: _, ...state } = await stateOf('eve')
  const original = Y.encodeStateAsUpdate(state.doc)
  const cuts = fc.tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }))
  const codes = new Map<string, number>()
  const all = fc.sample(cuts, { numRuns: 3000, seed }).map(([cut, bytes]) => {
    const changed = Buffer.from(original)
    for (const [at, byte] of bytes) changed[at % changed.length] = byte
    return cut % 3 === 0 ? changed.subarray(0, cut % changed.length) : changed
  })
  for (let i = 0; i < all.length; i += 90) {
    const socket = await open('eve')
    const writer = writerName()
    await join(socket, channel, writer)
    const answers = answersTo(socket, writer, Math.min(90, all.length - i))
    all.slice(i, i + 90).forEach((data, nth) => {
      socket.emit('append', { channel, writer, items: [[nth + 1, data]] })
    })
    for (const code of await answers) codes.set(code, (codes.get(code) ?? 0) + 1)
    socket.disconnect()
  }
  process.stdout.write(`refused: ${JSON.stringify(Object.fromEntries(codes))}\n`)
  const expected = ['malformed', 'gap', 'overlap', 'forged', 'too_fast', 'too_large', 'unknown_content']
  expect([...codes.keys()].filter((code) => !expected.includes(code) && code !== 'taken')).toEqual([])
})

test("[R5] updates under an honest person's client id", async () => {
  const { doc } = await stateOf('eve')
  for (const clientID of [honest.ana.doc.clientID, honest.bob.doc.clientID]) {
    const forged = new Y.Doc()
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(doc))
    const before = Y.encodeStateVector(forged)
    forged.clientID = clientID
    forged.getText('t').insert(0, 'I never said this')
    expect(await answer('eve', Y.encodeStateAsUpdate(forged, before))).toBe('forged')
  }
})

test('[R3] [R4] updates that leave gaps', async () => {
  const doc = new Y.Doc()
  const made: Uint8Array[] = []
  doc.on('update', (each: Uint8Array) => made.push(each))
  for (const word of ['a', 'b', 'c']) doc.getText('t').insert(0, word)
  expect(await answer('eve', made[1] ?? new Uint8Array())).toBe('gap')
  expect(await answer('eve', made[2] ?? new Uint8Array())).toBe('gap')
  const merged = Y.mergeUpdates([made[0] ?? new Uint8Array(), made[2] ?? new Uint8Array()])
  expect(await answer('eve', merged)).toBe('gap')
})

test('[R9] a reader deletes everything', async () => {
  await invite('read')
  const { doc } = await stateOf('rea')
  const before = Y.encodeStateVector(doc)
  const text = doc.getText('t')
  expect(text.length).toBeGreaterThan(0)
  text.delete(0, text.length)
  expect(await answer('rea', Y.encodeStateAsUpdate(doc, before))).toBe('forbidden')
})

test('[R2] 100,000 tiny structs of one client', async () => {
  const doc = new Y.Doc()
  const array = doc.getArray('tiny')
  doc.transact(() => {
    // Each before the one before it: none of them merge.
    for (let i = 0; i < 100_000; i++) array.insert(0, [null])
  })
  const update = Y.encodeStateAsUpdate(doc)
  const told = await answer('eve', update)
  process.stdout.write(`100,000 structs in ${update.length} bytes: ${told}\n`)
})

test('[R1] 100,000 client ids in one update', async () => {
  const told = await answer('eve', manyClients(100_000))
  expect(told).toBe('malformed')
  const [{ count } = { count: -1 }] = await queryBeside<{ count: number }>(
    folder,
    'select count(*)::int from channel_clients where channel_id = $1',
    [channel],
  )
  expect(count).toBeLessThan(10)
})

test('[R31] nodes, marks and types that no editor knows', async () => {
  const holding = (fill: (text: Y.XmlText, within: Y.XmlElement) => void) => {
    const doc = new Y.Doc()
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText('words')
    doc.getXmlFragment('summary').insert(0, [paragraph])
    paragraph.insert(0, [text])
    fill(text, paragraph)
    return Y.encodeStateAsUpdate(doc)
  }
  const strange = [
    holding((_, within) => within.insert(1, [new Y.XmlElement('video')])),
    holding((text) => void text.doc?.getMap('fields').set('hook', new Y.XmlHook('counter'))),
    holding((text) => text.format(0, 3, { blink: true })),
    holding((text) => text.insertEmbed(1, { image: 'x' })),
  ]
  for (const update of strange) expect(await answer('eve', update)).toBe('unknown_content')
  expect(
    await answer(
      'eve',
      holding((text) => text.format(0, 3, { bold: {} })),
    ),
  ).toBe('taken')
})

test('[R26] a flood from one connection: only it is throttled', async () => {
  const socket = await open('eve')
  const writer = writerName()
  await join(socket, channel, writer)
  const doc = new Y.Doc()
  let ref = 0
  const answers = new Map<string, number>()
  socket.on('refused', ({ code }) => answers.set(code, (answers.get(code) ?? 0) + 1))
  doc.on('update', (data: Uint8Array) => {
    ref++
    socket.emit('append', { channel, writer, items: [[ref, Buffer.from(data)]] })
  })
  // In bursts, so that the honest clients of this process get their turns.
  for (let burst = 0; burst < 80; burst++) {
    for (let i = 0; i < 250; i++) doc.getText('flood').insert(0, 'x')
    await sleep(50)
  }
  // It is read more slowly than it sends: the rest comes by and by.
  await expect.poll(() => answers.get('too_fast'), { timeout: 30_000 }).toBeGreaterThan(10_000)
  process.stdout.write(`20,000 entries within 4 s: ${JSON.stringify(Object.fromEntries(answers))}\n`)
  expect(honest.refusals()).toEqual([])
})

test('[R26] 1,000 documents joined by one connection', async () => {
  const socket = await open('eve')
  const codes = new Map<string, number>()
  const replies = Array.from({ length: 1000 }, (_, i) => join(socket, `nothing-${i}`, writerName()))
  for (const reply of await Promise.all(replies)) {
    const code = reply.ok ? 'ok' : reply.code
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  process.stdout.write(`joins: ${JSON.stringify(Object.fromEntries(codes))}\n`)
  expect(codes.get('too_fast')).toBeGreaterThan(500)
  expect(codes.get('ok')).toBeUndefined()
})

test('[R24] presence of a megabyte, again and again', async () => {
  const socket = await open('eve')
  await join(socket, channel, writerName())
  const seen: number[] = []
  honest.hear((bytes) => seen.push(bytes))
  const large = 'x'.repeat(1024 * 1024)
  for (let i = 0; i < 60; i++) {
    socket.emit('presence', { channel, client: 1, caret: { fragment: 't', anchor: large, head: i } })
    await sleep(40)
  }
  await sleep(500)
  expect(Math.max(0, ...seen)).toBeLessThan(20_000)
})

type AnySocket = { emit: (event: string, ...values: unknown[]) => void }
const writerName = () => `hostile-${Math.random().toString(36).slice(2).padEnd(12, '0')}`

async function cookieOf(role: string, organization: string): Promise<string> {
  const found = (await portal.accounts()).find(
    (each) => each.role === role && each.organization === organization,
  )
  if (!found) throw new Error(`no ${role} of ${organization}`)
  return signIn(portal.origin, found)
}

/** A proposal of Kenya's in which Japan takes part. */
async function shared(level: 'write' | 'read'): Promise<string> {
  channel = await startProposal(portal.origin, folder, cookies.ana)
  await invite(level)
  return channel
}

const invite = (level: 'write' | 'read') =>
  queryBeside(
    folder,
    `insert into document_grants (document_id, delegation_id, level, granted_by)
     select $1, o.id, $2, d.created_by from organization o, documents d where o.name = 'Japan' and d.id = $1
     on conflict (document_id, delegation_id) do update set level = excluded.level`,
    [channel, level],
  )

async function open(who: keyof typeof cookies): Promise<LiveSocket> {
  const socket = await openSocket(portal.origin, { cookie: cookies[who] })
  sockets.add(socket)
  return socket
}

async function stateOf(who: keyof typeof cookies): Promise<LiveReplica> {
  const replica = new LiveReplica(channel, writerName())
  await replica.attach(await open(who))
  replica.onEdit = () => {}
  return replica
}

/** What the server says to one update of a fresh connection: a refusal's code, or `taken`. */
async function answer(who: keyof typeof cookies, data: Uint8Array): Promise<Refusal | 'taken'> {
  const socket = await open(who)
  const writer = writerName()
  const reply = await join(socket, channel, writer)
  if (!reply.ok) throw new Error(reply.reason)
  const answers = answersTo(socket, writer, 1)
  socket.emit('append', { channel, writer, items: [[1, Buffer.from(data)]] })
  const [first] = await answers
  return first ?? 'taken'
}

/** The codes of as many answers to entries as were sent on this connection. */
function answersTo(socket: LiveSocket, writer: string, count: number): Promise<(Refusal | 'taken')[]> {
  const codes: (Refusal | 'taken')[] = []
  return new Promise((resolve) => {
    const take = (code: Refusal | 'taken') => codes.push(code) === count && resolve(codes)
    socket.on('refused', ({ code }: RefusedFrame) => take(code))
    socket.on('entries', ({ entries }) => {
      for (const entry of entries) if (entry[1] === writer) take('taken')
    })
  })
}

/** One item each of many clients, as no Yjs client would ever write at once. */
function manyClients(count: number): Uint8Array {
  const bytes: number[] = []
  const uint = (value: number) => {
    let rest = value
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
    bytes.push(rest)
  }
  uint(count)
  for (let i = 0; i < count; i++) {
    uint(1)
    uint(1_000_000 + i)
    // Clock 0, a deleted clock: nothing that would have to be placed.
    bytes.push(0, 0, 1)
  }
  bytes.push(0)
  return Uint8Array.from(bytes)
}

/** Frames of the protocol's names and shapes, or nearly so, with values of any kind. */
function frame(): fc.Arbitrary<[string, ...unknown[]]> {
  const name = fc.constantFrom('join', 'append', 'presence', 'leave', 'entries', 'refused', 'x')
  const any = fc.anything({ maxDepth: 3, withTypedArray: true, withNullPrototype: false })
  const oddly = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: value }, any)
  const shaped = fc.record(
    {
      channel: oddly(fc.constantFrom(channel, '', 'x'.repeat(65), '../x')),
      writer: oddly(fc.constantFrom('writer-00000001', 'x', '')),
      since: oddly(fc.integer()),
      client: oddly(fc.integer()),
      caret: any,
      items: oddly(
        fc.array(fc.tuple(oddly(fc.integer()), oddly(fc.uint8Array())) as fc.Arbitrary<unknown>, {
          maxLength: 4,
        }),
      ),
    },
    { requiredKeys: [] },
  )
  return fc.tuple(name, fc.oneof(shaped, any)).map(([event, value]) => [event, plain(value)])
}

/** Without what a client's own encoder would not send. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    ? JSON.parse(
        JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null',
      )
    : typeof value === 'symbol' || typeof value === 'bigint'
      ? String(value)
      : value
}

async function sendRaw(bytes: Buffer): Promise<void> {
  const url = `${portal.origin.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`
  const socket = new WebSocket(url, { headers: { cookie: cookies.eve } })
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('message', resolve))
  socket.send(bytes)
  await sleep(10)
  socket.terminate()
}

/** Two people who write at their pace until they are stopped; then both must hold the same, and all of it. */
async function startHonest() {
  const [ana, bob] = [new LiveReplica(channel, writerName()), new LiveReplica(channel, writerName())]
  const own = await Promise.all([open('ana'), open('bob')])
  await ana.attach(own[0])
  await bob.attach(own[1])
  const sent = new Map<string, number>()
  const took: { at: number; ms: number }[] = []
  const arrived = (reader: LiveReplica) =>
    reader.doc.getText('t').observe((event, transaction) => {
      if (transaction.local && transaction.origin !== reader) return
      const now = performance.now()
      for (const { insert } of event.delta) {
        for (const word of String(insert ?? '').match(/[ab]\d+ /g) ?? []) {
          const at = sent.get(word)
          if (at !== undefined) took.push({ at, ms: now - at })
        }
      }
    })
  arrived(ana)
  arrived(bob)
  let edits = 0
  const type = (replica: LiveReplica, name: string) => {
    const word = `${name}${edits++} `
    sent.set(word, performance.now())
    replica.doc.getText('t').insert(replica.doc.getText('t').length, word)
  }
  const typing = setInterval(() => {
    if (edits % 2) type(ana, 'a')
    else type(bob, 'b')
  }, EDIT_EVERY_MS)
  await sleep(CALM_MS)
  const attackAt = performance.now()
  return {
    ana,
    bob,
    refusals: () => [...ana.refusals, ...bob.refusals],
    hear: (heard: (bytes: number) => void) =>
      own[0].on('people', (people) => heard(JSON.stringify(people).length)),
    async stop() {
      clearInterval(typing)
      await ana.until(() => ana.outbox.size === 0)
      await bob.until(() => bob.outbox.size === 0)
      await bob.until(() => bob.since >= ana.since && ana.since >= bob.since)
      expect(bob.doc.getText('t').toString()).toBe(ana.doc.getText('t').toString())
      for (const word of sent.keys()) expect(ana.doc.getText('t').toString()).toContain(word)
      const [before, during] = [
        took.filter(({ at }) => at < attackAt),
        took.filter(({ at }) => at >= attackAt),
      ]
      return { edits, before: figures(before), during: figures(during) }
    },
  }
}

function figures(took: readonly { ms: number }[]): string {
  const sorted = took.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(1)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}
