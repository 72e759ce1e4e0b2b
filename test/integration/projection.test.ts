/** What is written in a document is in SQL within a second, and what was missed is caught up. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { askForm } from '../../app/domain/money-forms'
import type { Actor } from '../../app/domain/people'
import { FIELDS_MAP } from '../../app/domain/proposal-template'
import type { Database } from '../../db/connection'
import { requestPage } from '../../db/queries/financing'
import { draftRequests, pipelineRows } from '../../db/queries/pipeline'
import { projectPage } from '../../db/queries/project-page'
import { listProjects } from '../../db/queries/projects'
import { proposalPage } from '../../db/queries/proposals'
import { channels, proposalFields, requestFields } from '../../db/schema'
import { createChannel } from '../../server/channels/create'
import { grant } from '../../server/documents/grant'
import { askInstitutions } from '../../server/financing/ask'
import { startRequest } from '../../server/financing/start'
import { newId } from '../../server/ids'
import { projectDocument } from '../../server/projection/project-document'
import { type Projection, startProjection } from '../../server/projection/projection'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { projectFilter, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let projection: Projection
let kenya: Actor

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  projection = startProjection(records.parts)
  // The worker starts with the first job.
  await records.documents.run('project', { data: Y.encodeStateAsUpdate(new Y.Doc()) })
  return () => projection.stop()
})

type Written = { projectId: string; proposalId: string; channelId: string; doc: Y.Doc }

async function proposal(title: string, more = {}): Promise<Written> {
  const projectId = await createProject(db, kenya, projectInput({ title, ...more }), null)
  const proposalId = await startProposal(db, kenya, projectId, null)
  const { document } = await proposalPage(db, kenya, proposalId)
  const doc = new Y.Doc()
  const state = await records.channels.load(document.channelId)
  if (state) Y.applyUpdate(doc, state.data)
  return { projectId, proposalId, channelId: document.channelId, doc }
}

/** Writes into the document and gives the seq at which it is committed. */
function write(
  { doc, channelId }: Written,
  edit: (fields: Y.Map<unknown>) => void,
  by = kenya,
): Promise<number> {
  const before = Y.encodeStateVector(doc)
  // A tab of its own for each person: a Yjs client id belongs to one account.
  doc.clientID = Number.parseInt(randomUUID().slice(0, 8), 16)
  doc.transact(() => edit(doc.getMap(FIELDS_MAP)))
  const author = { userId: by.userId, organizationId: by.organization.id }
  return records.channels.append(author, channelId, Y.encodeStateAsUpdate(doc, before))
}

const fieldsOf = async (proposalId: string) =>
  (await db.select().from(proposalFields).where(eq(proposalFields.proposalId, proposalId)))[0]

