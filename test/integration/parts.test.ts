/** Parts of a proposal with readers of their own: the wrong person first, on every way to a text. */
import { createHash, randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { PartAudience } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import { BODY_FRAGMENT, FIELDS_MAP, PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import type { Database } from '../../db/connection'
import { documentFor, readableDocuments, scopedDocument } from '../../db/queries/documents'
import { partLines } from '../../db/queries/parts'
import { proposalPage } from '../../db/queries/proposals'
import { search } from '../../db/queries/search'
import { auditEntries, documentPartVersions, proposals, reviews, session } from '../../db/schema'
import { resolveAccess } from '../../server/documents/access'
import { exportDocument } from '../../server/documents/export'
import { grant } from '../../server/documents/grant'
import { nameAudiences } from '../../server/documents/name-audiences'
import { readHistory } from '../../server/documents/read-history'
import { keepAside } from '../../server/documents/set-aside'
import { startPart } from '../../server/documents/start-part'
import { withdrawGrant } from '../../server/documents/withdraw-grant'
import { projectDocument } from '../../server/projection/project-document'
import { createProject } from '../../server/projects/create'
import { moveProposal } from '../../server/proposals/move'
import { readFrozen } from '../../server/proposals/read-frozen'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

const SECRET = 'The price floor is 21 dollars, zirbelnut'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let coordinator: Actor
let proposalId: string
let wholeId: string
let partId: string
let turn = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
})

beforeEach(async () => {
  turn += 1
  const projectId = await createProject(db, kenya, projectInput({ title: `Terms ${turn}` }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  wholeId = (await proposalPage(db, kenya, proposalId)).document.id
  for (const delegation of [japan, congo]) await share(delegation, 'write')
  partId = await startPart(db, kenya, wholeId, 'commercial_terms', null)
  await write(partId, (doc) => paragraph(doc, BODY_FRAGMENT, SECRET))
})

const share = (delegation: Actor, level: 'write' | 'comment' | 'read', id = wholeId, by = kenya) =>
  grant(records.parts, by, id, { delegationId: delegation.organization.id, level }, null)
const name = (audiences: PartAudience[], by = kenya) =>
  nameAudiences(records.parts, by, partId, audiences, null)

function write(channelId: string, change: (doc: Y.Doc) => void) {
  const doc = new Y.Doc()
  doc.transact(() => change(doc))
  const author = { userId: kenya.userId, organizationId: kenya.organization.id }
  return records.channels.append(author, channelId, Y.encodeStateAsUpdate(doc))
}

function paragraph(doc: Y.Doc, fragment: string, words: string) {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(words)])
  doc.getXmlFragment(fragment).push([element])
}

async function submit() {
  await write(wholeId, (doc) => {
    for (const { fragment, title } of PROPOSAL_SECTIONS) paragraph(doc, fragment, `${title} in words.`)
    const given = { minerals: ['cobalt'], stages: ['refining'], capacity: '900', capitalCost: '1' }
    for (const [field, value] of Object.entries({ ...given, currency: 'USD', country: 'KE', place: 'Kwale' }))
      doc.getMap(FIELDS_MAP).set(field, value)
  })
  const asked = { move: 'submit', key: randomUUID(), seen: 'draft', reason: '', group: '' } as const
  await moveProposal(records.parts, kenya, proposalId, asked, null)
}

/** Every way to a text, by somebody for whom it does not exist. */
const everyWay = (actor: Actor, id: string): (() => Promise<unknown>)[] => [
  () => documentFor(db, actor, id, 'read'),
  () => readHistory(records.parts, actor, id, { at: null, from: null, compare: false }),
  () => exportDocument(records.parts, actor, id, 'docx', null),
  () => keepAside(records.parts, actor, id, new Uint8Array([0, 0]), null),
  () => share(congo, 'read', id, actor),
  () => withdrawGrant(records.parts, actor, id, congo.organization.id, null),
  () => nameAudiences(records.parts, actor, id, ['reviewers'], null),
  () => startPart(db, actor, id, 'security', null),
]

async function channelAccess(actor: Actor) {
  const id = randomUUID()
  await db.insert(session).values({
    ...{ id, token: id, userId: actor.userId, expiresAt: new Date(Date.now() + 60_000) },
    ...{ createdAt: new Date(), updatedAt: new Date() },
  })
  return (await resolveAccess(db)(id, partId))?.access ?? null
}

