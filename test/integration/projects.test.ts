/** Projects and their proposals: the wrong person first, then what the right one gets. */
import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { projectPage } from '../../db/queries/project-page'
import { listProjects, projectSites } from '../../db/queries/projects'
import { listProposals, proposalPage } from '../../db/queries/proposals'
import { auditEntries, documents, projects, proposals } from '../../db/schema'
import { createProject } from '../../server/projects/create'
import { editProject } from '../../server/projects/edit'
import { openProposal, startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectFilter, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
})

const actsOn = async (id: string) =>
  (await db.select({ act: auditEntries.act }).from(auditEntries).where(eq(auditEntries.objectId, id))).map(
    (entry) => entry.act,
  )

const titles = async (actor: Actor, filter = {}) => {
  const { rows, total } = await listProjects(db, actor, projectFilter(filter))
  expect(total).toBe(rows.length)
  return rows.map((row) => row.title)
}

describe('entering a project', () => {
  test('is for heads and delegates of a delegation', async () => {
    for (const actor of [
      await records.as('kenya', 'adviser'),
      await records.as('kenya', 'reader'),
      await records.as('secretariat', 'coordinator'),
      await records.as('secretariat', 'administrator'),
    ]) {
      await expect(createProject(db, actor, projectInput(), null)).rejects.toMatchObject({
        fault: 'forbidden',
      })
    }
  })

  test('an unknown mineral or delegation is named, and nothing is kept', async () => {
    const before = await db.$count(projects)
    await expect(
      createProject(db, kenya, projectInput({ minerals: ['unobtainium'] }), null),
    ).rejects.toMatchObject({ fault: 'invalid', fields: { minerals: [expect.any(String)] } })
    await expect(createProject(db, kenya, projectInput({ readers: ['nobody'] }), null)).rejects.toMatchObject(
      { fault: 'invalid', fields: { readers: [expect.any(String)] } },
    )
    expect(await db.$count(projects)).toBe(before)
  })

  test('it is the delegation’s, an idea, and in the audit trail', async () => {
    const id = await createProject(db, kenya, projectInput({ title: 'Entered' }), '192.0.2.7')
    const [row] = await db.select().from(projects).where(eq(projects.id, id))
    expect(row).toMatchObject({
      state: 'idea',
      ownerDelegationId: kenya.organization.id,
      leadPartnerIso2: 'KE',
      createdBy: kenya.userId,
    })
    expect(await actsOn(id)).toEqual(['project.create'])
  })
})

