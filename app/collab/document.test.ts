import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { actor, Cluster, FlakyLog, settle } from '../../test/harness/fake-nodes'
import { Browser, TabWire } from '../../test/harness/tab-wire'
import type { ChannelAccess } from '../domain/channel-protocol'
import { openDocument, sendLeft } from './document'
import type { OpenDocument } from './document-types'

const CHANNEL = 'doc'

let log: FlakyLog
let cluster: Cluster
let rights: Map<string, ChannelAccess>
let wires: TabWire[]

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  })
  log = new FlakyLog()
  log.create(CHANNEL)
  rights = new Map([
    ['ana', 'write'],
    ['ben', 'write'],
  ])
  cluster = new Cluster(log, async (session) => {
    const userId = session.slice('session-'.length)
    const access = rights.get(userId)
    return access ? { actor: actor(userId), access } : null
  })
  wires = []
})
afterEach(() => vi.useRealTimers())

type Tab = OpenDocument & { wire: TabWire; die: () => void }

function open(
  userId: string,
  browser = new Browser(),
  account = userId,
  wire = new TabWire(cluster, actor(userId)),
): Tab {
  wires.push(wire)
  const tab = browser.tab()
  const document = openDocument({
    connection: wire,
    channelId: CHANNEL,
    account,
    store: tab.store,
    locks: tab.locks,
  })
  const die = () => {
    tab.die()
    wire.die()
  }
  return Object.assign(document, { wire, die })
}

/** Lets frames flow until nothing moves, and `ms` pass. */
async function flow(ms = 0): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const wire of wires) wire.flow()
    await settle(4)
  }
  if (ms === 0) return
  await vi.advanceTimersByTimeAsync(ms)
  await flow()
}

/** The tab waits a moment before it tells a caret, and so does the server. */
async function carets(): Promise<void> {
  await flow(100)
  await flow(100)
}

const text = ({ doc }: OpenDocument) => doc.getText('t')
const read = (document: OpenDocument) => text(document).toString()
const committed = () => log.entries(CHANNEL).length

describe('saving', () => {
  it('says Saved only when every change is committed', async () => {
    const ana = open('ana')
    expect(ana.status.get().state).toBe('connecting')
    ana.wire.connect()
    await flow()
    expect(ana.status.get()).toMatchObject({ state: 'saved', synced: true, pending: 0, lastSavedAt: null })
    text(ana).insert(0, 'a')
    expect(ana.status.get()).toMatchObject({ state: 'saving', pending: 1 })
    ana.wire.send()
    await settle()
    expect(committed()).toBe(1)
    expect(ana.status.get().state).toBe('saving')
    await flow()
    expect(ana.status.get()).toMatchObject({ state: 'saved', pending: 0, lastSavedAt: Date.now() })
  })

  it('shows to a colleague what was committed', async () => {
    const [ana, ben] = [open('ana'), open('ben')]
    for (const { wire } of [ana, ben]) wire.connect()
    await flow()
    text(ana).insert(0, 'hello')
    await flow()
    text(ben).insert(5, ' there')
    await flow()
    expect(read(ana)).toBe('hello there')
    expect(read(ben)).toBe('hello there')
  })

  it('keeps what is written before the first sync', async () => {
    const ana = open('ana')
    text(ana).insert(0, 'early')
    expect(ana.status.get()).toMatchObject({ state: 'connecting', pending: 1 })
    ana.wire.connect()
    await flow()
    expect(ana.status.get().state).toBe('saved')
    expect(committed()).toBe(1)
  })

  it('sends several at once without waiting for the first', async () => {
    const ana = open('ana')
    ana.wire.connect()
    await flow()
    for (let i = 0; i < 5; i++) text(ana).insert(i, `${i}`)
    expect(ana.wire.appended.map(({ items }) => items.map(([ref]) => ref))).toEqual([[1], [2], [3], [4], [5]])
    await flow()
    expect(ana.status.get().state).toBe('saved')
    expect(log.entries(CHANNEL).map((entry) => entry.ref)).toEqual([1, 2, 3, 4, 5])
  })

  it('divides a change that is larger than an entry', async () => {
    const [ana, ben] = [open('ana'), open('ben')]
    for (const { wire } of [ana, ben]) wire.connect()
    await flow()
    const long = '€\u{1F600}abc'.repeat(300_000)
    text(ana).insert(0, long)
    expect(ana.status.get().pending).toBe(1)
    await flow(3000)
    expect(ana.status.get()).toMatchObject({ state: 'saved', refused: null })
    expect(read(ben) === long).toBe(true)
  })
})

