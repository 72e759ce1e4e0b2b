/** [R33] Old entries are merged: what was asked of the log before is answered alike, and nothing is stored twice. */
import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { documentFor } from '../../db/queries/documents'
import { proposalPage } from '../../db/queries/proposals'
import { couldWrite } from '../../db/queries/set-aside'
import { channelChunks, channelEntries, channelSnapshots, channels, channelWriters } from '../../db/schema'
import { postgresLog } from '../../server/channels/log-postgres'
import { readSince } from '../../server/channels/read-since'
import { compactLog } from '../../server/documents/compaction'
import { grant } from '../../server/documents/grant'
import { nameVersion } from '../../server/documents/name-version'
import { readHistory } from '../../server/documents/read-history'
import { restoreVersion } from '../../server/documents/restore-version'
import { createDocumentWorker, type DocumentWorker } from '../../server/documents/worker-client'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { projectInput, type Records, startRecords } from '../harness/records'

const ENTRIES = 1200
const NAMED = 333
const BEGAN = Date.parse('2026-11-20T08:00:00Z')

let db: Database
let records: Records
let worker: DocumentWorker
let kenya: Actor
let japan: Actor
let document: { id: string; channelId: string }
let turn = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  worker = records.parts.documents
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'delegate')
})

/** A proposal that two people have written, letter by letter, over four hours; four days ago. */
beforeEach(async () => {
  turn += 1
  const projectId = await createProject(db, kenya, projectInput({ title: `Ngara ${turn}` }), null)
  const proposalId = await startProposal(db, kenya, projectId, null)
  const { id } = (await proposalPage(db, kenya, proposalId)).document
  await grant(records.parts, kenya, id, { delegationId: japan.organization.id, level: 'write' }, null)
  document = await documentFor(db, kenya, id, 'read')
  await db
    .update(channelEntries)
    .set({ at: new Date(BEGAN) })
    .where(eq(channelEntries.channelId, document.channelId))
  await fill(document.channelId)
  await nameVersion(db, kenya, id, { seq: NAMED, name: 'For the ministry' }, null)
})

async function fill(channelId: string) {
  const [before] = await db.select({ head: channels.head }).from(channels).where(eq(channels.id, channelId))
  const base = before?.head ?? 0
  const docs = [kenya, japan].map((by) => ({ by, doc: new Y.Doc(), ref: 0 }))
  const state = await records.channels.load(channelId)
  const rows: (typeof channelEntries.$inferInsert)[] = []
  for (const each of docs) {
    if (state) Y.applyUpdate(each.doc, state.data, 'log')
    each.doc.on('update', (data: Uint8Array, origin: unknown) => {
      if (origin === 'log') return
      const seq = base + rows.length + 1
      rows.push({
        ...{ channelId, seq, writer: `writer-${base}-${each.by.userId}`, ref: ++each.ref },
        ...{ userId: each.by.userId, organizationId: each.by.organization.id },
        ...{ at: new Date(BEGAN + seq * 12_000), data: Buffer.from(data) },
      })
      for (const other of docs) if (other !== each) Y.applyUpdate(other.doc, data, 'log')
    })
  }
  for (let i = 0; rows.length < ENTRIES; i++) {
    const doc = docs[Math.floor(i / 7) % 2]?.doc
    const body = doc?.getXmlFragment('summary')
    if (!body) continue
    const place = body.length > 1 ? i % body.length : 0
    const text = body.get(place)
    const inner = text instanceof Y.XmlElement ? text.get(0) : null
    if (!(inner instanceof Y.XmlText) || i % 97 === 0) {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('ore ')])
      body.insert(0, [paragraph])
    } else if (i % 11 === 0 && inner.length > 3) inner.delete(1, 2)
    else inner.insert(inner.length, 'abcde '.charAt(i % 6))
  }
  await db.insert(channelEntries).values(rows)
  const whole = docs[0]?.doc ?? new Y.Doc()
  const clients = docs.map(({ by, doc }) => ({
    ...{ channelId, clientId: doc.clientID, userId: by.userId },
    ...{ organizationId: by.organization.id, firstSeq: base + 1 },
  }))
  await db.execute(
    sql`insert into channel_clients (channel_id, client_id, user_id, organization_id, first_seq) values ${sql.join(
      clients.map(
        (c) => sql`(${c.channelId}, ${c.clientId}, ${c.userId}, ${c.organizationId}, ${c.firstSeq})`,
      ),
      sql`, `,
    )}`,
  )
  const head = base + rows.length
  await db.update(channels).set({ head }).where(eq(channels.id, channelId))
  const snapshot = {
    ...{ seq: head, entries: head, data: Buffer.from(Y.encodeStateAsUpdate(whole)) },
    stateVector: Buffer.from(Y.encodeStateVector(whole)),
  }
  await db
    .insert(channelSnapshots)
    .values({ channelId, ...snapshot })
    .onConflictDoUpdate({ target: channelSnapshots.channelId, set: snapshot })
}

const history = (at: number | null) =>
  readHistory(records.parts, kenya, document.id, { at, from: null, compare: false })