/** Waits until the projection has read up to `seq`; out: how long that took, in ms. */
async function projectedTo(proposalId: string, seq: number, limit = 30_000): Promise<number> {
  const from = performance.now()
  for (;;) {
    if (((await fieldsOf(proposalId))?.seq ?? 0) >= seq) return performance.now() - from
    if (performance.now() - from > limit) throw new Error(`not projected to ${seq} after ${limit} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A loaded machine is no fault: what it took is said, and that it comes about is asserted. */
const tell = (ms: number) => process.stdout.write(`projected after ${Math.round(ms)} ms\n`)

describe('a financing request', () => {
  test('its fields are in SQL and in lists for those who read its text, and what cannot be read is told', async () => {
    const projectId = await createProject(db, kenya, projectInput({ title: 'Kwale', marking: 'forge' }), null)
    await startProposal(db, kenya, projectId, null)
    await db.execute(sql`update projects set state = 'proposed' where id = ${projectId}`)
    const id = await startRequest(db, kenya, projectId, { key: randomUUID(), title: 'Kwale’s money' }, null)
    const { document } = await requestPage(db, kenya, id)
    const doc = new Y.Doc()
    const it = { projectId, proposalId: '', channelId: document?.channelId ?? '', doc }
    const state = await records.channels.load(it.channelId)
    if (state) Y.applyUpdate(doc, state.data)
    await write(it, (fields) => {
      const values = {
        ...{ instruments: ['direct_loan', 'guarantee'], amount: '250000000.5', currency: 'USD' },
        ...{ tenorYears: 12, graceYears: 2, purpose: 'The plant', neededBy: '2027-06' },
        ...{ security: ['a list'], rate: '7 %' },
      }
      for (const [name, value] of Object.entries(values)) fields.set(name, value)
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('Three plain words')])
      doc.getXmlFragment('request_proceeds').insert(0, [paragraph])
    })
    await projectDocument(records.parts, it.channelId)
    const [row] = await db.select().from(requestFields).where(eq(requestFields.requestId, id))
    expect(row).toMatchObject({ amount: '250000000.5000', tenorYears: 12, lastWrittenBy: kenya.userId })
    expect(row?.words).toMatchObject({ request_proceeds: 3, request_summary: 0 })
    expect(row?.problems.map(({ field }) => field).sort()).toEqual(['rate', 'security'])
    const sought = {
      instruments: ['direct_loan', 'guarantee'],
      amount: '250000000.5000',
      neededBy: '2027-06',
    }
    expect((await requestPage(db, kenya, id)).sought).toMatchObject(sought)
    expect((await draftRequests(db, kenya)).find((one) => one.id === id)?.sought).toMatchObject(sought)
    // Known to every delegation once it went out, but its text, and what it seeks, only to those who read it.
    const exim = await records.as('exim', 'head')
    const japan = await records.as('japan', 'head')
    const input = askForm.parse({
      ...{ key: randomUUID(), institutions: [exim.organization.id], instrument: 'direct_loan' },
      ...{ amount: '100', currency: 'USD', purpose: 'Construction of the plant' },
    })
    await askInstitutions(records.parts, kenya, id, input, null)
    await db.execute(sql`update financing_requests set marking = 'forge' where id = ${id}`)
    const seen = async (actor: Actor) =>
      (await pipelineRows(db, actor, { stage: null, institution: null, projectId })).map((one) => one.sought)
    expect(await seen(exim)).toMatchObject([sought])
    expect(await seen(await records.as('secretariat', 'coordinator'))).toMatchObject([sought])
    expect(await seen(japan)).toEqual([null])
    expect((await requestPage(db, japan, id)).sought).toBeNull()
    await grant(
      records.parts,
      kenya,
      document?.id ?? '',
      { delegationId: japan.organization.id, level: 'read' },
      null,
    )
    expect(await seen(japan)).toMatchObject([sought])
  })
})

describe('within a second', () => {
  test('every field, the words of each section, and who wrote last', async () => {
    const it = await proposal('All fields')
    const seq = await write(it, (fields) => {
      const values = {
        ...{ minerals: ['cobalt', 'nickel'], stages: ['refining'], product: 'Sulphate', capacity: '12500' },
        ...{ capitalCost: '640000000.5', currency: 'USD', priceYear: 2026, place: 'Mombasa', country: 'KE' },
        ...{ site: { lat: -4.06, lon: 39.67 }, operator: 'Refining Ltd', 'timetable.permits': '2027-03' },
      }
      for (const [name, value] of Object.entries(values)) fields.set(name, value)
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('Three plain words')])
      it.doc.getXmlFragment('summary').insert(0, [paragraph])
    })
    tell(await projectedTo(it.proposalId, seq))
    expect(await fieldsOf(it.proposalId)).toMatchObject({
      ...{ seq, minerals: ['cobalt', 'nickel'], stages: ['refining'], product: 'Sulphate' },
      ...{ capacityTonnes: '12500.0000', capitalCost: '640000000.5000', currency: 'USD', priceYear: 2026 },
      ...{ place: 'Mombasa', countryIso2: 'KE', lat: -4.06, lon: 39.67, operator: 'Refining Ltd' },
      ...{ timetable: { permits: '2027-03' }, problems: [], lastWrittenBy: kenya.userId },
      words: expect.objectContaining({ summary: 3, risks: 0 }),
    })
  })

  test('also while a dozen documents are written without a pause', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, (_, n) => proposal(`Busy ${n}`)))
    let slowest = 0
    for (let round = 0; round < 4; round += 1) {
      const seqs = await Promise.all(
        all.map((it) => write(it, (fields) => fields.set('capacity', `${round + 1}`))),
      )
      const took = await Promise.all(all.map((it, n) => projectedTo(it.proposalId, seqs[n] ?? 0)))
      slowest = Math.max(slowest, ...took)
    }
    tell(slowest)
  })

  test('also of a long text: a hundred pages of it', async () => {
    const it = await proposal('Long')
    const seq = await write(it, (fields) => {
      fields.set('capacity', '9')
      const paragraphs = Array.from({ length: 1000 }, () => {
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText('The quick brown fox jumps over it. '.repeat(10))])
        return paragraph
      })
      it.doc.getXmlFragment('resource').insert(0, paragraphs)
    })
    tell(await projectedTo(it.proposalId, seq))
    expect((await fieldsOf(it.proposalId))?.words.resource).toBe(70_000)
  })

  test('one that is written all the time is shown meanwhile, not only at the end', async () => {
    const it = await proposal('Never resting')
    const seen = new Set<string | null | undefined>()
    for (let n = 1; n <= 60; n += 1) {
      await write(it, (fields) => fields.set('capacity', `${n}`))
      await new Promise((resolve) => setTimeout(resolve, 25))
      seen.add((await fieldsOf(it.proposalId))?.capacityTonnes)
    }
    expect(seen.size).toBeGreaterThan(3)
  })
})

describe('what cannot be read', () => {
  test('is a problem of its field; the rest is read', async () => {
    const it = await proposal('Odd')
    const seq = await write(it, (fields) => {
      fields.set('capacity', 'a lot')
      fields.set('minerals', ['cobalt', 'unobtainium'])
      fields.set('place', 'zero \0 character')
      fields.set('bad \0 name \ud800', 'x')
      fields.set('operator', 'Still read')
    })
    await projectedTo(it.proposalId, seq)
    const row = await fieldsOf(it.proposalId)
    expect(row).toMatchObject({
      capacityTonnes: null,
      minerals: ['cobalt'],
      place: null,
      operator: 'Still read',
    })
    expect(row?.problems.map((one) => one.field).sort()).toEqual([
      'bad \ufffd name \ufffd',
      'capacity',
      'minerals',
      'place',
    ])
    const page = await proposalPage(db, kenya, it.proposalId)
    expect(page.problems).toHaveLength(4)
  })

  test('a section nested too deep has no count of words; the fields are read all the same', async () => {
    const it = await proposal('Deep')
    const seq = await write(it, (fields) => {
      fields.set('capacity', '8')
      let parent: Y.XmlFragment = it.doc.getXmlFragment('risks')
      for (let depth = 0; depth < 8000; depth += 1) {
        const child = new Y.XmlElement('blockquote')
        parent.insert(0, [child])
        parent = child
      }
    })
    await projectedTo(it.proposalId, seq)
    const row = await fieldsOf(it.proposalId)
    expect(row).toMatchObject({ capacityTonnes: '8.0000', words: { summary: 0 } })
  })

  test('a map full of nonsense ends in a bounded list', async () => {
    const it = await proposal('Nonsense')
    const seq = await write(it, (fields) => {
      for (let n = 0; n < 500; n += 1) fields.set(`nonsense ${n}`, n)
    })
    await projectedTo(it.proposalId, seq)
    expect((await fieldsOf(it.proposalId))?.problems.at(-1)?.problem).toMatch(/^46\d more fields/)
  })
})

describe('order and repair', () => {
  test('an older reading never replaces a newer one', async () => {
    const it = await proposal('Monotone')
    const early = await records.channels.load(it.channelId)
    const seq = await write(it, (fields) => fields.set('capacity', '7'))
    await projectedTo(it.proposalId, seq)
    const late = { ...records.parts, channels: { load: async () => early } }
    await projectDocument(late, it.channelId)
    expect(await fieldsOf(it.proposalId)).toMatchObject({ seq, capacityTonnes: '7.0000' })
    const [channel] = await db.select().from(channels).where(eq(channels.id, it.channelId))
    expect(channel?.projected).toBe(seq)
  })

  test('what a new one begins with is read before anybody writes in it', async () => {
    const it = await proposal('Begun with facts')
    // A verb stored its first entry, so the engine tells of no commit.
    await expect.poll(() => fieldsOf(it.proposalId), { timeout: 10_000 }).toBeDefined()
  })

  test('a channel that is no document’s is not looked for again and again', async () => {
    const id = newId()
    const author = { userId: kenya.userId, organizationId: kenya.organization.id }
    await db.transaction((tx) => createChannel(tx, { id, kind: 'document', author }))
    await db.update(channels).set({ head: 3 }).where(eq(channels.id, id))
    await projectDocument(records.parts, id)
    const [after] = await db.select().from(channels).where(eq(channels.id, id))
    expect(after).toMatchObject({ head: 3, projected: 3 })
  })

  test('what was written while no projection ran is read at the next start', async () => {
    await projection.stop()
    const it = await proposal('While away')
    const seq = await write(it, (fields) => fields.set('capacity', '42'))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect((await fieldsOf(it.proposalId))?.capacityTonnes).toBeUndefined()
    projection = startProjection(records.parts)
    tell(await projectedTo(it.proposalId, seq))
    // So is what the stop above cut off of the tests before.
    const behind = () => db.$count(channels, sql`${channels.projected} < ${channels.head}`)
    await expect.poll(behind, { timeout: 30_000 }).toBe(0)
  })

  test('one that fails is tried again, and holds up no other', async () => {
    await projection.stop()
    const [bad, good] = [await proposal('Fails at first'), await proposal('Fine')]
    let failures = 0
    projection = startProjection({
      ...records.parts,
      channels: {
        onCommitted: (listener) => records.channels.onCommitted(listener),
        load: (id) => {
          if (id !== bad.channelId || failures >= 2) return records.channels.load(id)
          failures += 1
          return Promise.reject(new Error('the database is away'))
        },
      },
    })
    const [badSeq, goodSeq] = await Promise.all(
      [bad, good].map((it) => write(it, (fields) => fields.set('capacity', '5'))),
    )
    tell(await projectedTo(good.proposalId, goodSeq ?? 0))
    await projectedTo(bad.proposalId, badSeq ?? 0)
    expect(failures).toBe(2)
  })
})

describe('live figures in lists and pages', () => {
  test('stand before the announced ones for those who may read the proposal, and only for them', async () => {
    const it = await proposal('Tsavo graphite', {
      ...{ marking: 'forge', minerals: ['graphite'], capitalCost: '100', currency: 'EUR', priceYear: '2020' },
      ...{ lat: '1', lon: '2', place: 'Voi' },
    })
    const japan = await records.as('japan', 'reader')
    const congo = await records.as('congo', 'head')
    const { organization } = japan
    await grant(
      records.parts,
      kenya,
      (await proposalPage(db, kenya, it.proposalId)).document.id,
      { delegationId: organization.id, level: 'read' },
      null,
    )
    const seq = await write(it, (fields) => {
      fields.set('minerals', ['cobalt'])
      fields.set('capitalCost', '640000000')
      fields.set('currency', 'USD')
      fields.set('priceYear', null)
      fields.set('place', 'Mombasa')
      fields.set('stages', [])
    })
    await projectedTo(it.proposalId, seq)

    for (const actor of [kenya, japan]) {
      const [row] = (await listProjects(db, actor, projectFilter({ search: 'Tsavo' }))).rows
      expect(row).toMatchObject({
        ...{ minerals: ['cobalt'], capitalCost: '640000000.0000', currency: 'USD', place: 'Mombasa' },
        // A price year of another figure is not put beside it; an emptied list is as if not given.
        ...{ priceYear: null, stages: ['extraction'] },
        live: { proposalId: it.proposalId, lead: 'Kenya', writtenAt: expect.any(String) },
      })
      expect((await projectPage(db, actor, it.projectId)).shown).toMatchObject({
        capitalCost: '640000000.0000',
      })
    }
    const [row] = (await listProjects(db, congo, projectFilter({ search: 'Tsavo' }))).rows
    expect(row).toMatchObject({
      ...{ minerals: ['graphite'], capitalCost: '100.0000', currency: 'EUR', priceYear: 2020, place: 'Voi' },
      live: null,
    })
    // Neither by filter nor by search does the draft tell itself.
    const finds = async (actor: Actor, filter: Parameters<typeof projectFilter>[0]) =>
      (await listProjects(db, actor, projectFilter(filter))).rows.some((one) => one.id === it.projectId)
    for (const filter of [{ mineral: 'cobalt' }, { search: 'Mombasa' }]) {
      expect(await finds(japan, filter)).toBe(true)
      expect(await finds(congo, filter)).toBe(false)
    }
    expect(await finds(congo, { mineral: 'graphite' })).toBe(true)
  })
})
