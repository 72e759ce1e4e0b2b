/** From draft to screening and back: who may, what is frozen, and what two people at once are told. */
import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Actor, DELEGATION_ROLES, SECRETARIAT_ROLES } from '../../app/domain/people'
import { PROPOSAL_STATES, type ProposalState } from '../../app/domain/project-stage'
import { MOVES, PROPOSAL_MOVES, type ProposalMove } from '../../app/domain/proposal-machine'
import { FIELDS_MAP, PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import { SECTIONS_MAP, stateKey } from '../../app/domain/section-state'
import type { Database } from '../../db/connection'
import { proposalCase } from '../../db/queries/cases'
import { everyProposal, proposalPage } from '../../db/queries/proposals'
import {
  auditEntries,
  proposalMoves,
  proposals,
  proposalVersions,
  reviews,
  workingGroups,
} from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { projectDocument } from '../../server/projection/project-document'
import { createProject } from '../../server/projects/create'
import { moveForm, moveProposal } from '../../server/proposals/move'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let congo: Actor
let coordinator: Actor
let proposalId: string
let channelId: string
let turn = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
})

beforeEach(async () => {
  turn += 1
  const projectId = await createProject(db, kenya, projectInput({ title: `Case ${turn}` }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  channelId = (await proposalPage(db, kenya, proposalId)).document.channelId
})

const move = (
  actor: Actor,
  what: ProposalMove,
  seen: ProposalState,
  {
    reason = '',
    key = randomUUID(),
    id = proposalId,
    group = '',
  }: { reason?: string; key?: string; id?: string; group?: string } = {},
) => moveProposal(records.parts, actor, id, { move: what, key, seen, reason, group }, '192.0.2.7')

const REASON = 'The offtake is not stated: who buys, and for how long?'

/** An edit in the person's name, as their page makes it. */
const write = (change: (doc: Y.Doc) => void, actor = kenya) => {
  const doc = new Y.Doc()
  doc.transact(() => change(doc))
  return records.channels.append(
    { userId: actor.userId, organizationId: actor.organization.id },
    channelId,
    Y.encodeStateAsUpdate(doc),
  )
}

function paragraph(doc: Y.Doc, fragment: string, words: string) {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(words)])
  doc.getXmlFragment(fragment).push([element])
}

const writeAll = () =>
  write((doc) => {
    for (const { fragment, title } of PROPOSAL_SECTIONS) paragraph(doc, fragment, `${title} in words.`)
    const fields = doc.getMap(FIELDS_MAP)
    const values = {
      minerals: ['cobalt'],
      stages: ['refining'],
      capacity: '900',
      capitalCost: '1',
      currency: 'USD',
    }
    for (const [name, value] of Object.entries({ ...values, country: 'KE', place: 'Kwale' }))
      fields.set(name, value)
  })

const stateOf = async () =>
  (await db.select({ state: proposals.state }).from(proposals).where(eq(proposals.id, proposalId)))[0]?.state
const versions = () => db.select().from(proposalVersions).where(eq(proposalVersions.proposalId, proposalId))
const setState = (state: ProposalState) =>
  db.update(proposals).set({ state }).where(eq(proposals.id, proposalId))

