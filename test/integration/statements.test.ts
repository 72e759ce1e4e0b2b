/** No page asks the database once for each row: with many more rows it makes as many statements as with few. */
import { asc } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { auditFilterFrom } from '../../app/domain/audit-filter'
import type { Actor } from '../../app/domain/people'
import { pipelineWish } from '../../app/domain/pipeline'
import type { Database } from '../../db/connection'
import { auditTrail } from '../../db/queries/audit'
import { proposalCase } from '../../db/queries/cases'
import { consentsOfHost } from '../../db/queries/consents'
import { deadlinesOf } from '../../db/queries/deadlines'
import { deskOf } from '../../db/queries/desk'
import { readableDocuments } from '../../db/queries/documents'
import { rateList } from '../../db/queries/exchange-rates'
import { facilityList, projectMoney } from '../../db/queries/financing'
import { groupList } from '../../db/queries/groups'
import { mentionedIn } from '../../db/queries/mentioned-in'
import { mineralList, mineralPage } from '../../db/queries/minerals'
import { inboxState, noticeList } from '../../db/queries/notices'
import { objectRecord } from '../../db/queries/object-record'
import { listPartners } from '../../db/queries/partners'
import { pipelineRows } from '../../db/queries/pipeline'
import { pipelineCards, pipelineSums } from '../../db/queries/pipeline-asks'
import { pipelineFunnel, pipelineTimes } from '../../db/queries/pipeline-times'
import { listProjects, projectSites } from '../../db/queries/projects'
import { listProposals } from '../../db/queries/proposals'
import { queueRows } from '../../db/queries/queue'
import { myReviews } from '../../db/queries/reviews'
import { search } from '../../db/queries/search'
import { comingSessions } from '../../db/queries/sessions'
import { decisionList, silenceList } from '../../db/queries/silence'
import { supplyOverview } from '../../db/queries/supply'
import { actsWaiting } from '../../db/queries/waiting'
import { documents, financingAsks, financingRequests, proposals } from '../../db/schema'
import { resolveAccess } from '../../server/documents/access'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { projectFilter, projectInput, type Records, startRecords } from '../harness/records'

/** What any of the pages may ask, with what its frame asks beside it. */
const MOST = 12

const ALL_NOTICES = { unread: false, topic: null, page: 1 }

let db: Database
let records: Records
let kenya: Actor
let coordinator: Actor
let administrator: Actor
let statements = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
  administrator = await records.as('secretariat', 'administrator')
  const query = db.$client.query.bind(db.$client) as (...args: unknown[]) => unknown
  db.$client.query = ((...args: unknown[]) => {
    statements++
    return query(...args)
  }) as typeof db.$client.query
})

async function more(count: number, from: number) {
  for (let nth = from; nth < from + count; nth++) {
    const projectId = await createProject(db, kenya, projectInput({ title: `Refinery ${nth}` }), null)
    await startProposal(db, kenya, projectId, null)
  }
  await db.insert(financingRequests).values(
    Array.from({ length: count }, (_, nth) => ({
      ...{ id: `request-${from + nth}`, projectId: 'p010', title: `Request ${nth}` },
      ...{ state: 'announced' as const, marking: 'public' as const },
    })),
  )
  await db.insert(financingAsks).values(
    Array.from({ length: count }, (_, nth) => ({
      ...{
        id: `ask-${from + nth}`,
        requestId: `request-${from + nth}`,
        sourceName: 'A bank',
        currency: 'USD',
      },
    })),
  )
  await db.update(proposals).set({ state: 'submitted' })
}

const PIPELINE = pipelineWish(new URLSearchParams())

const PAGES: Record<string, () => Promise<unknown>> = {
  projects: () => listProjects(db, kenya, projectFilter()),
  'projects on the map': () => projectSites(db, kenya, projectFilter()),
  proposals: () => listProposals(db, kenya, { search: null, state: null, page: 1 }),
  'proposals of a coordinator': () => listProposals(db, coordinator, { search: null, state: null, page: 1 }),
  'desk of a delegation': () => deskOf(db, kenya),
  'desk of a coordinator': () => deskOf(db, coordinator),
  'what waits': () => actsWaiting(db, kenya),
  queue: () => queueRows(db, coordinator, { search: null, state: null, late: false }),
  pipeline: () =>
    Promise.all([pipelineSums(db, kenya, PIPELINE), pipelineCards(db, kenya, PIPELINE, new Date())]),
  'pipeline in charts': () =>
    Promise.all([pipelineFunnel(db, kenya, PIPELINE), pipelineTimes(db, kenya, PIPELINE, new Date())]),
  supply: () => supplyOverview(db, kenya, { dataset: 'USGS_MCS_2026', year: 2025, ceiling: 0.5 }),
  mineral: () => mineralPage(db, kenya, 'cobalt', 0.5),
  mentioned: () => mentionedIn(db, kenya, { kind: 'mineral', id: 'cobalt' }),
  inbox: () => Promise.all([noticeList(db, coordinator, ALL_NOTICES), inboxState(db, coordinator)]),
  deadlines: () => deadlinesOf(db, coordinator),
  groups: () => Promise.all([groupList(db, kenya), comingSessions(db, kenya)]),
  'reviews of one’s own': () => myReviews(db, kenya),
  'a case': async () => proposalCase(db, kenya, await oneProposal()),
  'the record of a project': () => objectRecord(db, kenya, 'project', 'p010'),
  'the record of a proposal': async () => objectRecord(db, kenya, 'proposal', await oneProposal()),
  'audit trail': () => auditTrail(db, administrator, auditFilterFrom(new URLSearchParams())),
  documents: () => readableDocuments(db, kenya),
  partners: () => listPartners(db),
  minerals: () => mineralList(db),
  'exchange rates': () => rateList(db, { currency: null, page: 1 }),
  financing: () => pipelineRows(db, kenya, { stage: null, institution: null, projectId: null }),
  'money of a project': () => projectMoney(db, kenya, 'p010'),
  facilities: () => facilityList(db, coordinator),
  decisions: () => Promise.all([decisionList(db, kenya), silenceList(db, kenya), consentsOfHost(db, kenya)]),
  search: () => search(db, kenya, { text: 'refinery', kind: null }),
  'the rights of all who write': async () => {
    const written = await db.select({ channelId: documents.channelId }).from(documents)
    statements = 0
    const ask = resolveAccess(db)
    await Promise.all(written.flatMap(({ channelId }) => ['a', 'b'].map((writer) => ask(writer, channelId))))
  },
}

/** The first one that was made; asking for it is not counted. */
async function oneProposal(): Promise<string> {
  const [first] = await db.select({ id: proposals.id }).from(proposals).orderBy(asc(proposals.id)).limit(1)
  statements = 0
  return first?.id ?? ''
}

async function countAll(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [name, load] of Object.entries(PAGES)) {
    statements = 0
    await load()
    counts[name] = statements
  }
  return counts
}

test('every list, desk, board and search', async () => {
  await more(2, 0)
  const few = await countAll()
  await more(30, 2)
  expect(await countAll()).toEqual(few)
  for (const [name, count] of Object.entries(few)) {
    expect(count, name).toBeGreaterThan(0)
    expect(count, name).toBeLessThanOrEqual(MOST)
  }
})