describe('without a connection', () => {
  it('keeps changes, counts them, merges them and sends them on return', async () => {
    const [ana, ben] = [open('ana'), open('ben')]
    for (const { wire } of [ana, ben]) wire.connect()
    await flow()
    ana.wire.drop()
    for (let i = 0; i < 40; i++) text(ana).insert(i, 'x')
    expect(ana.status.get()).toMatchObject({ state: 'offline', pending: 40, kept: 'memory' })
    text(ben).insert(0, 'meanwhile ')
    await flow()
    ana.wire.connect()
    await flow()
    expect(ana.status.get()).toMatchObject({ state: 'saved', pending: 0 })
    expect(committed()).toBe(2)
    expect(read(ana)).toBe(read(ben))
    expect(read(ben)).toContain('x'.repeat(40))
  })

  it('sends again with the same key what may have arrived', async () => {
    const ana = open('ana')
    ana.wire.connect()
    await flow()
    text(ana).insert(0, 'once')
    ana.wire.send()
    await settle()
    ana.wire.drop()
    expect(ana.status.get()).toMatchObject({ state: 'offline', pending: 1 })
    ana.wire.connect()
    await flow()
    expect(ana.status.get().state).toBe('saved')
    expect(committed()).toBe(1)
  })

  it('says Offline while the database is away, and recovers by itself', async () => {
    const ana = open('ana')
    ana.wire.connect()
    await flow()
    log.away = true
    text(ana).insert(0, 'ab')
    text(ana).insert(2, 'cd')
    await flow()
    expect(ana.status.get()).toMatchObject({
      state: 'offline',
      pending: 2,
      reason: 'The portal cannot reach its database.',
    })
    await flow(3000)
    expect(committed()).toBe(0)
    log.away = false
    await flow(3000)
    expect(ana.status.get()).toMatchObject({ state: 'saved', pending: 0, reason: null })
    expect(log.entries(CHANNEL).map((entry) => entry.ref)).toEqual([1, 2])
  })

  it('goes on after a commit that failed and yet happened, when a join tells so', async () => {
    const ana = open('ana')
    ana.wire.connect()
    await flow()
    log.fail = 'after'
    text(ana).insert(0, 'a')
    ana.wire.send()
    await settle(8)
    ana.wire.lose()
    await flow(12_000)
    expect(ana.status.get().state).toBe('saved')
    text(ana).insert(1, 'b')
    await flow(3000)
    expect(ana.status.get().state).toBe('saved')
    expect(log.entries(CHANNEL).map((entry) => entry.ref)).toEqual([1, 2])
  })

  it('joins again until it is let in', async () => {
    log.away = true
    const ana = open('ana')
    ana.wire.connect()
    text(ana).insert(0, 'a')
    await flow(1000)
    expect(ana.status.get()).toMatchObject({ state: 'offline', synced: false })
    log.away = false
    await flow(20_000)
    expect(ana.status.get().state).toBe('saved')
  })
})

describe('holes', () => {
  it('asks for an entry that never came', async () => {
    const [ana, ben] = [open('ana'), open('ben')]
    for (const { wire } of [ana, ben]) wire.connect()
    await flow()
    text(ana).insert(0, 'a')
    ana.wire.send()
    await settle()
    ben.wire.lose()
    await flow()
    text(ana).insert(1, 'b')
    await flow()
    expect(read(ben)).toBe('')
    await flow(2000)
    expect(read(ben)).toBe('ab')
  })
})

