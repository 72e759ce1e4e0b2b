/**
 * Tabs that write at once over connections that drop, lose, repeat and reorder frames, on two nodes with a log that
 * fails, in browsers whose tabs crash. A failure prints its seed: run it again with `fc.assert(…, { seed, path })`.
 */
import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { actor, Cluster, FlakyLog, settle } from '../../test/harness/fake-nodes'
import { Browser, TabWire } from '../../test/harness/tab-wire'
import { openDocument } from './document'
import type { OpenDocument } from './document-types'
import { indexedDbStore } from './outbox-indexeddb'
import { memoryStore, type OutboxStore } from './outbox-store'

const CHANNEL = 'doc'
/** Ana has two tabs in one browser. */
const TABS = ['ana', 'ana', 'ben', 'cyn'] as const

const ACTS = {
  type: 10,
  erase: 3,
  send: 8,
  deliver: 12,
  repeat: 1,
  lose: 1,
  settle: 5,
  drop: 2,
  connect: 3,
  crash: 1,
  leave: 1,
  wait: 3,
  fail: 1,
  away: 1,
  back: 2,
} as const
type Act = keyof typeof ACTS
const step = fc.record({
  act: fc.oneof(
    ...Object.entries(ACTS).map(([act, weight]) => ({ weight, arbitrary: fc.constant(act as Act) })),
  ),
  tab: fc.nat(TABS.length - 1),
  at: fc.nat(99),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
type Tab = { document: OpenDocument; wire: TabWire; die: () => void; alive: boolean }

class World {
  readonly log = new FlakyLog()
  readonly cluster: Cluster
  readonly browsers: Map<string, Browser>
  readonly tabs: Tab[]
  readonly written = new Set<string>()
  readonly all: Tab[] = []

  constructor(stores: (userId: string) => OutboxStore) {
    this.log.create(CHANNEL)
    const resolve = async (session: string) => ({ actor: actor(session.slice(8)), access: 'write' as const })
    this.cluster = new Cluster(this.log, resolve, 2)
    this.browsers = new Map([...new Set(TABS)].map((userId) => [userId, new Browser(stores(userId))]))
    this.tabs = TABS.map((userId) => this.open(userId))
  }

  open(userId: string): Tab {
    const wire = new TabWire(this.cluster, actor(userId))
    const { store, locks, die } = this.browsers.get(userId)?.tab() ?? new Browser().tab()
    const document = openDocument({ connection: wire, channelId: CHANNEL, account: userId, store, locks })
    const tab: Tab = {
      document,
      wire,
      alive: true,
      die: () => {
        tab.alive = false
        die()
        wire.die()
      },
    }
    this.all.push(tab)
    return tab
  }

  async do({ act, tab: index, at }: Step): Promise<void> {
    const tab = this.tabs[index]
    const userId = TABS[index]
    if (!tab || !userId) return
    const { wire, document } = tab
    const text = document.doc.getText('t')
    switch (act) {
      case 'type': {
        const word = `${this.written.size} `
        this.written.add(word)
        document.doc.getMap('written').set(word, true)
        return text.insert(at % (text.length + 1), word)
      }
      case 'erase':
        return text.length > 2 ? text.delete(at % (text.length - 1), 2) : undefined
      case 'send':
        return wire.send()
      case 'deliver':
        return void wire.deliver(at)
      case 'repeat':
        return wire.repeat(at)
      case 'lose':
        return wire.lose()
      case 'settle':
        return settle(at % 5)
      case 'drop':
        return wire.drop()
      case 'connect':
        return wire.connect(at % 2)
      case 'wait':
        return void (await vi.advanceTimersByTimeAsync(at * 40))
      case 'fail':
        this.log.fail = at % 2 === 0 ? 'before' : 'after'
        return
      case 'away':
        this.log.away = true
        return
      case 'back':
        this.log.away = false
        return
      case 'crash':
        // What was typed a moment ago has reached the browser's database.
        await settle(20)
        tab.die()
        this.tabs[index] = this.open(userId)
        return
      case 'leave':
        document.close()
        this.tabs[index] = this.open(userId)
    }
  }

  /** Everybody is connected, and everything flows until nothing is left to do. */
  async peace(): Promise<void> {
    this.log.away = false
    this.log.fail = 'no'
    for (let round = 0; round < 60; round++) {
      // A frame that is lost although the connection goes on shows when the next one comes.
      if (round === 4) for (const { document } of this.tabs) document.doc.getMap('last').set('x', true)
      for (const { wire, alive } of this.all) if (alive) wire.connect(round % 2)
      for (let i = 0; i < 6; i++) {
        for (const { wire } of this.all) wire.flow()
        await settle(8)
      }
      await vi.advanceTimersByTimeAsync(4000)
      const isDone = this.tabs.every(({ document }) => document.status.get().state === 'saved')
      if (isDone && round > 8) return
    }
  }
}

async function holds(steps: readonly Step[], stores: (userId: string) => OutboxStore): Promise<void> {
  const world = new World(stores)
  for (const one of steps) await world.do(one)
  await world.peace()
  const entries = world.log.entries(CHANNEL)
  const committed = new Y.Doc()
  for (const { data } of entries) Y.applyUpdate(committed, data)
  const keys = entries.map(({ writer, ref }) => `${writer} ${ref}`)
  expect(new Set(keys).size, 'each key is committed once').toBe(keys.length)
  expect(committed.store.pendingStructs, 'the log has no gaps').toBeNull()
  const kept = [...committed.getMap('written').keys()]
  expect(new Set(kept), 'nothing written is missing').toEqual(world.written)
  for (const { document } of world.tabs) {
    expect(document.status.get()).toMatchObject({ state: 'saved', pending: 0, refused: null })
    expect(document.doc.getText('t').toString()).toBe(committed.getText('t').toString())
  }
  for (const [userId, { store }] of world.browsers) {
    expect([userId, (await store.counts(userId)).size]).toEqual([userId, 0])
  }
  await Promise.all(world.cluster.engines.map((engine) => engine.close()))
  vi.clearAllTimers()
}

describe('tabs over bad connections', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    })
  })
  afterEach(() => vi.useRealTimers())

  it('converge; nothing is lost, and nothing is committed twice', async () => {
    const steps = fc.array(step, { maxLength: 150, size: 'max' })
    await fc.assert(
      fc.asyncProperty(steps, (all) => holds(all, () => memoryStore())),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
    )
  }, 300_000)

  it('do so with the browser’s database', async () => {
    let run = 0
    const steps = fc.array(step, { maxLength: 80, size: 'max' })
    await fc.assert(
      fc.asyncProperty(steps, (all) => {
        run++
        return holds(all, (userId) => indexedDbStore(`outbox-${run}-${userId}`))
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 60) / 4 },
    )
  }, 300_000)
})
