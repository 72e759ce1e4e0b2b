/**
 * Five people write while the portal is killed, again and again: whatever it acknowledged is in the log afterwards,
 * once. `CRASHES` sets how often; the seed of the moments is printed, and `CRASH_SEED` repeats it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { LiveReplica, openSocket } from '../harness/live-server'
import {
  type Account,
  connectBeside,
  freePort,
  type PortalProcess,
  queryBeside,
  signIn,
  startPortal,
  startProposal,
} from '../harness/portal-process'
import { seededRandom } from '../harness/seeded-random'

const CRASHES = Number(process.env.CRASHES ?? 20)
const WRITERS = 5
const PEOPLE: readonly Pick<Account, 'role' | 'organization'>[] = [
  { role: 'head', organization: 'Kenya' },
  { role: 'delegate', organization: 'Kenya' },
]

const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)
const random = seededRandom(seed)

let folder: string
let port: number
let portal: PortalProcess

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forge-crash-'))
  port = await freePort()
  portal = await startPortal(folder, { port })
})

afterEach(async () => {
  await portal.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

test(`[R11] [R14] nothing acknowledged is lost over ${CRASHES} kills`, async () => {
  const { channel, writers, attachAll, cookies } = await fiveWriters()
  const stopTyping = startTyping(writers)
  for (let crash = 0; crash < CRASHES; crash++) {
    await attachAll()
    await sleep(150 + random() * 700)
    // Now and then the database is slow at that moment: an acknowledgement before the commit would be found out.
    const slow = crash % 4 >= 2 ? await holdUp(channel) : null
    if (slow) await sleep(20 + random() * 80)
    // Every other time its PostgreSQL is killed with it; otherwise it goes because its parent went.
    const database = crash % 2 ? await portal.databasePid() : null
    const ended = portal.end('SIGKILL')
    if (database) process.kill(database, 'SIGKILL')
    await ended
    await slow?.end().catch(() => {})
    await sleep(random() * 200)
    portal = await startPortal(folder, { port })
  }
  await stopTyping()
  const atCrash = writers.map((replica) => new Map(replica.acknowledged))
  await attachAll()
  await Promise.all(writers.map((replica) => replica.until(() => replica.outbox.size === 0, 60_000)))

  const entries = await log(channel)
  const { acknowledged, lost } = compare(entries, writers, atCrash)
  process.stdout.write(
    `seed ${seed}: ${CRASHES} kills, ${acknowledged} edits acknowledged before the last, ${lost.length} lost, ${entries.length} in the log\n`,
  )
  expect(lost).toEqual([])
  expect(acknowledged).toBeGreaterThan(CRASHES * WRITERS)

  // Everybody, and who comes new, has the same text: that of the log.
  const whole = new Y.Doc()
  for (const { data } of entries) Y.applyUpdate(whole, data)
  const late = new LiveReplica(channel, 'crash-late-reader')
  await late.attach(await openSocket(portal.origin, { cookie: cookies[0] ?? '' }))
  for (const replica of [...writers, late]) {
    await replica.until(() => replica.since >= entries.length)
    expect(replica.refused).toEqual([])
    expect(replica.doc.getText('t').toString()).toBe(whole.getText('t').toString())
  }
}, 900_000)

test('[R18] a stop by SIGTERM loses nothing, stores nothing twice, and ends by itself', async () => {
  const { channel, writers, attachAll } = await fiveWriters()
  const stopTyping = startTyping(writers)
  await attachAll()
  await sleep(500)
  expect(await portal.end('SIGTERM')).toBe(0)
  const atStop = writers.map((replica) => new Map(replica.acknowledged))
  portal = await startPortal(folder, { port })
  await stopTyping()
  await attachAll()
  await Promise.all(writers.map((replica) => replica.until(() => replica.outbox.size === 0, 60_000)))
  const { acknowledged, lost } = compare(await log(channel), writers, atStop)
  expect(acknowledged).toBeGreaterThan(0)
  expect(lost).toEqual([])
})

/** Connections of two accounts to one proposal; `attachAll` connects them to the portal that runs now. */
async function fiveWriters() {
  const cookies = await signInAll()
  const channel = await startProposal(portal.origin, folder, cookies[0] ?? '')
  const writers = Array.from({ length: WRITERS }, (_, i) => new LiveReplica(channel, `crash-writer-${i}`))
  const attachAll = () =>
    Promise.all(
      writers.map(async (replica, i) =>
        replica.attach(await openSocket(portal.origin, { cookie: cookies[i % cookies.length] ?? '' })),
      ),
    )
  return { channel, writers, cookies, attachAll }
}

/** They go on while the portal is away, as people do. Gives what ends it. */
function startTyping(writers: readonly LiveReplica[]): () => Promise<void> {
  let writing = true
  const typing = writers.map(async (replica) => {
    while (writing) {
      type(replica)
      await sleep(2 + random() * 20)
    }
  })
  return async () => {
    writing = false
    await Promise.all(typing)
  }
}

function type(replica: LiveReplica): void {
  const text = replica.doc.getText('t')
  const at = Math.floor(random() * (text.length + 1))
  if (random() < 0.2 && at < text.length) text.delete(at, 1)
  else text.insert(at, String.fromCharCode(97 + Math.floor(random() * 26)))
}

/** Holds the log against what its writers were told; [R12] it has no holes, [R7] and nothing twice. */
function compare(
  entries: readonly Entry[],
  writers: readonly LiveReplica[],
  told: readonly ReadonlyMap<number, number>[],
): { acknowledged: number; lost: string[] } {
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
  const seqs = new Map(entries.map(({ seq, writer, ref }) => [`${writer} ${ref}`, seq]))
  expect(seqs.size).toBe(entries.length)
  let acknowledged = 0
  const lost: string[] = []
  for (const [i, { writer }] of writers.entries()) {
    for (const [ref, seq] of told[i] ?? []) {
      acknowledged++
      const stored = seqs.get(`${writer} ${ref}`)
      // A join tells that an entry is there, not where.
      if (stored === undefined || (seq > 0 && stored !== seq)) lost.push(`${writer} ${ref}`)
    }
  }
  return { acknowledged, lost }
}

async function signInAll(): Promise<string[]> {
  const accounts = await portal.accounts()
  return Promise.all(
    PEOPLE.map(({ role, organization }) => {
      const found = accounts.find((each) => each.role === role && each.organization === organization)
      if (!found) throw new Error(`no ${role} of ${organization}`)
      return signIn(portal.origin, found)
    }),
  )
}

type Entry = { seq: number; writer: string; ref: number; data: Buffer }
const log = (channel: string) =>
  queryBeside<Entry>(
    folder,
    'select seq::int, writer, ref::int, data from channel_entries where channel_id = $1 order by seq',
    [channel],
  )

/** Makes commits to a channel wait, for as long as the connection lasts. */
async function holdUp(channel: string): Promise<pg.Client> {
  const client = await connectBeside(folder)
  await client.query('begin')
  await client.query('select 1 from channels where id = $1 for update', [channel])
  return client
}