describe('rights', () => {
  it('reads only, at once, when the right to write is taken away, and sends when it is back', async () => {
    const ana = open('ana')
    ana.wire.connect()
    await flow()
    expect(ana.access.get()).toBe('write')
    rights.set('ana', 'read')
    await cluster.engines[0]?.recheckChannel(CHANNEL)
    await flow()
    expect(ana.access.get()).toBe('read')
    text(ana).insert(0, 'too late')
    expect(ana.status.get()).toMatchObject({
      state: 'refused',
      pending: 0,
      refused: { count: 1, code: 'forbidden' },
    })
    rights.set('ana', 'write')
    await cluster.engines[0]?.recheckChannel(CHANNEL)
    await flow(2000)
    expect(ana.status.get()).toMatchObject({ state: 'saved', refused: null })
    expect(committed()).toBe(1)
  })

  it('closes when the document is not open any more', async () => {
    const ana = open('ana')
    ana.wire.connect()
    await flow()
    rights.delete('ana')
    await cluster.engines[0]?.recheckChannel(CHANNEL)
    await flow()
    expect(ana.status.get().state).toBe('closed')
    expect(ana.access.get()).toBeNull()
  })

  it('never sends with the session of another account', async () => {
    const browser = new Browser()
    const ana = open('ana', browser)
    text(ana).insert(0, 'of Ana')
    await flow()
    const wire = new TabWire(cluster, actor('ben'))
    const stale = open('ben', browser, 'ana', wire)
    text(stale).insert(0, 'also of Ana')
    wire.connect()
    await flow()
    expect(stale.status.get()).toMatchObject({ state: 'closed', pending: 1 })
    expect(committed()).toBe(0)
    const ben = open('ben', browser)
    ben.wire.connect()
    await flow(30_000)
    expect(ben.status.get()).toMatchObject({ state: 'saved', pending: 0 })
    expect(read(ben)).toBe('')
  })
})

describe('changes that are refused for good', () => {
  it('are set aside with all that builds on them, told, and kept for the next tab', async () => {
    const browser = new Browser()
    const ana = open('ana', browser)
    ana.wire.connect()
    await flow()
    text(ana).insert(0, 'good')
    await flow()
    ana.doc.getMap('fields').set('image', new Uint8Array(1024 * 1024 + 1))
    text(ana).insert(4, ' and later')
    expect(ana.status.get()).toMatchObject({ state: 'refused', refused: { count: 2, code: 'too_large' } })
    expect(ana.access.get()).toBe('read')
    await flow(5000)
    expect(committed()).toBe(1)
    ana.die()
    const again = open('ana', browser)
    again.wire.connect()
    await flow()
    expect(read(again)).toBe('good')
    expect(again.status.get()).toMatchObject({ state: 'refused', refused: { count: 2 } })
    expect(again.access.get()).toBe('write')
    text(again).insert(4, '!')
    await flow()
    await again.dropRefused()
    expect(again.status.get()).toMatchObject({ state: 'saved', refused: null })
    expect((await browser.store.counts('ana')).size).toBe(0)
  })
})

describe('a right that ended while one was away', () => {
  it('is told on the page that wrote, although the tab sends what is left of all documents at that moment', async () => {
    const browser = new Browser()
    const wire = new TabWire(cluster, actor('ana'))
    wires.push(wire)
    const { store, locks } = browser.tab()
    let answer: (kept: { lead: string | null }) => void = () => {}
    const options = {
      ...{ connection: wire, channelId: CHANNEL, account: 'ana', store, locks },
      keepAside: () => new Promise<{ lead: string | null }>((resolve) => (answer = resolve)),
    }
    const ana = openDocument(options)
    wire.connect()
    await flow()
    wire.drop()
    ana.doc.getText('title').insert(0, 'in the air')
    await settle()
    rights.delete('ana')
    wire.connect()
    await flow()
    expect(ana.status.get()).toMatchObject({ state: 'closed', refused: { count: 1 }, aside: null })
    sendLeft(options)
    answer({ lead: 'Kenya' })
    await flow()
    expect(ana.status.get()).toMatchObject({
      state: 'closed',
      refused: null,
      aside: { count: 1, lead: 'Kenya' },
    })
    ana.close()
  })
})