describe('the wrong person', () => {
  test('gets for every move what they get for a proposal that does not exist, and so does the page', async () => {
    for (const what of PROPOSAL_MOVES) {
      for (const actor of [congo, coordinator, await records.as('secretariat', 'administrator')]) {
        await expect(move(actor, what, 'draft', { reason: REASON })).rejects.toMatchObject(NOT_FOUND)
        await expect(move(actor, what, 'draft', { reason: REASON, id: randomUUID() })).rejects.toMatchObject(
          NOT_FOUND,
        )
      }
    }
    await expect(proposalCase(db, congo, proposalId)).rejects.toMatchObject(NOT_FOUND)
    await expect(proposalCase(db, coordinator, proposalId)).rejects.toMatchObject(NOT_FOUND)
    expect(await stateOf()).toBe('draft')
  })

  /** Two reviews of the last version, as `send_to_review` and `recommend` ask for. */
  async function reviewed(): Promise<void> {
    const last = (await versions()).sort((a, b) => b.number - a.number)[0]
    if (!last) return
    const people = [congo, await records.as('japan', 'head')]
    await db
      .insert(reviews)
      .values(
        people.map(({ userId, organization }) => ({
          ...{
            id: randomUUID(),
            proposalId,
            versionId: last.id,
            reviewerId: userId,
            askedBy: coordinator.userId,
          },
          ...{ organizationId: organization.id, dueOn: '2026-12-31', state: 'handed_in' as const },
        })),
      )
      .onConflictDoNothing()
  }

  test('every state, move and role: what the table allows happens, all else is refused with nothing changed', async () => {
    await writeAll()
    await move(kenya, 'submit', 'draft')
    await ensureGroups(db)
    const [group] = await db.select().from(workingGroups)
    const people = await Promise.all([
      ...DELEGATION_ROLES.map((role) => records.as('kenya', role)),
      ...SECRETARIAT_ROLES.map((role) => records.as('secretariat', role)),
      records.as('congo', 'head'),
    ])
    for (const state of PROPOSAL_STATES) {
      for (const what of PROPOSAL_MOVES) {
        for (const actor of people) {
          // States that nothing leads to yet are set: the table speaks of them too.
          await setState(state)
          await reviewed()
          const { from, to, who } = MOVES[what]
          const isTheirs =
            who === 'lead_head'
              ? actor.userId === kenya.userId
              : who === 'coordinator' &&
                actor.userId === coordinator.userId &&
                state !== 'draft' &&
                state !== 'withdrawn'
          const before = await db.$count(proposalMoves)
          const outcome = await move(actor, what, state, { reason: REASON, group: group?.id }).then(
            () => 'done',
            () => 'refused',
          )
          const words = `${actor.email} ${what} ${state}`
          expect(outcome, words).toBe(isTheirs && from.includes(state) ? 'done' : 'refused')
          expect(await stateOf(), words).toBe(outcome === 'done' ? to : state)
          expect(await db.$count(proposalMoves), words).toBe(before + (outcome === 'done' ? 1 : 0))
        }
      }
    }
  })
})

describe('submitting', () => {
  test('an empty one is refused with what is missing, by section', async () => {
    await expect(move(kenya, 'submit', 'draft')).rejects.toMatchObject({
      fault: 'invalid',
      fields: {
        summary: ['nothing is written yet'],
        timetable: ['nothing is written yet'],
        facts: expect.arrayContaining(['the capital cost', 'the place of the site, in words or on the map']),
      },
    })
    expect(await stateOf()).toBe('draft')
    expect(await versions()).toEqual([])
  })

  test('sections that nobody calls ready are a hint, and hinder nothing', async () => {
    await writeAll()
    await write((doc) => doc.getMap(SECTIONS_MAP).set(stateKey('summary'), 'ready'))
    await projectDocument(records.parts, channelId)
    const { missing, notReady } = await proposalCase(db, kenya, proposalId)
    expect(missing).toEqual([])
    expect(notReady).toEqual(
      PROPOSAL_SECTIONS.map(({ title }) => title).filter((title) => title !== 'Summary'),
    )
    await move(kenya, 'submit', 'draft')
  })

  test('freezes what is written, byte for byte, and nobody writes any more', async () => {
    await writeAll()
    await move(kenya, 'submit', 'draft')
    const state = await records.channels.load(channelId)
    const [version] = await versions()
    expect(version?.number).toBe(1)
    expect(version?.seq).toBe(state?.seq)
    expect(version?.sha256).toBe(
      createHash('sha256')
        .update(version?.data ?? '')
        .digest('hex'),
    )
    const doc = new Y.Doc()
    Y.applyUpdate(doc, version?.data ?? new Uint8Array())
    expect(doc.getXmlFragment('summary').toString()).toContain('Summary in words.')
    expect((await proposalPage(db, kenya, proposalId)).access).toBe('comment')
    const [last] = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.objectId, proposalId))
      .orderBy(auditEntries.id)
      .offset(1)
    expect(last).toMatchObject({ act: 'proposal.submit', from: '192.0.2.7', userId: kenya.userId })
    expect(last?.after).toMatchObject({ version: 1, sha256: version?.sha256 })
    expect((await proposalCase(db, coordinator, proposalId)).dueOn).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  test('the same key again is one submission; somebody else’s key is refused', async () => {
    await writeAll()
    const key = randomUUID()
    await Promise.all([1, 2, 3].map(() => move(kenya, 'submit', 'draft', { key })))
    await move(kenya, 'submit', 'draft', { key })
    expect((await versions()).length).toBe(1)
    await expect(move(coordinator, 'take_up', 'submitted', { key })).rejects.toMatchObject({
      fault: 'invalid',
    })
  })

  test('while others write: the version is the text at one seq', async () => {
    await writeAll()
    let writing = true
    const writers = [1, 2, 3].map(async (nth) => {
      for (let i = 0; writing; i++) await write((doc) => paragraph(doc, 'summary', `more ${nth}.${i}`))
    })
    const submitted = await move(kenya, 'submit', 'draft').then(
      () => true,
      (error: { fault?: string }) => {
        expect(error.fault).toBe('conflict')
        return false
      },
    )
    writing = false
    await Promise.all(writers)
    const found = await versions()
    expect(found.length).toBe(submitted ? 1 : 0)
  })
})

