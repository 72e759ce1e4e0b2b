/** The pipeline: no row, count, sum or date of what one may not see, and the same rules in SQL as in the domain. */
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { strictestOf } from '../../app/domain/marking'
import type { LedgerKind } from '../../app/domain/money-ledger'
import type { FinancingStage } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import { type PipelineFilter, pipelineWish } from '../../app/domain/pipeline'
import type { Database } from '../../db/connection'
import {
  pipelineCards,
  pipelineInstitutions,
  pipelineSums,
  pipelineTable,
} from '../../db/queries/pipeline-asks'
import { pipelineFunnel, pipelineMarkings, pipelineTimes } from '../../db/queries/pipeline-times'
import { proposalPage } from '../../db/queries/proposals'
import {
  askReaders,
  documents,
  financingAsks,
  financingMoves,
  financingRequests,
  ledgerEntries,
} from '../../db/schema'
import { newId } from '../../server/ids'
import { movesFor } from '../../server/pipeline/may-move'
import { printPipeline } from '../../server/pipeline/print'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let coordinator: Actor
let projectId: string
let askId: string
let bank: string

const now = new Date()
const filter = (query = ''): PipelineFilter => ({
  ...pipelineWish(new URLSearchParams(query)),
  institution: bank,
})
const table = (actor: Actor, query = '') =>
  pipelineTable(db, actor, filter(query), { page: 1, size: 50, now })
const count = async (actor: Actor, query = '') =>
  (await pipelineSums(db, actor, filter(query))).stages.reduce((sum, one) => sum + one.count, 0)

/** A request of Kenya with one ask, as the verbs would leave them. */
async function ask(more: {
  marking: 'forge' | 'restricted'
  stage?: FinancingStage
  since?: Date
  lines?: [LedgerKind, string][]
}) {
  const proposalProject = await createProject(db, kenya, projectInput({ title: `Mine ${newId()}` }), null)
  const proposal = await proposalPage(db, kenya, await startProposal(db, kenya, proposalProject, null))
  const [row] = await db.select().from(documents).where(eq(documents.id, proposal.document.id))
  if (!row) throw new Error('no document')
  const requestId = newId()
  await db.insert(financingRequests).values({
    ...{ id: requestId, projectId, documentId: row.id, title: 'Loan for Kwale', state: 'asked' },
    ...{ marking: more.marking, leadDelegationId: kenya.organization.id, createdBy: kenya.userId },
  })
  const id = newId()
  const since = more.since ?? now
  await db.insert(financingAsks).values({
    ...{
      id,
      requestId,
      sourceName: bank,
      instrument: 'direct_loan',
      currency: 'USD',
    },
    ...{ stage: more.stage ?? 'application', stageSince: since, askedAt: since },
  })
  for (const [kind, amount] of more.lines ?? [])
    await db
      .insert(ledgerEntries)
      .values({ id: newId(), key: newId(), askId: id, kind, amount, currency: 'USD' })
  return id
}

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
  projectId = await createProject(
    db,
    kenya,
    projectInput({ title: 'Quiet mine', minerals: ['gallium'] }),
    null,
  )
})

beforeEach(async () => {
  // The tables keep what was: each test asks a bank of its own.
  bank = `Bank ${newId()}`
  askId = await ask({ marking: 'restricted', lines: [['requested', '1000000']] })
})

