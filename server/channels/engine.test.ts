/** The engine on a log in memory, with peers that are not sockets. */
import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { ChannelAccess } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'
import { actor, Cluster, FlakyLog, join, settle } from '../../test/harness/fake-nodes'
import { LiveChannel } from './channel'
import { LIMITS } from './connection'
import { steadyNow } from './engine'

const CHANNEL = 'doc'
const WRITER = 'writer-ana'

const bank = { kind: 'institution', id: 'i-bank', name: 'A bank', role: 'officer' } as const
const somebody = (userId: string): Actor =>
  userId === 'bank' ? { ...actor(userId), organization: bank } : actor(userId)

function setUp({ nodes = 1, now }: { nodes?: number; now?: () => number } = {}) {
  const log = new FlakyLog()
  log.create(CHANNEL)
  const rights = new Map<string, ChannelAccess | 'nobody to ask'>([
    ['ana', 'write'],
    ['bob', 'write'],
    ['rea', 'read'],
    ['bank', 'read'],
  ])
  let asked = 0
  const cluster = new Cluster(
    log,
    async (session, channel) => {
      asked++
      const userId = session.replace('session-', '')
      const access = rights.get(userId)
      if (access === 'nobody to ask') throw new Error('away')
      return access && channel !== 'closed' ? { actor: somebody(userId), access } : null
    },
    nodes,
    now,
  )
  const enter = async (userId: string, node = 0, since = 0) => {
    const link = cluster.connect(somebody(userId), node)
    const reply = await join(link.connection, CHANNEL, `writer-${userId}`, since)
    return { ...link, reply }
  }
  return { log, rights, cluster, enter, asked: () => asked }
}

/** Updates of one client, one a word. */
function updates(clientID: number, ...words: string[]): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  for (const word of words) doc.getText('t').insert(doc.getText('t').length, word)
  return made
}

const items = (made: Uint8Array[], from = 1) =>
  made.map((update, i): [number, Uint8Array] => [from + i, update])