describe('a restricted project', () => {
  let id: string
  beforeAll(async () => {
    id = await createProject(
      db,
      kenya,
      projectInput({ title: 'Zarafa tantalum', minerals: ['tantalum'], lat: '-3', lon: '38' }),
      null,
    )
  })

  test('does not exist for others: page, list, search, filters, count, map', async () => {
    const before = await listProjects(db, congo, projectFilter())
    for (const actor of [
      congo,
      japan,
      await records.as('secretariat', 'coordinator'),
      await records.as('secretariat', 'administrator'),
    ]) {
      await expect(projectPage(db, actor, id)).rejects.toMatchObject(NOT_FOUND)
      expect(await titles(actor, { search: 'Zarafa' })).toEqual([])
      expect(await titles(actor, { mineral: 'tantalum', partner: 'KE' })).toEqual([])
      expect(await projectSites(db, actor, projectFilter({ search: 'Zarafa' }))).toEqual([])
      await expect(editProject(db, actor, id, projectInput(), null)).rejects.toMatchObject(NOT_FOUND)
      await expect(startProposal(db, actor, id, null)).rejects.toMatchObject(NOT_FOUND)
    }
    await createProject(db, kenya, projectInput({ title: 'Another secret' }), null)
    expect((await listProjects(db, congo, projectFilter())).total).toBe(before.total)
  })

  test('answers like an id that does not exist, also one that no id can be', async () => {
    for (const none of ['none', 'a\0b', '../x', 'x'.repeat(65), '']) {
      await expect(projectPage(db, congo, none)).rejects.toMatchObject(NOT_FOUND)
      await expect(proposalPage(db, congo, none)).rejects.toMatchObject(NOT_FOUND)
      await expect(editProject(db, congo, none, projectInput(), null)).rejects.toMatchObject(NOT_FOUND)
      await expect(startProposal(db, congo, none, null)).rejects.toMatchObject(NOT_FOUND)
    }
  })

  test('is seen by its delegation, changed by its head and delegates only', async () => {
    const reader = await records.as('kenya', 'reader')
    expect((await projectPage(db, reader, id)).mayEdit).toBe(false)
    expect(await titles(reader, { search: 'zarafa' })).toEqual(['Zarafa tantalum'])
    await expect(editProject(db, reader, id, projectInput(), null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await expect(startProposal(db, reader, id, null)).rejects.toMatchObject({ fault: 'forbidden' })
  })

  test('a delegation that it names sees it and changes nothing; unnamed, it is gone', async () => {
    const input = projectInput({ title: 'Zarafa tantalum', readers: [japan.organization.id] })
    await editProject(db, kenya, id, input, null)
    const page = await projectPage(db, japan, id)
    expect(page).toMatchObject({ mayEdit: false, mayPropose: false, readers: [] })
    expect(await titles(japan, { search: 'Zarafa' })).toEqual(['Zarafa tantalum'])
    await expect(projectPage(db, congo, id)).rejects.toMatchObject(NOT_FOUND)
    await editProject(db, kenya, id, projectInput({ title: 'Zarafa tantalum' }), null)
    await expect(projectPage(db, japan, id)).rejects.toMatchObject(NOT_FOUND)
    expect(await actsOn(id)).toEqual(['project.create', 'project.edit', 'project.edit'])
  })

  test('marked FORGE it is open to everybody, with how it was before in the audit trail', async () => {
    await editProject(db, kenya, id, projectInput({ title: 'Zarafa tantalum', marking: 'forge' }), null)
    expect((await projectPage(db, congo, id)).mayPropose).toBe(false)
    const [last] = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.objectId, id))
      .orderBy(sql`${auditEntries.id} desc`)
    expect(last).toMatchObject({ before: { marking: 'restricted' }, after: { marking: 'forge' } })
  })
})

describe('the list of projects', () => {
  test.each<[string, Parameters<typeof projectFilter>[0], (titles: string[]) => void]>([
    ['a wildcard is a letter', { search: '%_' }, (found) => expect(found).toEqual([])],
    ['by operator', { search: 'westwater' }, (found) => expect(found).toEqual(['Coosa Graphite Deposit'])],
    [
      'mineral and country',
      { mineral: 'graphite', partner: 'US' },
      (found) => expect(found.length).toBeGreaterThan(0),
    ],
    ['state', { state: 'construction' }, (found) => expect(found).toHaveLength(1)],
    ['how well corroborated', { corroboration: 'weak' }, (found) => expect(found).toHaveLength(1)],
    [
      'announced ones are nobody’s own',
      { corroboration: 'own', search: 'Coosa' },
      (found) => expect(found).toEqual([]),
    ],
    ['beyond the last page', { page: 900 }, () => {}],
  ])('%s', async (_name, filter, check) => {
    const { rows } = await listProjects(db, congo, projectFilter(filter))
    check(rows.map((row) => row.title))
  })

  test('by cost: within a currency the largest first, those without one last', async () => {
    const { rows } = await listProjects(db, congo, projectFilter({ sort: 'cost' }))
    const costs = rows.map((row) => row.capitalCost)
    expect(costs.slice(0, 4).every(Boolean)).toBe(true)
    expect(costs.slice(0, 4).map(Number)).toEqual([...costs.slice(0, 4).map(Number)].sort((a, b) => b - a))
    expect(costs.slice(4).every((cost) => cost === null)).toBe(true)
  })
})

