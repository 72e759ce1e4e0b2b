/**
 * The database hangs or dies while people write through the portal's own client: they see Offline and go on, nothing is
 * acknowledged meanwhile, and all of it is saved when the database is back, without a reload.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Connection, connect } from '../../app/collab/connection'
import { openDocument } from '../../app/collab/document'
import type { OpenDocument, Status } from '../../app/collab/document-types'
import { memoryStore } from '../../app/collab/outbox-store'
import { memoryLocks } from '../../app/collab/writer-locks'
import {
  type PortalProcess,
  queryBeside,
  signIn,
  startPortal,
  startProposal,
} from '../harness/portal-process'
import { family, signalAll } from '../harness/processes'

let folder: string
let portal: PortalProcess
const connections: Connection[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forge-away-'))
})

afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close()
  await portal.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

test('[R14] a database that hangs: Offline, nothing acknowledged; then all is saved', async () => {
  portal = await startPortal(folder)
  const [ana, bob] = await twoWriters()
  const frozen = family(await portal.databasePid())
  signalAll(frozen, 'SIGSTOP')
  try {
    write(ana, 'while it hangs')
    write(bob, 'and here too')
    await Promise.all([offline(ana), offline(bob)])
    write(ana, 'longer')
    expect(ana.status.get()).toMatchObject({ state: 'offline', pending: 2 })
  } finally {
    signalAll(frozen, 'SIGCONT')
  }
  await bothHold(ana, bob, ['while it hangs', 'and here too', 'longer'])
}, 120_000)

test('[R14] a database that is killed again and again: what was written is saved by itself', async () => {
  portal = await startPortal(folder)
  const [ana, bob] = await twoWriters()
  const words: string[] = []
  for (let i = 0; i < 3; i++) {
    signalAll([await portal.databasePid()], 'SIGKILL')
    for (const [who, doc] of Object.entries({ ana, bob })) {
      words.push(`${who} ${i}`)
      write(doc, `${who} ${i}`)
      await sleep(20)
    }
    await Promise.all([is(ana, saved), is(bob, saved)])
  }
  await bothHold(ana, bob, words)
}, 120_000)

async function twoWriters(): Promise<[OpenDocument, OpenDocument]> {
  const accounts = await portal.accounts()
  const people = ['head', 'delegate'].map((role) => {
    const found = accounts.find((each) => each.role === role && each.organization === 'Kenya')
    if (!found) throw new Error(`no ${role} of Kenya`)
    return found
  })
  const cookies = await Promise.all(people.map((person) => signIn(portal.origin, person)))
  const channelId = await startProposal(portal.origin, folder, cookies[0] ?? '')
  const open = async (nth: 0 | 1) => {
    const connection = connect({ url: portal.origin, headers: { cookie: cookies[nth] ?? '' } })
    connections.push(connection)
    const [user] = await queryBeside<{ id: string }>(folder, 'select id from "user" where email = $1', [
      people[nth]?.email,
    ])
    const document = openDocument({
      connection,
      channelId,
      account: user?.id ?? '',
      store: memoryStore(),
      locks: memoryLocks(),
    })
    await is(document, saved)
    return document
  }
  return [await open(0), await open(1)]
}

const write = (doc: OpenDocument, text: string) => doc.doc.getText('t').insert(0, `${text}\n`)
const saved = ({ state, synced }: Status) => synced && state === 'saved'
const offline = (doc: OpenDocument) => is(doc, ({ state, pending }) => state === 'offline' && pending > 0)

async function is(doc: OpenDocument, holds: (status: Status) => boolean): Promise<void> {
  if (holds(doc.status.get())) return
  await new Promise<void>((resolve) => {
    const stop = doc.status.subscribe(() => {
      if (!holds(doc.status.get())) return
      stop()
      resolve()
    })
  })
}

/** Both are saved by themselves, hold every text once, and are alike. */
async function bothHold(ana: OpenDocument, bob: OpenDocument, texts: readonly string[]): Promise<void> {
  const started = performance.now()
  await Promise.all([is(ana, saved), is(bob, saved)])
  process.stdout.write(`saved ${Math.round(performance.now() - started)} ms after the database was back\n`)
  const read = (doc: OpenDocument) => doc.doc.getText('t').toString()
  await expect.poll(() => read(ana) === read(bob), { timeout: 10_000 }).toBe(true)
  for (const text of texts) expect(read(ana).split(text).length - 1, text).toBe(1)
}