describe('appending', () => {
  test('[R31] what no editor knows is refused to its sender; what is in the log already stays', async () => {
    const { log, enter } = setUp()
    const [ana, bob] = [await enter('ana'), await enter('bob')]
    const doc = new Y.Doc()
    doc.getXmlFragment('summary').insert(0, [new Y.XmlElement('video')])
    const video = Buffer.from(Y.encodeStateAsUpdate(doc))
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: [[1, video]] })
    await settle()
    expect(ana.peer.got('refused')).toMatchObject([{ ref: 1, code: 'unknown_content', retry: null }])
    expect(ana.peer.got('refused')[0]?.reason).toContain('element video')
    expect(bob.peer.got('entries')).toEqual([])
    expect(log.entries(CHANNEL)).toHaveLength(0)
    await log.commit([
      {
        channelId: CHANNEL,
        base: 0,
        entries: [{ writer: 'of-later', ref: 1, userId: 'ana', organizationId: 'd', data: video, binds: [] }],
      },
    ])
    bob.connection.append({ channel: CHANNEL, writer: 'writer-bob', items: items(updates(2, 'on')) })
    await settle(30)
    expect(log.entries(CHANNEL)).toHaveLength(2)
  })

  test('[R1] an entry adds for few client ids only', async () => {
    const { enter } = setUp()
    const ana = await enter('ana')
    const many = (count: number) =>
      Y.mergeUpdates(Array.from({ length: count }, (_, i) => updates(100 + i, 'x')).flat())
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items([many(17), many(16)]) })
    await settle()
    expect(ana.peer.got('refused')).toMatchObject([{ ref: 1, code: 'malformed' }])
    expect(ana.peer.got('entries')).toHaveLength(1)
  })

  test('[R11] one frame acknowledges and publishes, after the commit', async () => {
    const { log, enter } = setUp()
    const [ana, bob] = [await enter('ana'), await enter('bob')]
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, 'a', 'b')) })
    expect(ana.peer.got('entries')).toEqual([])
    await settle()
    expect(log.entries(CHANNEL)).toHaveLength(2)
    const frames = ana.peer.got('entries')
    expect(frames.flatMap(({ entries }) => entries.map(([seq, writer, ref]) => [seq, writer, ref]))).toEqual([
      [1, WRITER, 1],
      [2, WRITER, 2],
    ])
    expect(bob.peer.got('entries')).toEqual(frames)
  })

  test('[R13] what gathers during a commit goes into the next', async () => {
    const { log, enter } = setUp()
    const ana = await enter('ana')
    const commit = log.commit.bind(log)
    const batches: number[] = []
    let go = () => {}
    log.commit = async (commits) => {
      batches.push(commits.flatMap(({ entries }) => entries).length)
      await new Promise<void>((resolve) => {
        go = resolve
      })
      return commit(commits)
    }
    for (const item of items(updates(1, ...'abcdefghij'))) {
      ana.connection.append({ channel: CHANNEL, writer: WRITER, items: [item] })
      await settle(2)
    }
    go()
    await settle()
    go()
    await settle()
    expect(batches).toEqual([1, 9])
    expect(log.entries(CHANNEL)).toHaveLength(10)
  })

  test('[R14] [R17] a failed commit acknowledges nothing; later entries wait for the refused one', async () => {
    const { log, enter } = setUp()
    const ana = await enter('ana')
    const made = updates(1, 'a', 'b', 'c')
    log.fail = 'after'
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(made.slice(0, 2)) })
    await settle()
    expect(ana.peer.got('entries')).toEqual([])
    expect(ana.peer.got('refused').map(({ ref, code, retry }) => [ref, code, retry])).toEqual([
      [1, 'unavailable', 1000],
      [2, 'unavailable', 1000],
    ])
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(made.slice(2), 3) })
    await settle()
    expect(ana.peer.got('refused').at(-1)).toMatchObject({ ref: 3, code: 'unavailable' })
    // [R7] It had happened: the key tells, and nothing is stored twice.
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(made) })
    await settle()
    expect(ana.peer.got('refused')).toHaveLength(3)
    expect(
      ana.peer.got('entries').flatMap((frame) => frame.entries.map(([seq, , ref]) => [seq, ref])),
    ).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect(log.entries(CHANNEL)).toHaveLength(3)
  })

  test.each([
    ['a commit fails while the log is asked', { fail: 'before', slowAsked: 6, failAsked: null }, [1, 3]],
    ['the log does not answer', { fail: 'no', slowAsked: 0, failAsked: 3 }, [2, 3]],
  ] as const)('[R14] %s: what waits for the answer comes again too', async (_, trouble, refs) => {
    const { log, enter } = setUp()
    const ana = await enter('ana')
    const made = items(updates(1, 'a', 'b', 'c'))
    const send = (...refs: number[]) => {
      const sent = made.filter(([ref]) => refs.includes(ref))
      ana.connection.append({ channel: CHANNEL, writer: WRITER, items: sent })
    }
    Object.assign(log, trouble)
    for (const ref of refs) send(ref)
    await settle(40)
    expect(ana.peer.got('refused').map(({ ref, code, retry }) => [ref, code, retry])).toEqual(
      refs.map((ref) => [ref, 'unavailable', 1000]),
    )
    for (const ref of [1, 2, 3]) send(ref)
    await settle(40)
    expect(ana.peer.got('refused')).toHaveLength(2)
    expect(log.entries(CHANNEL).map(({ ref }) => ref)).toEqual([1, 2, 3])
  })

  test.each([
    ['who sent the copy is told', false, 'copy'],
    ['who left before it was judged is not', true, 'first'],
  ])('[R14] of two copies of an entry, %s', async (_, isGone, told) => {
    const log = new FlakyLog()
    log.create(CHANNEL)
    const channel = new LiveChannel(CHANNEL, {
      ...{ log, ready: () => {}, publish: () => {}, refused: () => {}, failed: () => {}, pending: () => {} },
    })
    const heard: string[] = []
    const [data = Buffer.alloc(0)] = updates(1, 'a').map((update) => Buffer.from(update))
    const send = (name: string, isGone: boolean) =>
      channel.append({
        ...{ userId: 'ana', organizationId: 'd-ana', writer: WRITER, ref: 1, data, by: 'client' },
        sender: { isGone, refused: () => heard.push(name), known: () => {} },
      })
    send('first', false)
    await settle()
    send('copy', isGone)
    channel.lost()
    expect(heard).toEqual([told])
  })

  test('[R15] after a failure a channel that cannot be stored holds up no other', async () => {
    const { log, cluster } = setUp()
    log.create('poison')
    const commit = log.commit.bind(log)
    const sizes: number[] = []
    log.commit = async (commits) => {
      sizes.push(commits.length)
      if (commits.some(({ channelId }) => channelId === 'poison')) throw new Error('no')
      return commit(commits)
    }
    const { peer, connection } = cluster.connect(actor('ana'))
    for (const channel of ['poison', CHANNEL]) await join(connection, channel, WRITER)
    const [update] = updates(1, 'a')
    const send = async () => {
      for (const channel of ['poison', CHANNEL]) {
        connection.append({ channel, writer: WRITER, items: items(update ? [update] : []) })
      }
      await settle()
    }
    await send()
    expect(peer.got('entries')).toEqual([])
    await send()
    expect(peer.got('entries').map(({ channel }) => channel)).toEqual([CHANNEL])
    expect(sizes).toEqual([2, 1, 1])
  })

  test('[R16] two nodes write into one channel: each takes in what the other wrote', async () => {
    const { log, enter } = setUp({ nodes: 2 })
    const [ana, bob] = [await enter('ana', 0), await enter('bob', 1)]
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, ...'abcde')) })
    bob.connection.append({ channel: CHANNEL, writer: 'writer-bob', items: items(updates(2, ...'vwxyz')) })
    await settle(40)
    expect(log.entries(CHANNEL).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(ana.peer.got('refused')).toEqual([])
    expect(bob.peer.got('refused')).toEqual([])
  })

  test('[R8] a node that is behind reads the log before it refuses', async () => {
    const { log, enter } = setUp({ nodes: 2 })
    const [ana, bob] = [await enter('ana', 0), await enter('bob', 1)]
    const first = updates(1, 'base')
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(first) })
    await settle()
    const doc = new Y.Doc()
    doc.clientID = 2
    for (const update of first) Y.applyUpdate(doc, update)
    const made: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => made.push(update))
    doc.getText('t').insert(2, '!')
    bob.connection.append({ channel: CHANNEL, writer: 'writer-bob', items: items(made) })
    await settle(40)
    expect(bob.peer.got('refused')).toEqual([])
    expect(log.entries(CHANNEL)).toHaveLength(2)
  })

  test('[R18] a stop commits and tells what was accepted, and refuses the rest for now', async () => {
    const { log, cluster, enter } = setUp()
    const ana = await enter('ana')
    const made = updates(1, 'a', 'b')
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(made.slice(0, 1)) })
    const closed = cluster.engines[0]?.close()
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(made.slice(1), 2) })
    await closed
    expect(log.entries(CHANNEL)).toHaveLength(1)
    expect(ana.peer.got('entries')).toHaveLength(1)
    expect(ana.peer.got('refused')).toMatchObject([{ ref: 2, code: 'unavailable', retry: 1000 }])
  })

  test('[R12] verbs of the server append through the same rules', async () => {
    const { cluster, enter } = setUp()
    const ana = await enter('ana')
    const engine = cluster.engines[0]
    const author = { userId: 'sec', organizationId: 'd-sec' }
    const [update, second] = updates(5, 'imported', 'more')
    if (!engine || !update || !second) throw new Error('no engine')
    await expect(engine.append(author, CHANNEL, second)).rejects.toMatchObject({ fault: 'invalid' })
    expect(await engine.append(author, CHANNEL, update)).toBe(1)
    expect(ana.peer.got('entries')).toHaveLength(1)
    await expect(engine.append(author, 'nothing', update)).rejects.toMatchObject({ fault: 'not_found' })
  })
})