describe('starting a proposal', () => {
  let id: string
  beforeAll(async () => {
    id = await createProject(
      db,
      kenya,
      projectInput({
        ...{ title: 'Kwale titanium', minerals: ['titanium'], stages: ['refining'], place: 'Kwale' },
        ...{ lat: '-4.17', lon: '39.45', capacityTonnes: '12500', capitalCost: '640000000.5' },
        ...{ currency: 'USD', priceYear: '2026', firstProduction: '2029' },
      }),
      null,
    )
  })

  test('makes a restricted draft whose fields say what the project says', async () => {
    const proposalId = await startProposal(db, kenya, id, null)
    const page = await proposalPage(db, kenya, proposalId)
    expect(page).toMatchObject({
      state: 'draft',
      marking: 'restricted',
      access: 'write',
      title: 'Kwale titanium',
    })
    const state = await records.channels.load(page.document.channelId)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state?.data ?? new Uint8Array())
    expect(doc.getMap('fields').toJSON()).toEqual({
      minerals: ['titanium'],
      stages: ['refining'],
      place: 'Kwale',
      country: 'KE',
      site: { lat: -4.17, lon: 39.45 },
      capacity: '12500',
      capitalCost: '640000000.5',
      currency: 'USD',
      priceYear: 2026,
    })
    expect(await actsOn(proposalId)).toEqual(['proposal.start'])
    for (const actor of [congo, japan, await records.as('secretariat', 'coordinator')]) {
      await expect(proposalPage(db, actor, proposalId)).rejects.toMatchObject(NOT_FOUND)
      expect((await listProposals(db, actor, { search: 'Kwale', state: null, page: 1 })).total).toBe(0)
    }
    expect((await listProposals(db, kenya, { search: 'kwale', state: 'draft', page: 1 })).rows).toMatchObject(
      [{ id: proposalId, readable: true, part: 'own' }],
    )
  })

  test('a second one is a conflict that says which is open; nothing of it is kept', async () => {
    const before = await db.$count(documents)
    await expect(startProposal(db, kenya, id, null)).rejects.toMatchObject({ fault: 'conflict' })
    expect(await db.$count(documents)).toBe(before)
    expect(await openProposal(db, kenya, id)).toEqual(expect.any(String))
    expect(await openProposal(db, japan, id)).toBeNull()
  })

  test('of many at the same moment one is made', async () => {
    const project = await createProject(db, kenya, projectInput({ title: 'At once' }), null)
    const delegate = await records.as('kenya', 'delegate')
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => startProposal(db, n % 2 ? kenya : delegate, project, null)),
    )
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ fault: 'conflict' })
    expect(await db.$count(proposals, eq(proposals.projectId, project))).toBe(1)
  })

  test('of an announced project every delegation may start its own', async () => {
    const [coosa] = (await listProjects(db, congo, projectFilter({ search: 'Coosa' }))).rows
    const mine = await startProposal(db, congo, coosa?.id ?? '', null)
    const theirs = await startProposal(db, japan, coosa?.id ?? '', null)
    expect(mine).not.toBe(theirs)
    expect((await projectPage(db, congo, coosa?.id ?? '')).proposals.map((one) => one.id)).toEqual([mine])
    await expect(
      startProposal(db, await records.as('secretariat', 'coordinator'), coosa?.id ?? '', null),
    ).rejects.toMatchObject({ fault: 'forbidden' })
  })
})

describe('a submitted proposal', () => {
  let projectId: string
  let proposalId: string
  beforeAll(async () => {
    projectId = await createProject(db, kenya, projectInput({ title: 'Submitted secret' }), null)
    proposalId = await startProposal(db, kenya, projectId, null)
    // Submitting comes with the review: here only what it lets others know.
    await db.update(proposals).set({ state: 'submitted' }).where(eq(proposals.id, proposalId))
  })

  test('opens itself and its project to the coordinator, and to nobody else', async () => {
    const coordinator = await records.as('secretariat', 'coordinator')
    expect((await proposalPage(db, coordinator, proposalId)).access).toBe('read')
    expect(await projectPage(db, coordinator, projectId)).toMatchObject({
      mayEdit: false,
      proposals: [{ id: proposalId, readable: true }],
    })
    for (const actor of [congo, await records.as('secretariat', 'administrator')]) {
      await expect(proposalPage(db, actor, proposalId)).rejects.toMatchObject(NOT_FOUND)
      await expect(projectPage(db, actor, projectId)).rejects.toMatchObject(NOT_FOUND)
    }
  })

  test('marked FORGE, others know that it is there, not its text nor its project', async () => {
    await db.update(proposals).set({ marking: 'forge' }).where(eq(proposals.id, proposalId))
    await expect(proposalPage(db, congo, proposalId)).rejects.toMatchObject(NOT_FOUND)
    const { rows } = await listProposals(db, congo, { search: null, state: 'submitted', page: 1 })
    expect(rows).toMatchObject([
      { id: proposalId, readable: false, part: null, projectTitle: null, writtenAt: null, writtenBy: null },
    ])
  })
})
