/** What only a wire in the test's hand can bring about. The rest is in `document.test.ts`, on the engine itself. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { AppendFrame, JoinFrame, JoinReply, Person } from '../domain/channel-protocol'
import { ChannelClient } from './channel-client'
import type { Snapshot } from './fetch-snapshot'
import type { KeepAside } from './keep-aside'
import { memoryStore, type OutboxStore } from './outbox-store'
import type { Receiver, Wire, WireState } from './wire'
import { memoryLocks, type WriterLocks } from './writer-locks'

const self: Person = {
  presence: 'p1',
  userId: 'ana',
  name: 'Ana',
  organization: 'Kenya',
  partnerIso2: 'KE',
  access: 'write',
  client: null,
  caret: null,
}
const EMPTY: JoinReply = {
  ok: true,
  access: 'write',
  presence: 'p1',
  head: 0,
  snapshot: null,
  entries: [],
  acked: 0,
  people: [self],
}

class Scripted implements Wire {
  state: WireState = 'connected'
  readonly heardAt = 0
  receiver: Receiver | null = null
  readonly joins: { frame: JoinFrame; reply: (answer: JoinReply) => void }[] = []
  readonly appended: AppendFrame[] = []
  attach(_: string, receiver: Receiver): () => void {
    this.receiver = receiver
    return () => {}
  }
  join(frame: JoinFrame, reply: (answer: JoinReply) => void): void {
    this.joins.push({ frame, reply })
  }
  append(frame: AppendFrame): void {
    this.appended.push(frame)
  }
  presence(): void {}
  leave(): void {}
  fetched: {
    resolve: (found: Snapshot | null) => void
    reject: (why: Error) => void
    signal: AbortSignal
  }[] = []
  snapshot(_: string, signal: AbortSignal): Promise<Snapshot | null> {
    return new Promise((resolve, reject) => this.fetched.push({ resolve, reject, signal }))
  }
}

let wire: Scripted
let client: ChannelClient
let store: OutboxStore
let locks: WriterLocks
let keepAside: ReturnType<typeof vi.fn<KeepAside>>
const received: number[] = []

beforeEach(() => {
  vi.useFakeTimers()
  received.length = 0
  wire = new Scripted()
  keepAside = vi.fn<KeepAside>(async () => ({ lead: 'Kenya' }))
  store = memoryStore()
  locks = memoryLocks()
  client = open()
})
afterEach(() => {
  client.stop()
  vi.useRealTimers()
})

const open = () =>
  new ChannelClient({
    wire,
    channel: 'doc',
    account: 'ana',
    store,
    locks,
    keepAside,
    listener: {
      received: (data) => received.push(...data.map((update) => update[0] ?? -1)),
      people: () => {},
      joined: () => {},
      beside: () => {},
      changed: () => {},
    },
  })
const answer = (change: Partial<JoinReply & { ok: true }> = {}) =>
  wire.joins.at(-1)?.reply({ ...EMPTY, ...change })
const writer = () => wire.joins[0]?.frame.writer ?? ''
const refuse = (ref: number, code: 'gap' | 'too_fast', retry: number | null) =>
  wire.receiver?.refused({ channel: 'doc', writer: writer(), ref, code, reason: 'x', retry })
const refs = () => wire.appended.map(({ items }) => items.map(([ref]) => ref))
const bytes = (n: number) => new Uint8Array([n])

describe('joining', () => {
  it('goes on until nothing is missing', () => {
    answer({ head: 5, snapshot: { seq: 2, data: bytes(2) }, entries: [[3, 'w', 1, bytes(3)]] })
    expect(wire.joins.map(({ frame }) => frame.since)).toEqual([0, 3])
    expect(client.synced).toBe(false)
    answer({
      head: 5,
      entries: [
        [4, 'w', 2, bytes(4)],
        [5, 'w', 3, bytes(5)],
      ],
    })
    expect(client.synced).toBe(true)
    expect(received).toEqual([2, 3, 4, 5])
  })

  it('takes what overtakes the answer, once', () => {
    wire.receiver?.entries({ channel: 'doc', entries: [[2, 'w', 2, bytes(2)]] })
    answer({
      head: 1,
      entries: [[1, 'w', 1, bytes(1)]],
    })
    expect(client.phase).toBe('joined')
    expect(received).toEqual([2, 1])
  })

  it('is asked again when no answer comes, and a late one counts for nothing', async () => {
    const late = wire.joins[0]
    await vi.advanceTimersByTimeAsync(17_000)
    expect(wire.joins).toHaveLength(2)
    late?.reply({ ok: false, code: 'not_found', reason: 'x' })
    expect(client.phase).toBe('joining')
  })

  it('[R20] fetches a long snapshot, and joins from it', async () => {
    answer({ head: 9, snapshot: { seq: 7, data: null } })
    expect(client.phase).toBe('fetching')
    // What comes meanwhile is not asked for again, and counts once.
    wire.receiver?.entries({ channel: 'doc', entries: [[9, 'w', 9, bytes(9)]] })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(wire.joins).toHaveLength(1)
    wire.fetched[0]?.resolve({ seq: 7, data: bytes(7) })
    await vi.advanceTimersByTimeAsync(0)
    expect(wire.joins[1]?.frame.since).toBe(7)
    answer({ head: 9, entries: [[8, 'w', 8, bytes(8)]] })
    expect(client.phase).toBe('joined')
    expect(received).toEqual([9, 7, 8])
  })

  it('keeps what was fetched while the connection was away, and fetches it once', async () => {
    answer({ head: 7, snapshot: { seq: 7, data: null } })
    wire.receiver?.wireChanged('lost')
    wire.receiver?.wireChanged('connected')
    answer({ head: 7, snapshot: { seq: 7, data: null } })
    wire.receiver?.wireChanged('lost')
    expect(wire.fetched).toHaveLength(1)
    wire.fetched[0]?.resolve({ seq: 7, data: bytes(7) })
    await vi.advanceTimersByTimeAsync(0)
    wire.receiver?.wireChanged('connected')
    expect(wire.joins.at(-1)?.frame.since).toBe(7)
  })

  it('asks again when the snapshot did not come whole, or is not there', async () => {
    answer({ head: 7, snapshot: { seq: 7, data: null } })
    wire.fetched[0]?.reject(new Error('cut'))
    await vi.advanceTimersByTimeAsync(2_000)
    answer({ head: 7, snapshot: { seq: 7, data: null } })
    wire.fetched[1]?.resolve(null)
    await vi.advanceTimersByTimeAsync(4_000)
    wire.joins.at(-1)?.reply({ ok: false, code: 'not_found', reason: 'x' })
    expect(client.phase).toBe('closed')
    expect(received).toEqual([])
  })

  it('stops fetching when the page is left', () => {
    answer({ head: 7, snapshot: { seq: 7, data: null } })
    client.stop()
    expect(wire.fetched[0]?.signal.aborted).toBe(true)
  })

  it('ends when the log is shorter than what was seen of it', () => {
    answer({ head: 2, snapshot: { seq: 2, data: bytes(2) } })
    wire.receiver?.wireChanged('lost')
    wire.receiver?.wireChanged('connected')
    answer({ head: 1 })
    expect(client.phase).toBe('closed')
  })

  it('ends when the connection is somebody else’s', () => {
    answer({ people: [{ ...self, userId: 'ben' }] })
    client.append(bytes(1))
    expect(client.phase).toBe('closed')
    expect(wire.appended).toEqual([])
    expect(client.pending).toBe(1)
  })
})

describe('refusals', () => {
  it('sends all again after the time that the server says, in order, with the same refs', async () => {
    answer()
    for (const n of [1, 2, 3]) client.append(bytes(n))
    refuse(2, 'too_fast', 700)
    refuse(3, 'too_fast', 700)
    client.append(bytes(4))
    await vi.advanceTimersByTimeAsync(650)
    expect(refs()).toEqual([[1], [2], [3]])
    await vi.advanceTimersByTimeAsync(100)
    expect(refs().slice(3).flat()).toEqual([1, 2, 3, 4])
  })

  it('sets a gap aside only after reading the log anew, twice', async () => {
    answer()
    client.append(bytes(1))
    for (let i = 0; i < 2; i++) {
      refuse(1, 'gap', null)
      expect(client.phase).toBe('joining')
      answer()
      expect(refs()).toHaveLength(i + 2)
    }
    refuse(1, 'gap', null)
    expect(client.refusedChanges).toMatchObject({ count: 1, code: 'gap' })
    expect(client.spoiled).toBe(true)
  })

  it('reads the log anew when nothing is answered for long', async () => {
    answer()
    client.append(bytes(1))
    await vi.advanceTimersByTimeAsync(11_000)
    expect(wire.joins).toHaveLength(2)
    answer({ head: 1, entries: [[1, writer(), 1, bytes(1)]], acked: 1 })
    expect(client.pending).toBe(0)
    expect(received).toEqual([])
  })
})

describe('a right that ended before what was written had arrived', () => {
  const update = (text: string) => {
    const doc = new Y.Doc()
    doc.getText('t').insert(0, text)
    return Y.encodeStateAsUpdate(doc)
  }
  const offline = () => {
    answer()
    wire.state = 'lost'
    wire.receiver?.wireChanged('lost')
    client.append(update('one'))
    client.append(update('two'))
    wire.state = 'connected'
    wire.receiver?.wireChanged('connected')
  }
  const settled = () => vi.advanceTimersByTimeAsync(10)

  it.each([
    ['may still read', () => answer({ access: 'read' })],
    ['may not even read', () => wire.joins.at(-1)?.reply({ ok: false, code: 'not_found', reason: 'x' })],
  ])('%s: all of it is handed over once, in one piece, and nothing is kept here', async (_, come) => {
    offline()
    come()
    await settled()
    expect(keepAside).toHaveBeenCalledTimes(1)
    expect(keepAside.mock.calls[0]?.slice(0, 2)).toEqual(['ana', 'doc'])
    expect(client).toMatchObject({
      aside: { count: 2, lead: 'Kenya' },
      pending: 0,
      refusedChanges: null,
      spoiled: true,
    })
    expect(wire.appended).toEqual([])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(keepAside).toHaveBeenCalledTimes(1)
  })

  it('of a tab that is closed by now: the next one hands it over, even where nothing may be read', async () => {
    offline()
    await settled()
    client.stop()
    wire = new Scripted()
    client = open()
    wire.receiver?.wireChanged('connected')
    wire.joins.at(-1)?.reply({ ok: false, code: 'not_found', reason: 'x' })
    await settled()
    expect(keepAside).toHaveBeenCalledTimes(1)
    expect(client).toMatchObject({ aside: { count: 2 }, settled: true })
    expect(await store.counts('ana')).toEqual(new Map())
  })

  it('is kept here when the portal does not take it, and not offered again', async () => {
    keepAside.mockResolvedValue(null)
    offline()
    answer({ access: 'read' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(client).toMatchObject({ aside: null, refusedChanges: { count: 2, code: 'forbidden' } })
    expect(keepAside).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['may still read', () => answer({ access: 'read' })],
    ['may not even read', () => wire.joins.at(-1)?.reply({ ok: false, code: 'not_found', reason: 'x' })],
  ])('%s: is kept here while nobody answers, and offered again', async (_, come) => {
    keepAside.mockRejectedValue(new Error('away'))
    offline()
    come()
    await settled()
    expect(client).toMatchObject({ aside: null, refusedChanges: { count: 2 } })
    keepAside.mockResolvedValue({ lead: null })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(client).toMatchObject({ aside: { count: 2 }, refusedChanges: null, settled: true })
  })

  it('is sent as usual when the right came back', async () => {
    keepAside.mockRejectedValue(new Error('away'))
    offline()
    answer({ access: 'read' })
    await settled()
    wire.receiver?.access({ channel: 'doc', access: 'write', reason: 'x' })
    await settled()
    expect(wire.appended).toHaveLength(1)
    expect(client.aside).toBeNull()
  })
})