describe('rights', () => {
  test('[R9] the right is asked again after a second, although the clock was set back', async () => {
    const { rights, enter } = setUp({ now: steadyNow })
    const { peer, connection } = await enter('ana')
    rights.set('ana', 'read')
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, 'a')) })
    await settle()
    clock.mockRestore()
    expect(peer.got('refused')).toMatchObject([{ code: 'forbidden' }])
  })

  test('[R9] a reader is refused, and nobody to ask means no', async () => {
    const { log, rights, enter } = setUp()
    const rea = await enter('rea')
    const made = items(updates(1, 'a'))
    rea.connection.append({ channel: CHANNEL, writer: 'writer-rea', items: made })
    await settle()
    expect(rea.peer.got('refused')).toMatchObject([{ code: 'forbidden', retry: null }])
    const bob = await enter('bob')
    rights.set('bob', 'nobody to ask')
    bob.connection.append({ channel: CHANNEL, writer: 'writer-bob', items: made })
    await settle()
    expect(log.entries(CHANNEL)).toHaveLength(1)
  })

  test('[R9] the right is asked for again after a second', async () => {
    let clock = 0
    const { log, rights, enter, asked } = setUp({ now: () => clock })
    const ana = await enter('ana')
    const made = updates(1, 'a', 'b', 'c')
    const send = async (i: number) => {
      ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(made.slice(i, i + 1), i + 1) })
      await settle()
    }
    await send(0)
    clock += 900
    await send(1)
    expect(asked()).toBe(1)
    rights.set('ana', 'read')
    clock += 200
    await send(2)
    expect(log.entries(CHANNEL)).toHaveLength(2)
    expect(ana.peer.got('refused')).toMatchObject([{ ref: 3, code: 'forbidden' }])
  })

  test('[R22] what does not exist and what is closed give one answer', async () => {
    const { rights, cluster, log } = setUp()
    log.create('closed')
    rights.delete('bob')
    const { connection } = cluster.connect(actor('bob'))
    const answers = [
      await join(connection, 'closed', 'writer-bob'),
      await join(connection, 'nothing', 'writer-bob'),
      await join(connection, CHANNEL, 'writer-bob'),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ ok: false, code: 'not_found' })
  })

  test('[R23] a right that is taken away ends at once, on every node', async () => {
    const { rights, cluster, enter } = setUp({ nodes: 2 })
    const [ana, bob] = [await enter('ana', 0), await enter('bob', 1)]
    rights.set('bob', 'read')
    await cluster.engines[0]?.recheckChannel(CHANNEL)
    await settle()
    expect(bob.peer.got('access')).toMatchObject([{ access: 'read' }])
    rights.delete('bob')
    await cluster.engines[0]?.recheckChannel(CHANNEL)
    await settle()
    expect(bob.peer.got('access').at(-1)).toMatchObject({ access: null })
    const heard = bob.peer.got('entries').length
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, 'secret')) })
    await settle()
    expect(ana.peer.got('entries')).toHaveLength(1)
    expect(bob.peer.got('entries')).toHaveLength(heard)
  })

  test('[R23] a session that ended is disconnected', async () => {
    const { cluster, enter } = setUp({ nodes: 2 })
    const bob = await enter('bob', 1)
    bob.peer.session = false
    await cluster.engines[0]?.recheckUser('bob')
    await settle()
    expect(bob.peer.ended).toBe(true)
  })
})