describe('somebody who takes part in the whole and is not named for the part', () => {
  test('finds nothing on any way to it, as of one that does not exist', async () => {
    for (const actor of [japan, congo, coordinator, await records.as('secretariat', 'administrator')]) {
      for (const way of [...everyWay(actor, partId), ...everyWay(actor, 'none')])
        await expect(way()).rejects.toMatchObject(NOT_FOUND)
      expect(await channelAccess(actor)).toBeNull()
      expect((await readableDocuments(db, actor)).map(({ id }) => id)).not.toContain(partId)
    }
  })

  test('is told its name and whom to ask, and no more', async () => {
    const page = await proposalPage(db, japan, proposalId)
    expect(page.parts).toEqual([{ kind: 'commercial_terms', label: 'Commercial terms', id: null }])
    expect(page.ask).toEqual({ delegation: 'Kenya', heads: [kenya.name] })
    expect(JSON.stringify(page)).not.toContain(partId)
    await expect(startPart(db, japan, wholeId, 'security', null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
  })

  test('has no hit in the search, nor in the file or the history of the whole', async () => {
    await projectDocument(records.parts, partId)
    await projectDocument(records.parts, wholeId)
    for (const actor of [japan, kenya])
      expect(await search(db, actor, { text: 'zirbelnut', kind: null })).toEqual([])
    const whole = await scopedDocument(db, wholeId)
    const state = await records.channels.load(whole?.channelId ?? '')
    expect(Buffer.from(state?.data ?? []).toString('latin1')).not.toContain('zirbelnut')
    const shown = await readHistory(records.parts, japan, wholeId, { at: null, from: null, compare: false })
    expect(JSON.stringify(shown)).not.toContain('zirbelnut')
  })
})

describe('naming readers', () => {
  test('of the delegations that take part, by the lead only; ending the part in the whole ends it here', async () => {
    await expect(
      share(await records.as('kenya', 'head'), 'read', partId, await records.as('kenya', 'adviser')),
    ).rejects.toMatchObject({ fault: 'forbidden' })
    await share(japan, 'write', partId)
    await expect(share(congo, 'read', partId, japan)).rejects.toMatchObject({ fault: 'forbidden' })
    expect(await channelAccess(japan)).toBe('write')
    expect(await channelAccess(await records.as('japan', 'adviser'))).toBe('comment')
    expect(await channelAccess(congo)).toBeNull()
    const { parts } = await partLines(db, japan, await documentFor(db, japan, wholeId, 'read'))
    expect(parts).toEqual([expect.objectContaining({ id: partId })])
    await withdrawGrant(records.parts, kenya, wholeId, japan.organization.id, null)
    expect(await channelAccess(japan)).toBeNull()
    await share(japan, 'write')
    expect(await channelAccess(japan)).toBeNull()
    await withdrawGrant(records.parts, kenya, wholeId, congo.organization.id, null)
    await expect(share(congo, 'read', partId)).rejects.toMatchObject({ fault: 'invalid' })
    const acts = await db
      .select({ act: auditEntries.act })
      .from(auditEntries)
      .where(and(eq(auditEntries.objectId, partId), eq(auditEntries.objectKind, 'document')))
      .orderBy(auditEntries.id)
    expect(acts.map(({ act }) => act)).toEqual([
      'document.part.start',
      'document.grant',
      'document.grant.withdraw',
    ])
  })

  test('one part of a kind, none of a part', async () => {
    await expect(startPart(db, kenya, wholeId, 'commercial_terms', null)).rejects.toMatchObject({
      fault: 'conflict',
    })
    await expect(startPart(db, kenya, partId, 'security', null)).rejects.toMatchObject({ fault: 'invalid' })
  })
})

describe('submitted with its whole', () => {
  test('it is frozen apart with a SHA-256 of its own, and closed to writing', async () => {
    await share(japan, 'write', partId)
    await submit()
    const [frozen] = await db
      .select()
      .from(documentPartVersions)
      .where(eq(documentPartVersions.documentId, partId))
    expect(frozen?.sha256).toBe(
      createHash('sha256')
        .update(frozen?.data ?? '')
        .digest('hex'),
    )
    expect(await channelAccess(japan)).toBe('comment')
    const read = await readFrozen(records.parts, japan, proposalId, 1, null)
    expect(JSON.stringify(read.parts)).toContain('zirbelnut')
    expect(read.parts[0]?.sha256).toBe(frozen?.sha256)
    const closed = await readFrozen(records.parts, congo, proposalId, 1, null)
    expect(closed.parts).toEqual([
      { kind: 'commercial_terms', label: 'Commercial terms', sha256: null, sections: null },
    ])
    expect(JSON.stringify(closed)).not.toContain('zirbelnut')
  })

  test('coordinators read it only when named, reviewers what was frozen, and nobody who stepped back', async () => {
    await submit()
    const reviewer = await records.as('secretariat', 'secretary')
    const [version] = await db.query.proposalVersions.findMany({
      where: (table, { eq: is }) => is(table.proposalId, proposalId),
    })
    await db.insert(reviews).values({
      ...{ id: randomUUID(), proposalId, versionId: version?.id ?? '', reviewerId: reviewer.userId },
      ...{ askedBy: coordinator.userId, organizationId: reviewer.organization.id, dueOn: '2026-12-31' },
      state: 'accepted',
    })
    const partRead = async (actor: Actor) =>
      JSON.stringify((await readFrozen(records.parts, actor, proposalId, 1, null)).parts)
    expect(await partRead(coordinator)).not.toContain('zirbelnut')
    expect(await partRead(reviewer)).not.toContain('zirbelnut')
    expect(await channelAccess(coordinator)).toBeNull()
    await name(['coordinators', 'reviewers'])
    expect(await partRead(coordinator)).toContain('zirbelnut')
    expect(await partRead(reviewer)).toContain('zirbelnut')
    expect(await channelAccess(coordinator)).toBe('read')
    expect(await channelAccess(reviewer)).toBeNull()
    await db.update(reviews).set({ state: 'recused' }).where(eq(reviews.reviewerId, reviewer.userId))
    await expect(partRead(reviewer)).rejects.toMatchObject(NOT_FOUND)
    // Back in the authors' hands for good, it is not the secretariat's any more.
    await db.update(proposals).set({ state: 'withdrawn' }).where(eq(proposals.id, proposalId))
    expect(await channelAccess(coordinator)).toBeNull()
  })
})