describe('tabs', () => {
  it('send what a crashed tab left, once, as it was', async () => {
    const browser = new Browser()
    const ana = open('ana', browser)
    ana.wire.connect()
    await flow()
    text(ana).insert(0, 'sent ')
    ana.wire.send()
    await settle()
    ana.wire.drop()
    text(ana).insert(5, 'and ')
    text(ana).insert(9, 'unsent')
    await settle()
    ana.die()
    expect(await browser.store.counts('ana')).toEqual(new Map([[CHANNEL, 3]]))
    const again = open('ana', browser)
    again.wire.connect()
    await flow()
    expect(again.status.get()).toMatchObject({ state: 'saved', pending: 0 })
    expect(read(again)).toBe('sent and unsent')
    expect(committed()).toBe(2)
    expect((await browser.store.counts('ana')).size).toBe(0)
  })

  it('leave alone what belongs to a living tab', async () => {
    const browser = new Browser()
    const [one, two] = [open('ana', browser), open('ana', browser)]
    for (const { wire } of [one, two]) wire.connect()
    await flow()
    one.wire.drop()
    text(one).insert(0, 'mine')
    await flow(60_000)
    expect(two.status.get().state).toBe('saved')
    expect(committed()).toBe(0)
    one.die()
    await flow(60_000)
    expect(read(two)).toBe('mine')
  })

  it('go on sending after the page let go of the document, and give it back meanwhile', async () => {
    const browser = new Browser()
    const ana = open('ana', browser)
    ana.wire.connect()
    await flow()
    ana.wire.drop()
    text(ana).insert(0, 'later')
    ana.close()
    await flow(5000)
    const again = open('ana', browser, 'ana', ana.wire)
    expect(again.doc).toBe(ana.doc)
    again.close()
    ana.wire.connect()
    await flow()
    expect(committed()).toBe(1)
    expect(open('ana', browser, 'ana', ana.wire).doc).not.toBe(ana.doc)
  })
})

describe('a store that fails', () => {
  it('is told, and nothing else changes', async () => {
    const browser = new Browser()
    const full = {
      ...browser.store,
      kind: 'browser' as const,
      write: () => Promise.reject(new Error('quota')),
    }
    const ana = open('ana', new Browser(full))
    expect(ana.status.get().kept).toBe('browser')
    text(ana).insert(0, 'a')
    await flow()
    expect(ana.status.get()).toMatchObject({ kept: 'memory', pending: 1 })
    ana.wire.connect()
    await flow()
    expect(ana.status.get().state).toBe('saved')
  })
})

describe('people and carets', () => {
  it('come from the server; a caret shows in its own fragment only', async () => {
    const [ana, ben] = [open('ana'), open('ben')]
    for (const { wire } of [ana, ben]) wire.connect()
    await flow(100)
    expect(ben.people.get().map(({ name, self, partnerIso2 }) => [name, self, partnerIso2])).toEqual([
      ['ana', false, 'JP'],
      ['ben', true, 'JP'],
    ])
    const [summary, risks] = [ana.awarenessFor('summary'), ana.awarenessFor('risks')]
    const at = (name: string) => {
      const position = Y.createRelativePositionFromTypeIndex(ana.doc.getXmlFragment(name), 0)
      return { anchor: position, head: position }
    }
    const seen = (fragment: string) =>
      [...ben.awarenessFor(fragment).states].filter(([id]) => id !== ben.doc.clientID)
    summary.setLocalStateField('user', { name: 'somebody else' })
    summary.setLocalStateField('cursor', at('summary'))
    await carets()
    expect(seen('summary')).toMatchObject([
      [
        ana.doc.clientID,
        { user: { name: 'ana', partnerIso2: 'JP' }, cursor: { anchor: { tname: 'summary' } } },
      ],
    ])
    expect(seen('risks')).toEqual([])
    // The focus moves: the editor that gets it may speak before the one that loses it.
    risks.setLocalStateField('cursor', at('risks'))
    summary.setLocalStateField('cursor', null)
    await carets()
    expect(seen('summary')).toEqual([])
    expect(seen('risks')).toHaveLength(1)
    expect(ben.people.get()[0]?.fragment).toBe('risks')
    ana.wire.drop()
    await carets()
    expect(seen('risks')).toEqual([])
    ana.wire.connect()
    await carets()
    expect(seen('risks')).toHaveLength(1)
  })
})
