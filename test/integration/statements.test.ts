/** No page asks the database once for each row: with many more rows it makes as many statements as with few. */
import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { auditFilterFrom } from '../../app/domain/audit-filter'
import type { Actor } from '../../app/domain/people'
import { pipelineWish } from '../../app/domain/pipeline'
import type { Database } from '../../db/connection'
import { auditTrail } from '../../db/queries/audit'
import { proposalCase } from '../../db/queries/cases'
import { consentPage, consentsOfHost } from '../../db/queries/consents'
import { deadlinesOf } from '../../db/queries/deadlines'
import { deskOf } from '../../db/queries/desk'
import { documentFor, readableDocuments } from '../../db/queries/documents'
import { rateList } from '../../db/queries/exchange-rates'
import { askPage, facilityList, projectMoney, requestPage } from '../../db/queries/financing'
import { followUpPage, openFollowUps, ownFollowUps } from '../../db/queries/follow-ups'
import { documentsOfGroup } from '../../db/queries/group-documents'
import { groupList, groupPage } from '../../db/queries/groups'
import { mentionedIn } from '../../db/queries/mentioned-in'
import { mineralList, mineralPage } from '../../db/queries/minerals'
import { inboxState, noticeList } from '../../db/queries/notices'
import { objectRecord } from '../../db/queries/object-record'
import { agreementOf, listPartners, partnerOf } from '../../db/queries/partners'
import { pipelineRows } from '../../db/queries/pipeline'
import { pipelineCards, pipelineSums } from '../../db/queries/pipeline-asks'
import { pipelineFunnel, pipelineTimes } from '../../db/queries/pipeline-times'
import { projectPage } from '../../db/queries/project-page'
import { listProjects, projectSites } from '../../db/queries/projects'
import { listProposals, proposalPage } from '../../db/queries/proposals'
import { queueRows } from '../../db/queries/queue'
import { myReviews, poolPage, reviewPage, reviewRoom } from '../../db/queries/reviews'
import { search } from '../../db/queries/search'
import {
  comingSessions,
  messagesOf,
  minutesToApprove,
  sessionFor,
  sessionsOf,
} from '../../db/queries/sessions'
import { decisionList, decisionPage, silenceList, silencePage } from '../../db/queries/silence'
import { supplyOverview } from '../../db/queries/supply'
import { actsWaiting } from '../../db/queries/waiting'
import {
  agendaDocuments,
  agreements,
  documents,
  facilities,
  financingAsks,
  financingRequests,
  followUps,
  hostConsents,
  proposals,
  sessions,
} from '../../db/schema'
import { readComments } from '../../server/comments/read'
import { startThread } from '../../server/comments/start'
import { askConsent } from '../../server/consents/ask'
import { peopleOf } from '../../server/delegations/people'
import { resolveAccess } from '../../server/documents/access'
import { readHistory } from '../../server/documents/read-history'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { readSession } from '../../server/sessions/log'
import { type CaseIds, type Cases, startCases } from '../harness/cases'
import { testDatabase } from '../harness/database'
import { projectFilter, projectInput, type Records, startRecords } from '../harness/records'
import { prepareSession } from '../harness/sessions'

/** What any of the pages may ask, with what its frame asks beside it. */
const MOST = 12

const ALL_NOTICES = { unread: false, topic: null, page: 1 }

let db: Database
let records: Records
let kenya: Actor
let coordinator: Actor
let administrator: Actor
let congo: Actor
let exim: Actor
let secretary: Actor
let cases: Cases
/** One that everything hangs on, more and more. */
let one: CaseIds
let sessionId: string
/** One that was decided by silence. */
let decided: { procedureId: string; number: string; reviewId: string }
let statements = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
  administrator = await records.as('secretariat', 'administrator')
  secretary = await records.as('secretariat', 'secretary')
  congo = await records.as('congo', 'head')
  exim = await records.as('exim', 'head')
  cases = await startCases(db, records)
  await cases.seat(congo)
  one = await cases.at('submitted', { country: 'CD' })
  await askConsent(records.parts, coordinator, one.id, randomUUID(), null)
  sessionId = await session('The first')
  const adopted = await cases.at('endorsed')
  const [procedure] = await silenceList(db, kenya, adopted.id)
  const [decision] = await decisionList(db, kenya)
  decided = {
    ...{ procedureId: procedure?.id ?? '', number: decision?.number ?? '' },
    reviewId: await cases.reviewOf(adopted, cases.reviewers[0]),
  }
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
  const common = { requestId: 'request-0', institutionId: exim.organization.id, currency: 'USD' }
  await db.insert(financingAsks).values(
    Array.from({ length: count }, (_, nth) => ({
      // All over but the last: what an institution may still ask about is looked for once.
      ...{ ...common, id: `of-one-${from + nth}`, sourceName: 'EXIM' },
      stage: nth === count - 1 ? ('enquiry' as const) : ('declined' as const),
    })),
  )
  await db.insert(facilities).values(
    Array.from({ length: count }, (_, nth) => ({
      ...{ id: `facility-${from + nth}`, key: randomUUID(), institutionId: exim.organization.id },
      ...{ name: `Facility ${nth}`, ceiling: '100', currency: 'USD', note: '' },
    })),
  )
  for (let nth = 0; nth < Math.min(count, 5); nth++) {
    await attachTo(await session(`Session ${from + nth}`), one.documentId)
    await startThread(records.parts, kenya, one.documentId, {
      ...{ act: 'start', key: randomUUID(), text: 'How pure?', mentions: [] },
      passage: { fragment: 'summary', ranges: [], quote: 'cobalt', before: '', after: '' },
    })
    const ids = await cases.at('submitted', { country: 'CD' })
    await askConsent(records.parts, coordinator, ids.id, randomUUID(), null)
  }
  await db.update(sessions).set({ status: 'announced' })
  await db.insert(followUps).values(
    Array.from({ length: count }, (_, nth) => ({
      ...{ id: `follow-up-${from + nth}`, sessionId, groupId: cases.groupId, number: 'FORGE-PG-2026-001' },
      ...{ text: 'Report back', ownerId: kenya.organization.id, dueOn: '2027-01-01' },
    })),
  )
  await db.update(proposals).set({ state: 'submitted' })
}