describe('joining', () => {
  test('[R19] an entry that is committed while the log is read is not missed', async () => {
    const { cluster, enter } = setUp()
    const ana = await enter('ana')
    const bob = cluster.connect(actor('bob'))
    const reply = join(bob.connection, CHANNEL, 'writer-bob')
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, ...'abcdef')) })
    const answer = await reply
    await settle()
    if (!answer.ok) throw new Error(answer.reason)
    const seqs = [...answer.entries, ...bob.peer.got('entries').flatMap((frame) => frame.entries)].map(
      ([seq]) => seq,
    )
    expect([...new Set(seqs)].sort()).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('[R20] who holds more than the log gets it from the start', async () => {
    const { enter } = setUp()
    const ana = await enter('ana')
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, 'a')) })
    await settle()
    const bob = await enter('bob', 0, 99)
    expect(bob.reply).toMatchObject({ ok: true, head: 1, entries: [[1, WRITER, 1, expect.anything()]] })
  })

  test('[R6] a writer of somebody else', async () => {
    const { cluster, enter } = setUp()
    const ana = await enter('ana')
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, 'a')) })
    await settle()
    const { connection } = cluster.connect(actor('bob'))
    expect(await join(connection, CHANNEL, WRITER)).toMatchObject({ ok: false, code: 'forged' })
  })

  test('[R24] an institution that only reads is shown to nobody but itself', async () => {
    const { enter } = setUp()
    const ana = await enter('ana')
    const reader = await enter('bank')
    await new Promise((resolve) => setTimeout(resolve, 80))
    const people = (of: typeof ana) => (of.reply.ok ? of.reply.people.map(({ userId }) => userId) : [])
    expect(people(reader)).toEqual(['ana', 'bank'])
    expect(people(await enter('bob'))).not.toContain('bank')
    const told = ana.peer.got('people').flatMap(({ here }) => here)
    expect(told.map(({ userId }) => userId)).not.toContain('bank')
  })

  test('[R24] who somebody is comes from the session', async () => {
    const { enter } = setUp()
    const [ana, bob] = [await enter('ana'), await enter('bob')]
    const caret = { fragment: 'summary', anchor: { a: 1 }, head: { a: 1 } }
    const forged = { name: 'The Chair', userId: 'ana', organization: 'Secretariat' }
    bob.connection.presence({ channel: CHANNEL, client: 7, caret, ...forged })
    await new Promise((resolve) => setTimeout(resolve, 80))
    const person = ana.peer
      .got('people')
      .flatMap(({ here }) => here)
      .findLast(({ userId }) => userId === 'bob')
    expect(person).toMatchObject({ name: 'bob', organization: 'Japan', partnerIso2: 'JP', client: 7, caret })
  })
})

