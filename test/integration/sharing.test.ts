/** Who takes part in a text, who may know of it, its title and its end: the wrong person first. */
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { readableDocuments, scopedDocument } from '../../db/queries/documents'
import { projectPage } from '../../db/queries/project-page'
import { listProposals, proposalPage } from '../../db/queries/proposals'
import { auditEntries, documents, proposals } from '../../db/schema'
import { resolveAccess } from '../../server/documents/access'
import { grant } from '../../server/documents/grant'
import { importDocument } from '../../server/documents/import'
import { markDocument } from '../../server/documents/mark'
import { renameDocument } from '../../server/documents/rename'
import { withdrawGrant } from '../../server/documents/withdraw-grant'
import { createProject } from '../../server/projects/create'
import { moveProposal } from '../../server/proposals/move'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let projectId: string
let proposalId: string
let documentId: string
let title: string
let turn = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
})

beforeEach(async () => {
  turn += 1
  title = `Secret Zarafa ${turn}.`
  projectId = await createProject(db, kenya, projectInput({ title }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  documentId = (await proposalPage(db, kenya, proposalId)).document.id
})

const share = (actor: Actor, delegation: Actor, level: 'write' | 'comment' | 'read', id = documentId) =>
  grant(records.parts, actor, id, { delegationId: delegation.organization.id, level }, null)
const levelOf = async (delegation: Actor) =>
  (await scopedDocument(db, documentId))?.grants.find(
    (one) => one.delegationId === delegation.organization.id,
  )?.level ?? null
const actsOn = async (id: string) =>
  (await db.select().from(auditEntries).where(eq(auditEntries.objectId, id)).orderBy(auditEntries.id)).map(
    (entry) => entry.act,
  )

const withdraw = (actor: Actor, proposal: string) =>
  moveProposal(
    records.parts,
    actor,
    proposal,
    { move: 'withdraw', key: randomUUID(), seen: 'draft', reason: '', group: '' },
    null,
  )

/** Every act on a text by somebody for whom it does not exist. */
const everyAct = (actor: Actor, id: string, proposal: string): (() => Promise<unknown>)[] => [
  () => proposalPage(db, actor, proposal),
  () => share(actor, congo, 'read', id),
  () => withdrawGrant(records.parts, actor, id, congo.organization.id, null),
  () => renameDocument(db, actor, id, 'Taken over', null),
  () => markDocument(records.parts, actor, id, 'public', null),
  () => withdraw(actor, proposal),
]

describe('somebody who takes no part', () => {
  test('is told of every act that there is no such thing, as of an id that does not exist', async () => {
    for (const actor of [congo, await records.as('secretariat', 'coordinator')]) {
      for (const act of [...everyAct(actor, documentId, proposalId), ...everyAct(actor, 'none', 'a\0b')])
        await expect(act()).rejects.toMatchObject(NOT_FOUND)
    }
    expect(await actsOn(documentId)).toEqual([])
    expect(await actsOn(proposalId)).toEqual(['proposal.start'])
  })
})

describe('inviting a delegation', () => {
  test('is for the head and delegates of the lead', async () => {
    await share(kenya, japan, 'write')
    for (const actor of [japan, await records.as('kenya', 'adviser'), await records.as('kenya', 'reader')]) {
      await expect(share(actor, congo, 'read')).rejects.toMatchObject({ fault: 'forbidden' })
      await expect(
        withdrawGrant(records.parts, actor, documentId, japan.organization.id, null),
      ).rejects.toMatchObject({ fault: 'forbidden' })
    }
    await share(await records.as('kenya', 'delegate'), congo, 'read')
    expect(await levelOf(congo)).toBe('read')
  })

  test('opens the proposal, its project and lists to it; changing and ending it is recorded', async () => {
    await share(kenya, japan, 'write')
    expect((await proposalPage(db, japan, proposalId)).access).toBe('write')
    expect((await projectPage(db, japan, projectId)).proposals).toMatchObject([
      { id: proposalId, readable: true },
    ])
    expect((await readableDocuments(db, japan)).map((one) => one.id)).toContain(documentId)
    expect((await listProposals(db, japan, { search: title, state: null, page: 1 })).rows).toMatchObject([
      expect.objectContaining({ id: proposalId, part: 'write' }),
    ])
    await share(kenya, japan, 'comment')
    expect((await proposalPage(db, japan, proposalId)).access).toBe('comment')
    await share(kenya, japan, 'comment')
    await withdrawGrant(records.parts, kenya, documentId, japan.organization.id, null)
    await expect(proposalPage(db, japan, proposalId)).rejects.toMatchObject(NOT_FOUND)
    await expect(projectPage(db, japan, projectId)).rejects.toMatchObject(NOT_FOUND)
    expect((await readableDocuments(db, japan)).map((one) => one.id)).not.toContain(documentId)
    await expect(
      withdrawGrant(records.parts, kenya, documentId, japan.organization.id, null),
    ).rejects.toMatchObject({ fault: 'conflict' })
    expect(await actsOn(documentId)).toEqual([
      'document.grant',
      'document.grant.change',
      'document.grant.withdraw',
    ])
  })

  test('its heads get one mail, without a word of what it is', async () => {
    const { mailsTo } = records.people
    const before = (await mailsTo(japan.email)).length
    await share(kenya, japan, 'write')
    await share(kenya, japan, 'read')
    const mails = (await mailsTo(japan.email)).slice(before)
    expect(mails).toHaveLength(1)
    const written = mails.map(({ subject, text }) => subject + text).join()
    expect(written).toContain('the delegation of Kenya invites yours')
    expect(written).not.toMatch(/Zarafa|Secret/)
    expect(written).not.toContain(documentId)
    expect(written).not.toContain(proposalId)
  })

  test('not its own delegation, not the secretariat, nobody unknown', async () => {
    const coordinator = await records.as('secretariat', 'coordinator')
    for (const wrong of [kenya.organization.id, coordinator.organization.id, 'none']) {
      await expect(
        grant(records.parts, kenya, documentId, { delegationId: wrong, level: 'read' }, null),
      ).rejects.toMatchObject({ fault: 'invalid', fields: { delegationId: [expect.any(String)] } })
    }
  })

  test('many at the same moment: one invitation, one mail', async () => {
    const before = (await records.people.mailsTo(congo.email)).length
    await Promise.all(Array.from({ length: 5 }, () => share(kenya, congo, 'read')))
    expect(await actsOn(documentId)).toEqual(['document.grant'])
    expect(await records.people.mailsTo(congo.email)).toHaveLength(before + 1)
  })
})

describe('what the engine is told of a session and a channel', () => {
  test('changes with the share, and is nothing for strangers and ended sessions', async () => {
    const access = resolveAccess(db)
    await records.people.person('jp', 'delegate', `writes-${documentId}@japan.test`)
    const { sessionId } = await records.people.signIn(`writes-${documentId}@japan.test`)
    expect(await access(sessionId, documentId)).toBeNull()
    await share(kenya, japan, 'write')
    expect(await access(sessionId, documentId)).toMatchObject({ access: 'write' })
    await share(kenya, japan, 'read')
    expect(await access(sessionId, documentId)).toMatchObject({ access: 'read' })
    await withdrawGrant(records.parts, kenya, documentId, japan.organization.id, null)
    for (const [session, channel] of [
      [sessionId, documentId],
      [sessionId, 'none'],
      [sessionId, 'a\0b'],
      ['none', documentId],
    ] as const)
      expect(await access(session, channel)).toBeNull()
  })
})

describe('title, marking and end', () => {
  test('those who write rename; those who read do not', async () => {
    await share(kenya, japan, 'comment')
    await expect(renameDocument(db, japan, documentId, 'Japan’s', null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await share(kenya, japan, 'write')
    await renameDocument(db, japan, documentId, 'Ours', null)
    expect((await proposalPage(db, kenya, proposalId)).title).toBe('Ours')
    expect(await actsOn(proposalId)).toEqual(['proposal.start', 'proposal.rename'])
  })

  test('the marking is the lead’s to decide, and the same on proposal and document', async () => {
    await share(kenya, japan, 'write')
    await expect(markDocument(records.parts, japan, documentId, 'public', null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await markDocument(records.parts, kenya, documentId, 'forge', null)
    await markDocument(records.parts, kenya, documentId, 'forge', null)
    const [row] = await db
      .select({ document: documents.marking, proposal: proposals.marking })
      .from(documents)
      .innerJoin(proposals, eq(proposals.documentId, documents.id))
      .where(eq(documents.id, documentId))
    expect(row).toEqual({ document: 'forge', proposal: 'forge' })
    expect(await actsOn(proposalId)).toEqual(['proposal.start', 'proposal.mark'])
    // A draft stays unknown to others, whatever its marking.
    await expect(proposalPage(db, congo, proposalId)).rejects.toMatchObject(NOT_FOUND)
    expect((await listProposals(db, congo, { search: title, state: null, page: 1 })).total).toBe(0)
  })

  test('the lead’s head withdraws, once; everybody reads on, nobody writes, another can be started', async () => {
    await share(kenya, japan, 'write')
    for (const actor of [japan, await records.as('kenya', 'delegate')]) {
      await expect(withdraw(actor, proposalId)).rejects.toMatchObject({
        fault: 'forbidden',
      })
    }
    const ends = await Promise.allSettled([1, 2, 3].map(() => withdraw(kenya, proposalId)))
    expect(ends.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const actor of [kenya, japan])
      expect((await proposalPage(db, actor, proposalId)).access).toBe('comment')
    await expect(renameDocument(db, kenya, documentId, 'Again', null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    expect(await actsOn(proposalId)).toEqual(['proposal.start', 'proposal.withdraw'])
    expect(await startProposal(db, kenya, projectId, null)).not.toBe(proposalId)
  })
})

describe('an imported text', () => {
  const file = { fileName: 'accord.md', bytes: new TextEncoder().encode('# Accord\n\nText.'), title: '' }

  test('restricted: its delegation’s alone; marked FORGE every delegation reads it; and back', async () => {
    const { id } = await importDocument(records.parts, kenya, { ...file, marking: 'restricted' }, null)
    const seenBy = async (actor: Actor) => (await readableDocuments(db, actor)).some((one) => one.id === id)
    expect(await seenBy(congo)).toBe(false)
    await expect(markDocument(records.parts, congo, id, 'public', null)).rejects.toMatchObject(NOT_FOUND)
    await markDocument(records.parts, kenya, id, 'forge', null)
    expect(await seenBy(congo)).toBe(true)
    await expect(markDocument(records.parts, congo, id, 'public', null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await expect(renameDocument(db, congo, id, 'Mine', null)).rejects.toMatchObject({ fault: 'forbidden' })
    await renameDocument(db, kenya, id, 'The accord', null)
    await markDocument(records.parts, kenya, id, 'restricted', null)
    expect(await seenBy(congo)).toBe(false)
    expect(await actsOn(id)).toEqual(['document.import', 'document.mark', 'document.rename', 'document.mark'])
  })
})
