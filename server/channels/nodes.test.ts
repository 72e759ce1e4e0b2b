/** Engines on one log in memory, on several nodes whose way to one another is lost at times. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { actor, Cluster, FlakyLog, join, settle, type TestPeer } from '../../test/harness/fake-nodes'
import { Nodes } from './nodes'

const CHANNEL = 'doc'

let cluster: Cluster | null = null
afterEach(async () => {
  await Promise.all(cluster?.engines.map((engine) => engine.close()) ?? [])
  cluster = null
})

function setUp(nodes = 2) {
  const log = new FlakyLog()
  log.create(CHANNEL)
  const made = new Cluster(
    log,
    async (session) => ({ actor: actor(session.replace('session-', '')), access: 'write' }),
    nodes,
  )
  cluster = made
  const late = async (node: number) => (await made.metrics[node]?.entriesReadLate.get())?.values[0]?.value
  const enter = async (userId: string, node: number) => {
    const link = made.connect(actor(userId), node)
    const reply = await join(link.connection, CHANNEL, `writer-${userId}`)
    if (!reply.ok) throw new Error(reply.reason)
    let ref = 0
    const append = (text: string) => {
      const items: [number, Uint8Array][] = [[++ref, update(text)]]
      link.connection.append({ channel: CHANNEL, writer: `writer-${userId}`, items })
    }
    return { ...link, reply, append }
  }
  return { log, cluster: made, enter, late }
}

function update(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

const seqs = (peer: TestPeer) => peer.got('entries').flatMap(({ entries }) => entries.map(([seq]) => seq))

/** Whom a peer sees, as a browser takes it in. */
type Entered = Awaited<ReturnType<ReturnType<typeof setUp>['enter']>>

function seen({ peer, reply }: Entered): string[] {
  const people = new Map(reply.people.map((person) => [person.presence, person.name]))
  for (const { here, left } of peer.got('people')) {
    for (const presence of left) people.delete(presence)
    for (const person of here) people.set(person.presence, person.name)
  }
  return [...people.values()].sort()
}

const sees = (one: Entered, names: string[]) =>
  expect.poll(() => seen(one), { timeout: 10_000, message: 'who is here' }).toEqual(names)

describe('entries', () => {
  test('[R29] reach the people of other nodes, once', async () => {
    const { enter, late } = setUp()
    const [ana, bob] = [await enter('ana', 0), await enter('bob', 1)]
    ana.append('a')
    bob.append('b')
    await settle(40)
    for (const { peer } of [ana, bob]) expect(seqs(peer).sort()).toEqual([1, 2])
    // Nothing is read again that was told.
    await sleep(2000)
    for (const { peer } of [ana, bob]) expect(seqs(peer)).toHaveLength(2)
    expect(await late(0)).toBe(0)
  })

  test('[R29] are read in the log when no frame brings them, two seconds late at most', async () => {
    const { cluster, enter, late } = setUp()
    const [ana, bob] = [await enter('ana', 0), await enter('bob', 1)]
    cluster.isCut = true
    ana.append('a')
    ana.append('b')
    await settle(40)
    expect(seqs(ana.peer)).toEqual([1, 2])
    expect(seqs(bob.peer)).toEqual([])
    const started = performance.now()
    await expect.poll(() => seqs(bob.peer), { timeout: 10_000 }).toEqual([1, 2])
    process.stdout.write(`read ${Math.round(performance.now() - started)} ms later\n`)
    expect(await late(1)).toBe(2)
  })

  test('[R17] whose commit failed and happened are told, and hold back nothing any more', async () => {
    const { log, enter } = setUp()
    const ana = await enter('ana', 0)
    log.fail = 'after'
    ana.append('a')
    await settle(40)
    expect(ana.peer.got('refused')).toMatchObject([{ ref: 1, code: 'unavailable' }])
    await expect.poll(() => seqs(ana.peer), { timeout: 10_000 }).toEqual([1])
    // Its client knows now that the first is stored, and does not send it again.
    ana.append('b')
    await settle(40)
    expect(seqs(ana.peer)).toEqual([1, 2])
  })

  test('[R29] that are long are read at once, and not told', async () => {
    const { cluster, enter } = setUp()
    const [ana, bob] = [await enter('ana', 0), await enter('bob', 1)]
    ana.append('x'.repeat(100_000))
    await settle(40)
    expect(seqs(bob.peer)).toEqual([1])
    expect(cluster.longest).toBeLessThan(70_000)
  })
})

describe('people', () => {
  test('[R30] of all nodes are one list', async () => {
    const { enter } = setUp(3)
    const ana = await enter('ana', 0)
    await sleep(80)
    const bob = await enter('bob', 1)
    const eve = await enter('eve', 2)
    for (const one of [ana, bob, eve]) await sees(one, ['ana', 'bob', 'eve'])
    bob.connection.closed()
    for (const one of [ana, eve]) await sees(one, ['ana', 'eve'])
  })

  test('[R30] whose coming or going was missed are asked for', async () => {
    const { cluster, enter } = setUp()
    const [ana, bob] = [await enter('ana', 0), await enter('bob', 0)]
    const eve = await enter('eve', 1)
    await sees(eve, ['ana', 'bob', 'eve'])
    cluster.isCut = true
    bob.connection.closed()
    await enter('dan', 0)
    await sleep(1200)
    cluster.isCut = false
    for (const one of [eve, ana]) await sees(one, ['ana', 'dan', 'eve'])
  })

  test('[R30] of a node that stops leave with it', async () => {
    const { cluster, enter } = setUp()
    const ana = await enter('ana', 0)
    await enter('bob', 1)
    await sees(ana, ['ana', 'bob'])
    await cluster.engines[1]?.close()
    expect(seen(ana)).toEqual(['ana'])
  })

  test('[R30] of a node that is silent are gone; not while nothing can be heard', async () => {
    let now = 0
    let id = ''
    const gone: string[] = []
    const nodes = new Nodes(
      (told) => {
        id = told.from
      },
      {
        now: () => now,
        people: () => [],
        entries: () => {},
        moved: () => {},
        changed: ({ left }) => gone.push(...left),
      },
    )
    const echoAt = (ms: number) => {
      now = ms
      nodes.hear({ from: id, messages: [{ is: 'alive', nth: 0 }] })
    }
    // It says that it lives at the end of its first turn.
    await settle(1)
    echoAt(0)
    const who = { presence: 'p', userId: 'u', name: 'n', organization: 'o', partnerIso2: null }
    const here = [{ ...who, access: 'read', client: null, caret: null }]
    const people = { is: 'people', nth: 1, channel: CHANNEL, here, left: [] }
    // Of another version, it says what is not known here, too.
    nodes.hear({ from: 'other', messages: [{ is: 'weather' }, people] })
    expect(nodes.peopleIn(CHANNEL)).toEqual(here)
    for (const ms of [1000, 2000, 3000, 4000]) echoAt(ms)
    // Redis is away, and back.
    for (const ms of [20_000, 21_000, 22_000, 23_000, 24_000]) echoAt(ms)
    expect(gone).toEqual([])
    echoAt(24_500)
    expect(gone).toEqual(['p'])
    expect(nodes.peopleIn(CHANNEL)).toEqual([])
    nodes.close()
  })
})