describe('bad frames and floods', () => {
  test.each([
    ['nothing', undefined],
    ['text', 'append'],
    ['no items', { channel: CHANNEL, writer: WRITER, items: [] }],
    ['a ref of zero', { channel: CHANNEL, writer: WRITER, items: [[0, new Uint8Array(1)]] }],
    ['data that is no bytes', { channel: CHANNEL, writer: WRITER, items: [[1, { 0: 1 }]] }],
    ['a writer with blanks', { channel: CHANNEL, writer: 'a b c d e', items: [[1, new Uint8Array(1)]] }],
  ])('[R25] %s', async (_, frame) => {
    const { log, enter } = setUp()
    const ana = await enter('ana')
    ana.connection.append(frame)
    ana.connection.presence(frame)
    ana.connection.leave(null)
    expect(await new Promise((resolve) => ana.connection.join(frame, resolve))).toMatchObject({
      code: 'malformed',
    })
    expect(ana.peer.got('refused')[0]).toMatchObject({ code: 'malformed', retry: null })
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(updates(1, 'a')) })
    await settle()
    expect(log.entries(CHANNEL)).toHaveLength(1)
  })

  test('[R26] a flood from one connection is told to wait; others go on', async () => {
    const { log, enter } = setUp({ now: () => 0 })
    const [ana, bob] = [await enter('ana'), await enter('bob')]
    const many = updates(1, ...'x'.repeat(LIMITS.entries.burst + 50))
    for (let i = 0; i < many.length; i += 200) {
      ana.connection.append({ channel: CHANNEL, writer: WRITER, items: items(many.slice(i, i + 200), i + 1) })
    }
    bob.connection.append({ channel: CHANNEL, writer: 'writer-bob', items: items(updates(2, 'hello')) })
    await settle(40)
    expect(log.entries(CHANNEL)).toHaveLength(LIMITS.entries.burst + 1)
    const refused = ana.peer.got('refused')
    expect(refused).toHaveLength(50)
    expect(refused[0]).toMatchObject({
      ref: LIMITS.entries.burst + 1,
      code: 'too_fast',
      retry: expect.any(Number),
    })
    expect(bob.peer.got('refused')).toEqual([])
    expect(ana.peer.pauses).toBeGreaterThan(0)
    expect(bob.peer.pauses).toBe(0)
    // Going on past what was refused is no way round, nor is a channel that was not joined.
    const later = items(updates(1, ...'y'.repeat(200)), many.length + 1)
    for (let i = 0; i < LIMITS.entries.burst; i += later.length)
      ana.connection.append({ channel: CHANNEL, writer: WRITER, items: later })
    const { pauses } = ana.peer
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: later })
    expect(ana.peer.pauses).toBe(pauses + later.length)
    ana.connection.append({ channel: 'nowhere', writer: WRITER, items: items(updates(1, 'a')) })
    expect(ana.peer.pauses).toBe(pauses + later.length + 1)
  })

  test('[R26] a copy that comes too fast holds up nothing', async () => {
    let clock = 0
    const { log, enter } = setUp({ now: () => clock })
    const ana = await enter('ana')
    const made = items(updates(1, ...'x'.repeat(LIMITS.entries.burst + 1)))
    const [sent, next] = [made.slice(0, -1), made.slice(-1)]
    for (const which of [sent, sent.slice(100)])
      for (let i = 0; i < which.length; i += 200)
        ana.connection.append({ channel: CHANNEL, writer: WRITER, items: which.slice(i, i + 200) })
    clock += 1000
    ana.connection.append({ channel: CHANNEL, writer: WRITER, items: next })
    await settle(40)
    expect(ana.peer.got('refused')).toEqual([])
    expect(ana.peer.pauses).toBeGreaterThan(0)
    expect(log.entries(CHANNEL)).toHaveLength(made.length)
  })

  test('[R26] a connection joins a bounded number of channels', async () => {
    const { log, cluster } = setUp()
    const { connection } = cluster.connect(actor('ana'))
    const codes: string[] = []
    for (let i = 0; i <= LIMITS.channels; i++) {
      log.create(`c${i}`)
      const answer = await join(connection, `c${i}`, WRITER)
      codes.push(answer.ok ? 'ok' : answer.code)
    }
    expect(codes.filter((code) => code === 'ok')).toHaveLength(LIMITS.channels)
    expect(codes.at(-1)).toBe('too_fast')
  })
})