/** Puts a document on the agenda of a session. */
const attachTo = (id: string, documentId: string) =>
  db.insert(agendaDocuments).values({ sessionId: id, itemId: 'item', documentId })

const session = (title: string) => prepareSession(db, secretary, cases.groupId, { title })

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
  'a project': () => projectPage(db, kenya, 'p010'),
  'a proposal': () => proposalPage(db, kenya, one.id),
  'a text': () => documentFor(db, kenya, one.documentId, 'read'),
  'a text’s comments': () => readComments(db, kenya, one.documentId),
  'a text’s history': () =>
    readHistory(records.parts, kenya, one.documentId, { at: null, from: null, compare: false }),
  'where a project is mentioned': () => mentionedIn(db, kenya, { kind: 'project', id: 'p010' }),
  'a review room': () => reviewRoom(db, coordinator, one.id),
  'the list of reviewers': () => poolPage(db, coordinator),
  'a review': () => reviewPage(db, cases.reviewers[0], decided.reviewId),
  'a silence procedure': () => silencePage(db, kenya, decided.procedureId),
  'a decision': () =>
    Promise.all([
      decisionPage(db, kenya, decided.number),
      mentionedIn(db, kenya, { kind: 'decision', id: decided.number }),
    ]),
  'a host’s consents': async () => consentsOfHost(db, congo),
  'a consent': async () => consentPage(db, congo, await oneConsent()),
  'a request': () => requestPage(db, kenya, 'request-0'),
  'a request, for an institution': () => requestPage(db, exim, 'request-0'),
  'an ask': () => askPage(db, exim, 'of-one-0'),
  'facilities, for an institution': () => facilityList(db, exim),
  'a group': () => groupPage(db, kenya, cases.groupId),
  'a group’s sessions': () =>
    Promise.all([
      sessionsOf(db, kenya, cases.groupId),
      minutesToApprove(db, secretary, cases.groupId),
      openFollowUps(db, kenya, cases.groupId),
      documentsOfGroup(db, kenya, cases.groupId),
    ]),
  'a session, its hall and its room': () =>
    Promise.all([sessionFor(db, secretary, sessionId), readSession(db, sessionId)]),
  'what is said beside a session': () => messagesOf(db, secretary, sessionId),
  'follow-ups of one’s own': () => ownFollowUps(db, kenya, kenya.organization.id),
  'a follow-up': () => followUpPage(db, kenya, 'follow-up-0'),
  'a partner': () => partnerOf(db, 'KE'),
  'an agreement': async () => agreementOf(db, await oneAgreement()),
  'a delegation’s people': () => peopleOf(db, kenya, kenya.organization.id),
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

async function oneConsent(): Promise<string> {
  const [first] = await db.select().from(hostConsents).where(eq(hostConsents.proposalId, one.id))
  statements = 0
  return first?.id ?? ''
}

async function oneAgreement(): Promise<string> {
  const [first] = await db.select().from(agreements).orderBy(asc(agreements.id)).limit(1)
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

test('every list, desk, board, search and page of one thing', async () => {
  await more(2, 0)
  const few = await countAll()
  await more(30, 2)
  expect(await countAll()).toEqual(few)
  for (const [name, count] of Object.entries(few)) {
    expect(count, name).toBeGreaterThan(0)
    expect(count, name).toBeLessThanOrEqual(MOST)
  }
})
