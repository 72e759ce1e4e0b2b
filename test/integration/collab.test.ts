/** The browser's side of a channel against the real server: Socket.IO, the engine, PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, connect } from '../../app/collab/connection'
import { openDocument } from '../../app/collab/document'
import type { OpenDocument } from '../../app/collab/document-types'
import { memoryStore } from '../../app/collab/outbox-store'
import { memoryLocks } from '../../app/collab/writer-locks'
import { testDatabase } from '../harness/database'
import { type LiveServer, startLive } from '../harness/live-server'

let server: LiveServer
const connections: Connection[] = []

beforeAll(async () => {
  const { db } = await testDatabase()
  server = await startLive(db)
})
afterAll(async () => {
  for (const connection of connections) connection.close()
  await server.stop()
})

const browser = () => ({ store: memoryStore(), locks: memoryLocks() })

function tab(
  userId: string,
  channelId: string,
  { store, locks } = browser(),
): OpenDocument & { cut: () => void } {
  const connection = connect({ url: server.url, headers: { authorization: `Bearer ${userId}` } })
  connections.push(connection)
  const document = openDocument({ connection, channelId, account: userId, store, locks })
  return Object.assign(document, { cut: () => connection.close() })
}

async function until(condition: () => boolean): Promise<void> {
  const late = performance.now() + 15_000
  while (!condition()) {
    if (performance.now() > late) throw new Error(`waited in vain: ${condition}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const isSaved = (document: OpenDocument) => document.status.get().state === 'saved'

describe('two people in one document', () => {
  it('write at once, see each other, and are saved when it is committed', async () => {
    const channel = await server.channel({ ana: 'write', ben: 'write' })
    const [ana, ben] = [tab('ana', channel), tab('ben', channel)]
    await until(() => isSaved(ana) && isSaved(ben))
    for (let i = 0; i < 50; i++) {
      ana.doc.getText('t').insert(0, 'a')
      ben.doc.getMap('fields').set(`field ${i}`, i)
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect(ana.status.get()).toMatchObject({ state: 'saving' })
    const same = () =>
      ben.doc.getText('t').length === 50 && Object.keys(ana.doc.getMap('fields').toJSON()).length === 50
    await until(() => isSaved(ana) && isSaved(ben) && same())
    expect(await server.engine.load(channel)).toMatchObject({ seq: 100 })
    await until(() => ana.people.get().length === 2 && ben.people.get().length === 2)
    ana.awarenessFor('body').setLocalStateField('cursor', {
      anchor: { tname: 'body', assoc: 0 },
      head: { tname: 'body', assoc: 0 },
    })
    await until(() => ben.awarenessFor('body').states.has(ana.doc.clientID))
  })

  it('write more than an entry holds in one go', async () => {
    const channel = await server.channel({ ana: 'write', ben: 'write' })
    const [ana, ben] = [tab('ana', channel), tab('ben', channel)]
    await until(() => isSaved(ana) && isSaved(ben))
    ana.doc.getText('t').insert(0, 'long '.repeat(700_000))
    await until(() => isSaved(ana) && ben.doc.getText('t').length === 3_500_000)
  })

  it('lose nothing when a tab dies: the next one sends what was left', async () => {
    const channel = await server.channel({ ana: 'write' })
    const shared = browser()
    const ana = tab('ana', channel, shared)
    await until(() => isSaved(ana))
    ana.cut()
    for (let i = 0; i < 20; i++) ana.doc.getText('t').insert(i, 'x')
    expect(ana.status.get()).toMatchObject({ state: 'offline', pending: 20 })
    const again = tab('ana', channel, { store: shared.store, locks: memoryLocks() })
    await until(() => isSaved(again) && again.doc.getText('t').length === 20)
    expect(await server.engine.load(channel)).toMatchObject({ seq: 1 })
  })
})

describe('somebody else', () => {
  it('is told the same of a document that is not open to them and of one that does not exist', async () => {
    const channel = await server.channel({ ana: 'write' })
    const [closed, none] = [tab('eve', channel), tab('eve', '00000000-0000-7000-8000-000000000000')]
    await until(() => [closed, none].every((document) => document.status.get().state === 'closed'))
    expect(closed.status.get()).toEqual(none.status.get())
  })

  it('stops writing when the right is taken away', async () => {
    const channel = await server.channel({ ana: 'write' })
    const ana = tab('ana', channel)
    await until(() => ana.access.get() === 'write')
    server.rights.set(`ana ${channel}`, 'read')
    await server.engine.recheckChannel(channel)
    await until(() => ana.access.get() === 'read')
    server.rights.delete(`ana ${channel}`)
    await server.engine.recheckChannel(channel)
    await until(() => ana.status.get().state === 'closed')
  })

  it('is offline, and told why, when signed out', async () => {
    const channel = await server.channel({ dan: 'write' })
    const dan = tab('dan', channel)
    await until(() => isSaved(dan))
    server.end('dan')
    await server.engine.recheckUser('dan')
    await until(() => dan.status.get().reason?.startsWith('You are signed out') === true)
    expect(dan.status.get().state).toBe('offline')
  })
})