describe('the wrong person', () => {
  test('has no row, count, sum, filter, institution nor time of a restricted request', async () => {
    for (const actor of [congo, japan, await records.as('secretariat', 'administrator')]) {
      expect(await table(actor)).toEqual([])
      expect(await pipelineCards(db, actor, filter(), now)).toEqual([])
      for (const query of ['', 'q=Kwale', 'mineral=gallium', 'partner=KE', 'stuck=1'])
        expect(await count(actor, query), query).toBe(0)
      expect((await pipelineSums(db, actor, filter())).totals).toEqual([])
      expect(await pipelineInstitutions(db, actor)).toEqual([])
      expect((await pipelineFunnel(db, actor, filter())).every((one) => one.count === 0)).toBe(true)
      expect(await pipelineTimes(db, actor, filter(), now)).toEqual([])
      expect(await pipelineMarkings(db, actor, filter())).toEqual([])
    }
  })

  test('who knows of a request sees neither its amounts nor its restricted project, by no way round', async () => {
    await ask({ marking: 'forge', stage: 'approved', lines: [['approved', '777']] })
    const [row] = await table(congo)
    expect(row).toMatchObject({
      totals: null,
      project: null,
      projectId: null,
      minerals: [],
      countryIso2: null,
    })
    const sums = await pipelineSums(db, congo, filter())
    expect(sums.totals).toEqual([])
    expect(sums.stages.find(({ stage }) => stage === 'approved')).toMatchObject({
      count: 1,
      closed: 1,
      totals: [],
    })
    for (const query of ['mineral=gallium', 'stage=extraction', 'q=Quiet'])
      expect(await count(congo, query), query).toBe(0)
    const pdf = await printPipeline(records.documents, {
      rows: await table(congo),
      totals: sums.totals,
      choice: '',
      reader: 'Congo',
      now,
    })
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

test('the lead, named readers and coordinators have it in every sum; kinds stay apart', async () => {
  await ask({
    marking: 'restricted',
    stage: 'committed',
    lines: [
      ['approved', '500'],
      ['committed', '400'],
      ['cancelled', '100'],
    ],
  })
  for (const actor of [kenya, coordinator]) {
    const { totals, stages } = await pipelineSums(db, actor, filter())
    expect(totals[0]?.sums).toMatchObject({ requested: '1000000', approved: '500', committed: '300' })
    expect(stages.find(({ stage }) => stage === 'committed')?.totals[0]?.sums.requested).toBe('0')
  }
  await db.insert(askReaders).values({ askId, delegationId: japan.organization.id })
  expect(await count(japan)).toBe(0)
  const [first] = await db.select().from(financingAsks).where(eq(financingAsks.id, askId))
  await db
    .update(financingRequests)
    .set({ marking: 'forge' })
    .where(eq(financingRequests.id, first?.requestId ?? ''))
  const { totals } = await pipelineSums(db, japan, filter())
  expect(totals[0]?.sums).toMatchObject({ requested: '1000000', committed: '0' })
  expect(strictestOf(await table(japan))).toBe('forge')
})

test('the board’s cards, the table’s rows, the counts and the funnel are of the same asks', async () => {
  for (let nth = 0; nth < 30; nth++)
    await ask({ marking: 'restricted', stage: nth % 2 ? 'enquiry' : 'due_diligence' })
  const { stages } = await pipelineSums(db, kenya, filter())
  const rows = await pipelineTable(db, kenya, filter(), { page: 1, size: 500, now })
  for (const { stage, count: counted } of stages)
    expect(rows.filter((row) => row.stage === stage).length, stage).toBe(counted)
  expect((await pipelineCards(db, kenya, filter(), now)).length).toBe(31)
  expect((await pipelineFunnel(db, kenya, filter()))[0]?.count).toBe(31)
  // A chart bears the strictest marking of what it counts.
  expect(await pipelineMarkings(db, kenya, filter())).toEqual([{ marking: 'restricted' }])
})

test('what is stuck is counted as it is shown', async () => {
  const days = (ago: number) => new Date(now.getTime() - ago * 86_400_000)
  await ask({ marking: 'restricted', stage: 'due_diligence', since: days(62) })
  await ask({ marking: 'restricted', stage: 'due_diligence', since: days(59) })
  await ask({ marking: 'restricted', stage: 'declined', since: days(400) })
  const letter = await ask({ marking: 'restricted', stage: 'letter_of_interest' })
  await db.update(financingAsks).set({ letterExpiresOn: '2026-01-01' }).where(eq(financingAsks.id, letter))
  for (const actor of [kenya, coordinator]) {
    const shown = (await table(actor)).filter(({ stuck }) => stuck.length > 0).length
    expect(shown).toBe(2)
    expect(await count(actor, 'stuck=1')).toBe(shown)
    expect((await table(actor, 'stuck=1')).every(({ stuck }) => stuck.length > 0)).toBe(true)
  }
})

test('times are of those that left a stage, and of those that wait', async () => {
  const at = (ago: number) => new Date(now.getTime() - ago * 86_400_000)
  const moving = await ask({ marking: 'restricted', stage: 'due_diligence', since: at(10) })
  await db
    .update(financingAsks)
    .set({ askedAt: at(30) })
    .where(eq(financingAsks.id, moving))
  await db.insert(financingMoves).values([
    {
      ...{ id: newId(), key: newId(), askId: moving, move: 'apply', before: 'enquiry', after: 'application' },
      ...{ userId: kenya.userId, organizationId: kenya.organization.id, at: at(25) },
    },
    {
      ...{ id: newId(), key: newId(), askId: moving, move: 'begin_due_diligence', before: 'application' },
      ...{ after: 'due_diligence', userId: kenya.userId, organizationId: kenya.organization.id, at: at(10) },
    },
  ])
  const times = await pipelineTimes(db, kenya, filter(), now)
  const of = (stage: FinancingStage) => times.find((one) => one.stage === stage)
  expect(of('enquiry')).toMatchObject({ left: 1 })
  expect(of('enquiry')?.median).toBeCloseTo(5, 3)
  expect(of('application')?.median).toBeCloseTo(15, 3)
  expect(of('due_diligence')).toMatchObject({ left: 0, waiting: 1 })
  expect(of('due_diligence')?.waited).toBeCloseTo(10, 2)
})

test('moves are offered to whom they are open', async () => {
  const rows = await table(kenya)
  expect(rows[0] && movesFor(kenya, rows[0])).toEqual(expect.arrayContaining(['withdraw', 'hold']))
  expect(rows[0] && movesFor(await records.as('kenya', 'delegate'), rows[0])).toEqual([])
  expect(rows[0] && movesFor(coordinator, rows[0])).toContain('begin_due_diligence')
})