/** The page at every moment that the time line offers, and at the named version. */
async function pages() {
  const now = await history(null)
  const shown = [now]
  for (const moment of [NAMED, ...now.sittings.map(({ to }) => to)]) shown.push(await history(moment))
  return shown
}
const entriesLeft = async () =>
  (await db.select().from(channelEntries).where(eq(channelEntries.channelId, document.channelId))).length

test('history, versions and keys are what they were', async () => {
  const before = await pages()
  const log = postgresLog(db, () => {})
  const keys = (
    await db.select().from(channelEntries).where(eq(channelEntries.channelId, document.channelId))
  ).map(({ writer, ref, seq }) => ({ writer, ref, seq }))
  const writers = [...new Set(keys.map(({ writer }) => writer))]
  const known = () => Promise.all(writers.map((writer) => log.writer(document.channelId, writer)))
  const knownBefore = await known()

  const merged = await compactLog({ db, worker }, document)
  expect(merged).toBeGreaterThan(ENTRIES - 5)
  expect(await entriesLeft()).toBe(keys.length - merged)
  expect(await compactLog({ db, worker }, document)).toBe(0)

  expect(await pages()).toEqual(before)
  expect(await known()).toEqual(knownBefore)
  expect(await log.seqs(document.channelId, keys)).toEqual(
    new Map(keys.map(({ writer, ref, seq }) => [`${writer} ${ref}`, seq])),
  )
  expect(await log.seqs(document.channelId, [{ writer: writers[0] ?? '', ref: 99_999 }])).toEqual(new Map())
  const scoped = await documentFor(db, kenya, document.id, 'read')
  expect(await couldWrite(db, japan, scoped)).toBe(true)
  await log.close()
})

test('the document goes on: it is joined, written, brought back, and merged again', async () => {
  const text = (data: Uint8Array) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, data)
    return doc.getXmlFragment('summary').toString()
  }
  const state = await records.channels.load(document.channelId)
  await compactLog({ db, worker }, document)
  const log = postgresLog(db, () => {})
  for (const since of [0, 40]) {
    const joined = await readSince(log, document.channelId, since)
    expect(joined?.snapshot?.seq).toBe(state?.seq)
    expect(joined?.entries).toEqual([])
  }
  await log.close()
  expect(text((await records.channels.load(document.channelId))?.data ?? new Uint8Array())).toBe(
    text(state?.data ?? new Uint8Array()),
  )

  const shown = await history(NAMED)
  await restoreVersion(records.parts, kenya, document.id, NAMED, null)
  expect(lettersOf(await history(null))).toBe(lettersOf(shown))
  await fill(document.channelId)
  const before = await pages()
  expect(
    await compactLog({ db, worker }, document, { before: new Date(Date.now() + 60_000) }),
  ).toBeGreaterThan(ENTRIES)
  expect(await pages()).toEqual(before)
  const chunks = await db.select().from(channelChunks).where(eq(channelChunks.channelId, document.channelId))
  expect(chunks).toHaveLength(2)
})

/** The text without who wrote it. */
const lettersOf = ({ sections }: Awaited<ReturnType<typeof history>>) =>
  [...JSON.stringify(sections).matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text).join('')

test('recent entries, the head and what no snapshot holds stay as they are', async () => {
  expect(await compactLog({ db, worker }, document, { before: new Date(BEGAN) })).toBe(0)
  await db.update(channelSnapshots).set({ seq: 20 }).where(eq(channelSnapshots.channelId, document.channelId))
  expect(await compactLog({ db, worker }, document)).toBe(0)
  expect(await entriesLeft()).toBeGreaterThan(ENTRIES)
})

test('two at once: one of them merges', async () => {
  const both = await Promise.allSettled([
    compactLog({ db, worker }, document),
    compactLog({ db, worker }, document),
  ])
  const took = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(took.filter((count) => count > 0)).toHaveLength(1)
  const [channel] = await db.select().from(channels).where(eq(channels.id, document.channelId))
  expect((channel?.compacted ?? 0) + (await entriesLeft())).toBe(channel?.head)
})

test('a version named while it is merged stays, and the log with it', async () => {
  const named: DocumentWorker['run'] = async (job, ask) => {
    const answer = await worker.run(job, ask)
    await nameVersion(db, kenya, document.id, { seq: 500, name: 'In between' }, null)
    return answer
  }
  expect(await compactLog({ db, worker: { run: named } }, document)).toBe(0)
  expect(await entriesLeft()).toBeGreaterThan(ENTRIES)
  const before = await pages()
  expect(await compactLog({ db, worker }, document)).toBeGreaterThan(0)
  expect((await history(500)).at).toBe(500)
  expect(await pages()).toEqual(before)
})

test('a worker that dies leaves everything as it was', async () => {
  const dying = createDocumentWorker({ log: records.log })
  const run: DocumentWorker['run'] = (job, ask) => {
    const answer = dying.run(job, ask)
    void dying.close()
    return answer
  }
  await expect(compactLog({ db, worker: { run } }, document)).rejects.toThrow()
  expect(await entriesLeft()).toBeGreaterThan(ENTRIES)
  expect(await db.select().from(channelWriters)).not.toContainEqual(
    expect.objectContaining({ channelId: document.channelId }),
  )
})