describe('screening', () => {
  beforeEach(async () => {
    await writeAll()
    await move(kenya, 'submit', 'draft')
  })

  test('of two coordinators at once one takes it up, the other is told who', async () => {
    const outcomes = await Promise.allSettled([1, 2].map(() => move(coordinator, 'take_up', 'submitted')))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find((one) => one.status === 'rejected')
    expect(String(refused?.status === 'rejected' && refused.reason.message)).toContain(
      'took up the screening meanwhile: it is “Screening” now',
    )
  })

  test('changes are requested with a reason, made, and submitted as the next version', async () => {
    await move(coordinator, 'take_up', 'submitted')
    const wanting = moveForm.safeParse({
      move: 'request_changes',
      key: randomUUID(),
      seen: 'screening',
      reason: 'no',
    })
    expect(wanting.error?.issues[0]).toMatchObject({ path: ['reason'] })
    await move(coordinator, 'request_changes', 'screening', { reason: REASON })
    expect((await proposalPage(db, kenya, proposalId)).access).toBe('write')
    expect((await records.people.mailsTo(kenya.email)).at(-1)?.text).not.toContain('Case')
    await write((doc) => paragraph(doc, 'market', 'Toyota Tsusho buys all of it for ten years.'))
    await move(kenya, 'submit', 'changes_requested')
    expect((await versions()).map(({ number }) => number).sort()).toEqual([1, 2])
    const [first, second] = (await versions()).sort((a, b) => a.number - b.number)
    expect(second?.sha256).not.toBe(first?.sha256)
    const page = await proposalCase(db, kenya, proposalId)
    expect(page.moves.map((one) => [one.move, one.version])).toEqual([
      ['submit', 2],
      ['request_changes', 1],
      ['take_up', 1],
      ['submit', 1],
    ])
    expect(page.moves[1]?.reason).toBe(REASON)
  })

  test('the coordinator is told of another project of the same mineral at the same place', async () => {
    const near = {
      latitude: '',
      title: `Twin of ${turn}`,
      marking: 'public',
      place: 'kwale',
      countryIso2: 'KE',
    }
    const twin = await createProject(db, congo, projectInput(near), null)
    const other = await createProject(
      db,
      congo,
      projectInput({ ...near, title: 'Elsewhere', place: 'Turkana' }),
      null,
    )
    const secret = await createProject(db, congo, projectInput({ ...near, marking: 'restricted' }), null)
    await projectDocument(records.parts, channelId)
    const found = (await proposalCase(db, coordinator, proposalId)).alike?.map(({ id }) => id) ?? []
    expect(found).toContain(twin)
    expect(found).not.toContain(other)
    expect(found).not.toContain(secret)
    expect((await proposalCase(db, kenya, proposalId)).alike).toBeNull()
  })
})

test('a file of proposals holds every one that its reader may know of, once, and no other', async () => {
  const filter = { search: null, state: null, page: 7 }
  const ids = async (actor: Actor) => (await everyProposal(db, actor, filter)).map(({ id }) => id)
  expect(await ids(congo)).not.toContain(proposalId)
  expect(await ids(coordinator)).not.toContain(proposalId)
  for (let more = 0; more < 51; more += 1) {
    const projectId = await createProject(db, kenya, projectInput({ title: `Filed ${more}` }), null)
    await startProposal(db, kenya, projectId, null)
  }
  const own = await ids(kenya)
  const all = await db.select({ id: proposals.id }).from(proposals)
  expect(own.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
})
