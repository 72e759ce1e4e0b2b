/** From screening to the decision: reviewers, hidden marks, silence that is broken and silence that holds. */
import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import type { ProposalState } from '../../app/domain/project-stage'
import type { ProposalMove } from '../../app/domain/proposal-machine'
import { FIELDS_MAP, PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import type { BulkAssign } from '../../app/domain/queue'
import { CRITERIA, sheetForm } from '../../app/domain/review'
import { silenceForm } from '../../app/domain/silence'
import { wallClock } from '../../app/domain/zoned'
import type { Database } from '../../db/connection'
import { deadlinesOf } from '../../db/queries/deadlines'
import { frozenVersion } from '../../db/queries/frozen'
import { objectRecord } from '../../db/queries/object-record'
import { proposalPage } from '../../db/queries/proposals'
import { myReviews, poolPage, questionsOnVersion, reviewPage, reviewRoom } from '../../db/queries/reviews'
import { decisionList, decisionPage, silencePage } from '../../db/queries/silence'
import {
  decisions,
  groupMembers,
  notices,
  proposals,
  reviews,
  silenceProcedures,
  workingGroups,
} from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { calendarOf, endFeed, makeFeed } from '../../server/calendar/feed'
import { grant } from '../../server/documents/grant'
import { newId } from '../../server/ids'
import { remindOfDeadlines } from '../../server/notices/deadlines'
import { createProject } from '../../server/projects/create'
import { letterPdf } from '../../server/proposals/letter'
import { moveProposal } from '../../server/proposals/move'
import { readFrozen } from '../../server/proposals/read-frozen'
import { startProposal } from '../../server/proposals/start'
import { actOnReview } from '../../server/reviews/act'
import { assignReviewers } from '../../server/reviews/assign'
import { bulkAssign, bulkRemind } from '../../server/reviews/bulk'
import { endReviewer, nameReviewer } from '../../server/reviews/pool'
import { answerQuestion, askAuthors } from '../../server/reviews/questions'
import { breakSilence, cancelSilence } from '../../server/silence/break'
import { closeDue } from '../../server/silence/close'
import { openSilence } from '../../server/silence/open'
import { dropView, keepView, viewsOf } from '../../server/views/saved'
import { testDatabase } from '../harness/database'
import { textOfPdf, withoutSpaces } from '../harness/pdf-text'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let coordinator: Actor
/** Reviewers: two of Congo, one of Japan, one of Kenya that may not. */
let first: Actor
let second: Actor
let third: Actor
let groupId: string
let proposalId: string
let turn = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  await ensureGroups(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
  first = await records.as('congo', 'delegate')
  second = await records.as('congo', 'adviser')
  third = await records.as('japan', 'delegate')
  for (const { email } of [first, second, third, await records.as('kenya', 'delegate')])
    await nameReviewer(db, coordinator, email, null)
  const [group] = await db.select().from(workingGroups).where(eq(workingGroups.code, 'PG'))
  groupId = group?.id ?? ''
  for (const { organization } of [kenya, japan, congo])
    await db.insert(groupMembers).values({
      ...{ id: newId(), groupId, delegationId: organization.id, from: '2026-02-04' },
      role: organization.id === japan.organization.id ? ('chair' as const) : ('member' as const),
    })
}, 60_000)

const move = (
  actor: Actor,
  what: ProposalMove,
  seen: ProposalState,
  more: { reason?: string; group?: string } = {},
) =>
  moveProposal(
    records.parts,
    actor,
    proposalId,
    { move: what, key: randomUUID(), seen, reason: '', group: '', ...more },
    '192.0.2.7',
  )

const REASON = 'The case is sound; two conditions stand in the text.'

async function submitted(): Promise<void> {
  turn += 1
  const projectId = await createProject(db, kenya, projectInput({ title: `Review ${turn}` }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  const { channelId } = (await proposalPage(db, kenya, proposalId)).document
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const { fragment, title } of PROPOSAL_SECTIONS) {
      const element = new Y.XmlElement('paragraph')
      element.insert(0, [new Y.XmlText(`${title} in words.`)])
      doc.getXmlFragment(fragment).push([element])
    }
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
  await records.channels.append(
    { userId: kenya.userId, organizationId: kenya.organization.id },
    channelId,
    Y.encodeStateAsUpdate(doc),
  )
  await move(kenya, 'submit', 'draft')
  await move(coordinator, 'take_up', 'submitted')
}

const ask = (...people: Actor[]) =>
  assignReviewers(
    records.parts,
    coordinator,
    proposalId,
    { reviewers: people.map(({ userId }) => userId), days: 21 },
    null,
  )
const reviewOf = async (actor: Actor) => {
  const rows = await db.select().from(reviews).where(eq(reviews.proposalId, proposalId))
  const found = rows.find((row) => row.reviewerId === actor.userId)
  if (!found) throw new Error('not asked')
  return found.id
}
const act = async (actor: Actor, wish: Parameters<typeof actOnReview>[3], id?: string) =>
  actOnReview(records.parts, actor, id ?? (await reviewOf(actor)), wish, null)

const sheet = (mark: string) =>
  sheetForm.parse({
    ...Object.fromEntries(CRITERIA.map(({ id }) => [`mark.${id}`, mark])),
    ...Object.fromEntries(CRITERIA.map(({ id }) => [`reason.${id}`, 'As the text shows.'])),
    recommendation: 'endorse',
    noteToApplicant: 'State the offtake in tonnes.',
    noteToSecretariat: 'The lender is known to us.',
  })
const handIn = (actor: Actor, mark: string) => act(actor, { act: 'hand_in', sheet: sheet(mark), draft: {} })

async function recommended(): Promise<void> {
  await submitted()
  await ask(first, second)
  for (const actor of [first, second]) await act(actor, { act: 'accept' })
  await move(coordinator, 'send_to_review', 'screening')
  await handIn(first, '4')
  await handIn(second, '2')
  await move(coordinator, 'recommend', 'in_review', { reason: REASON, group: groupId })
}

const silenceInput = (hours = 80) =>
  silenceForm.parse({
    key: randomUUID(),
    outcome: 'endorsed',
    text: 'The Project Group endorses the proposal on its second version.',
    at: wallClock(new Date(Date.now() + hours * 3_600_000), 'Africa/Nairobi'),
    zone: 'Africa/Nairobi',
  })
const open = () => openSilence(records.parts, coordinator, proposalId, silenceInput(), null)
/** The deadline lies a minute behind, as after three days. */
const passDeadline = (id: string) =>
  db
    .update(silenceProcedures)
    .set({ deadline: sql`now() - interval '1 minute'` })
    .where(eq(silenceProcedures.id, id))
const objection = { kind: 'objection' as const, reason: 'The offtake was not discussed with us.' }
const breaks = (actor: Actor, id: string, receivedAt = new Date(), key = randomUUID()) =>
  breakSilence(records.parts, actor, id, { key, ...objection }, { from: null, receivedAt })
const stateOf = async () =>
  (await db.select({ state: proposals.state }).from(proposals).where(eq(proposals.id, proposalId)))[0]?.state

describe('asking reviewers', () => {
  beforeEach(submitted)

  test('only coordinators keep the list, and to others it does not exist', async () => {
    for (const actor of [kenya, await records.as('secretariat', 'administrator')]) {
      await expect(poolPage(db, actor)).rejects.toMatchObject(NOT_FOUND)
      await expect(nameReviewer(db, actor, congo.email, null)).rejects.toMatchObject(NOT_FOUND)
      await expect(endReviewer(db, actor, first.userId, null)).rejects.toMatchObject(NOT_FOUND)
    }
    await expect(
      assignReviewers(records.parts, congo, proposalId, { reviewers: [first.userId], days: 5 }, null),
    ).rejects.toMatchObject(NOT_FOUND)
    await expect(
      assignReviewers(records.parts, kenya, proposalId, { reviewers: [first.userId], days: 5 }, null),
    ).rejects.toMatchObject({ fault: 'forbidden' })
  })

  test('nobody of a delegation that takes part, and nobody at all when one of them may not', async () => {
    const own = await records.as('kenya', 'delegate')
    await expect(ask(first, own)).rejects.toMatchObject({
      fault: 'invalid',
      fields: { reviewers: [expect.stringContaining('Kenya takes part in the proposal')] },
    })
    const { documentId } = (await db.select().from(proposals).where(eq(proposals.id, proposalId)))[0] ?? {}
    await grant(
      records.parts,
      kenya,
      documentId ?? '',
      { delegationId: japan.organization.id, level: 'comment' },
      null,
    )
    await expect(ask(third)).rejects.toMatchObject({ fault: 'invalid' })
    await expect(ask(kenya)).rejects.toMatchObject({ fault: 'invalid' })
    expect(await db.$count(reviews, eq(reviews.proposalId, proposalId))).toBe(0)
    await ask(first)
    await ask(first, second)
    expect(await db.$count(reviews, eq(reviews.proposalId, proposalId))).toBe(2)
  })

  test('a review begins with two who accepted', async () => {
    await expect(move(coordinator, 'send_to_review', 'screening')).rejects.toMatchObject({
      fault: 'conflict',
    })
    await ask(first, second)
    await act(first, { act: 'accept' })
    await expect(move(coordinator, 'send_to_review', 'screening')).rejects.toMatchObject({
      fault: 'conflict',
    })
    expect(await stateOf()).toBe('screening')
    await act(second, { act: 'accept' })
    await move(coordinator, 'send_to_review', 'screening')
    expect(await stateOf()).toBe('in_review')
  })
})

describe('many at once', () => {
  beforeEach(submitted)
  const input = (more: Partial<BulkAssign> = {}): BulkAssign => ({
    ...{ ids: [proposalId, 'not-a-proposal'], reviewer: '', count: 2, days: 14 },
    ...more,
  })

  test('who has least to do is asked, nobody of a delegation that takes part, and a reminder comes once a day', async () => {
    const outcomes = await bulkAssign(db, coordinator, input(), null)
    expect(outcomes).toMatchObject([{ done: true, words: expect.stringMatching(/^asked /) }])
    const asked = await db.select().from(reviews).where(eq(reviews.proposalId, proposalId))
    expect(asked).toHaveLength(2)
    expect(asked.map(({ organizationId }) => organizationId)).not.toContain(kenya.organization.id)
    const own = await records.as('kenya', 'delegate')
    expect(await bulkAssign(db, coordinator, input({ reviewer: own.userId }), null)).toMatchObject([
      { done: false, words: expect.stringContaining('Kenya takes part in the proposal') },
    ])
    expect(await bulkRemind(db, coordinator, [proposalId], null)).toMatchObject([
      { done: true },
      { done: true },
    ])
    expect(await bulkRemind(db, coordinator, [proposalId], null)).toMatchObject([
      { done: false },
      { done: false },
    ])
  })

  test('to others none of it exists', async () => {
    for (const actor of [kenya, first, await records.as('secretariat', 'administrator')]) {
      await expect(bulkAssign(db, actor, input(), null)).rejects.toMatchObject(NOT_FOUND)
      await expect(bulkRemind(db, actor, [proposalId], null)).rejects.toMatchObject(NOT_FOUND)
    }
    expect(await db.$count(reviews, eq(reviews.proposalId, proposalId))).toBe(0)
  })

  test('views are one’s own', async () => {
    const place = '/reviews/queue'
    await keepView(db, coordinator, place, { name: 'Late', query: 'late=1' })
    await keepView(db, coordinator, place, { name: 'Late', query: 'late=1&view=board' })
    const [view] = await viewsOf(db, coordinator, place)
    expect(view).toMatchObject({ name: 'Late', query: 'late=1&view=board' })
    expect(await viewsOf(db, kenya, place)).toEqual([])
    await dropView(db, kenya, view?.id ?? '')
    expect(await viewsOf(db, coordinator, place)).toHaveLength(1)
    await dropView(db, coordinator, view?.id ?? '')
    expect(await viewsOf(db, coordinator, place)).toEqual([])
  })
})

test('the record of a proposal is there for who may read it, without a word of its reviewers', async () => {
  await submitted()
  await ask(first, second)
  await move(coordinator, 'request_changes', 'screening', { reason: REASON })
  for (const actor of [kenya, coordinator]) {
    const { entries } = await objectRecord(db, actor, 'proposal', proposalId)
    expect(entries.map(({ what }) => what)).toEqual([
      'requested changes',
      'took up the screening',
      'submitted it',
      'began the proposal',
    ])
    expect(JSON.stringify(entries)).not.toContain(first.userId)
    expect(entries[0]?.change).toBe(REASON)
  }
  for (const actor of [japan, first, await records.as('secretariat', 'administrator')])
    await expect(objectRecord(db, actor, 'proposal', proposalId)).rejects.toMatchObject(NOT_FOUND)
  expect((await objectRecord(db, congo, 'group', groupId)).title).toContain('Group')
})

describe('deadlines and the calendar', () => {
  const ORIGIN = 'https://portal.example'

  test('each by their own rights; a calendar names nothing restricted, and ends with its address', async () => {
    await submitted()
    await ask(first)
    const reviewId = await reviewOf(first)
    const idsOf = async (actor: Actor) => (await deadlinesOf(db, actor)).map(({ id }) => id)
    expect(await idsOf(first)).toContain(`review-${reviewId}`)
    expect(await idsOf(second)).not.toContain(`review-${reviewId}`)
    expect(await idsOf(kenya)).toContain(`case-${proposalId}-screening`)
    expect(await idsOf(coordinator)).toContain(`case-${proposalId}-screening`)
    expect(await idsOf(japan)).not.toContain(`case-${proposalId}-screening`)

    await expect(calendarOf(db, ORIGIN, 'x'.repeat(43))).rejects.toMatchObject(NOT_FOUND)
    const old = await makeFeed(db, first, null)
    const token = await makeFeed(db, first, null)
    await expect(calendarOf(db, ORIGIN, old)).rejects.toMatchObject(NOT_FOUND)
    const calendar = (await calendarOf(db, ORIGIN, token)).replaceAll('\r\n ', '')
    expect(calendar).toContain(`UID:review-${reviewId}@portal.example`)
    expect(calendar).toMatch(/DTSTART;VALUE=DATE:\d{8}/)
    expect(calendar).not.toContain(`Review ${turn}`)
    await act(first, { act: 'recuse', kind: 'personal', reason: 'My cousin works there.' })
    expect(await calendarOf(db, ORIGIN, token)).not.toContain(reviewId)
    await endFeed(db, first, null)
    await expect(calendarOf(db, ORIGIN, token)).rejects.toMatchObject(NOT_FOUND)
  })

  test('of what is near its people are told once for each distance', async () => {
    await submitted()
    await ask(first)
    const reviewId = await reviewOf(first)
    const at = (days: number) => new Date(Date.now() + (21 - days) * 86_400_000)
    const told = () =>
      db.$count(notices, and(eq(notices.objectId, reviewId), eq(notices.kind, 'deadline_near')))
    const before = await told()
    await remindOfDeadlines(db, at(5))
    expect(await told()).toBe(before)
    for (const days of [3, 3, 2, 1, 1, 0]) await remindOfDeadlines(db, at(days))
    expect(await told()).toBe(before + 2)
    await remindOfDeadlines(db, at(-1))
    expect(await told()).toBe(before + 2)
  })
})

describe('a review', () => {
  beforeEach(async () => {
    await submitted()
    await ask(first, second)
  })

  test('is not there for anybody else, nor its frozen version before it is accepted', async () => {
    const id = await reviewOf(first)
    for (const actor of [second, third, kenya, await records.as('secretariat', 'administrator')]) {
      await expect(reviewPage(db, actor, id)).rejects.toMatchObject(NOT_FOUND)
      await expect(act(actor, { act: 'accept' }, id)).rejects.toMatchObject(NOT_FOUND)
      await expect(
        askAuthors(
          db,
          actor,
          { reviewId: id },
          { key: randomUUID(), fragment: 'esg', text: 'Who pays?' },
          null,
        ),
      ).rejects.toMatchObject(NOT_FOUND)
    }
    await expect(frozenVersion(db, first, proposalId, 1, null)).rejects.toMatchObject(NOT_FOUND)
    await act(first, { act: 'accept' })
    const frozen = await readFrozen(records.parts, first, proposalId, 1, null)
    expect(JSON.stringify(frozen.sections)).toContain('Summary in words.')
    await expect(frozenVersion(db, third, proposalId, 1, null)).rejects.toMatchObject(NOT_FOUND)
    await act(first, { act: 'recuse', kind: 'personal', reason: 'My brother works for the operator.' })
    await expect(frozenVersion(db, first, proposalId, 1, null)).rejects.toMatchObject(NOT_FOUND)
    await expect(reviewPage(db, first, id)).rejects.toMatchObject(NOT_FOUND)
    expect((await myReviews(db, first)).some((one) => one.id === id)).toBe(false)
  })

  test('hides the others’ marks until one’s own are handed in; a later sheet is kept beside the first', async () => {
    for (const actor of [first, second]) await act(actor, { act: 'accept' })
    await handIn(first, '5')
    const before = await reviewPage(db, second, await reviewOf(second))
    expect(before.others).toBeNull()
    expect(before.result).toBeNull()
    expect(JSON.stringify(before)).not.toContain('As the text shows.')
    await handIn(second, '1')
    const after = await reviewPage(db, second, await reviewOf(second))
    expect(after.others?.length).toBe(1)
    expect(after.result).toMatchObject({ mean: 3, low: 1, high: 5, sheets: 2 })
    await handIn(second, '1')
    expect((await reviewPage(db, second, await reviewOf(second))).sheets.length).toBe(1)
    await handIn(second, '2')
    const room = await reviewRoom(db, coordinator, proposalId)
    expect(
      room?.reviews.find((one) => one.reviewerId === second.userId)?.sheets.map(({ number }) => number),
    ).toEqual([2, 1])
    expect(room?.result.mean).toBe(3.5)
    expect(await reviewRoom(db, kenya, proposalId)).toBeNull()
  })

  test('asks the authors, who do not learn who asked, and answer once', async () => {
    await act(first, { act: 'accept' })
    const key = randomUUID()
    const question = { key, fragment: 'market', text: 'Who buys it, and for how long?' }
    for (let i = 0; i < 2; i++)
      await askAuthors(db, first, { reviewId: await reviewOf(first) }, question, null)
    const { questions } = await reviewPage(db, first, await reviewOf(first))
    expect(questions.length).toBe(1)
    const id = questions[0]?.id ?? ''
    const answer = { question: id, answer: 'Toyota Tsusho, for ten years.' }
    await expect(answerQuestion(db, congo, proposalId, answer, null)).rejects.toMatchObject(NOT_FOUND)
    const reader = await records.as('kenya', 'reader')
    await expect(answerQuestion(db, reader, proposalId, answer, null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await answerQuestion(db, kenya, proposalId, answer, null)
    await expect(answerQuestion(db, kenya, proposalId, answer, null)).rejects.toMatchObject({
      fault: 'conflict',
    })
    const beside = (actor: Actor) => questionsOnVersion(db, actor, proposalId, 1)
    expect((await beside(first)).where).toEqual({ reviewId: await reviewOf(first) })
    expect((await beside(coordinator)).where).toEqual({ proposalId })
    expect(await beside(kenya)).toMatchObject({ where: null, questions: [{ askedBy: null }] })
    expect(await beside(japan)).toEqual({ where: null, questions: [] })
  })
})

describe('the decision', () => {
  beforeEach(recommended)

  test('only a coordinator opens it, with the group’s notice; only a head of the group breaks it', async () => {
    for (const actor of [congo, first])
      await expect(openSilence(records.parts, actor, proposalId, silenceInput(), null)).rejects.toMatchObject(
        NOT_FOUND,
      )
    await expect(openSilence(records.parts, kenya, proposalId, silenceInput(), null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await expect(
      openSilence(records.parts, coordinator, proposalId, silenceInput(5), null),
    ).rejects.toMatchObject({
      fields: { at: [expect.stringContaining('72 hours')] },
    })
    const id = await open()
    await expect(open()).rejects.toMatchObject({
      fault: 'conflict',
      message: expect.stringMatching(
        /^\S.* \(Secretariat\) opened a silence procedure over it meanwhile: it runs until/,
      ),
    })
    const administrator = await records.as('secretariat', 'administrator')
    await expect(silencePage(db, administrator, id)).rejects.toMatchObject(NOT_FOUND)
    await expect(breaks(administrator, id)).rejects.toMatchObject(NOT_FOUND)
    await expect(breaks(first, id)).rejects.toMatchObject({ fault: 'forbidden' })
    await expect(cancelSilence(records.parts, congo, id, null)).rejects.toMatchObject({ fault: 'forbidden' })
    expect((await silencePage(db, congo, id)).mayBreak).toBe(true)
    expect((await frozenVersion(db, congo, proposalId, 1, null)).version.number).toBe(1)
  })

  test('a break in time ends it for all; it counts once; another procedure may hold', async () => {
    const id = await open()
    const key = randomUUID()
    for (let i = 0; i < 2; i++) await breaks(congo, id, new Date(), key)
    expect((await silencePage(db, japan, id)).breaks).toMatchObject([
      { reason: objection.reason, by: congo.email },
    ])
    await expect(breaks(japan, id)).rejects.toMatchObject({ fault: 'conflict' })
    await passDeadline(id)
    expect(await closeDue(records.parts, 0)).toEqual([])
    expect(await stateOf()).toBe('in_decision')

    const again = await open()
    await passDeadline(again)
    const closed = await Promise.all([1, 2, 3].map(() => closeDue(records.parts, 0)))
    expect(closed.flat()).toEqual([again])
    expect(await stateOf()).toBe('endorsed')
    const [decision] = (await decisionList(db, kenya)).slice(0, 1)
    expect(decision?.number).toMatch(/^FORGE-PG-2026-\d{3}$/)
    expect(await decisionPage(db, congo, decision?.number ?? '')).toMatchObject({
      how: 'silence',
      version: 1,
    })
    await expect(
      decisionPage(db, await records.as('secretariat', 'administrator'), decision?.number ?? ''),
    ).rejects.toMatchObject(NOT_FOUND)
  })

  test('the letter says what was decided, on which version, with the result and without the reviewers’ names', async () => {
    const { parts } = records
    await expect(letterPdf(parts, kenya, proposalId, null)).rejects.toMatchObject(NOT_FOUND)
    await passDeadline(await open())
    await closeDue(parts, 0)
    for (const actor of [first, japan, await records.as('secretariat', 'administrator')])
      await expect(letterPdf(parts, actor, proposalId, null)).rejects.toMatchObject(NOT_FOUND)
    const { bytes, name } = await letterPdf(parts, kenya, proposalId, null)
    expect(name).toMatch(/^FORGE-PG-2026-\d{3}\.pdf$/)
    const text = await textOfPdf(bytes)
    for (const words of [
      'The delegation of Kenya',
      'Endorsed',
      'The Project Group endorses the proposal on its second version.',
      '2 reviewers gave it 3.0 of 5',
      'the lowest gave 2.0, the highest 4.0',
      'Reviewer 1: State the offtake in tonnes.',
    ])
      expect(text).toContain(withoutSpaces(words))
    for (const secret of [first.email, second.email, 'The lender is known to us.'])
      expect(text).not.toContain(withoutSpaces(secret))
  })

  test('by the instant of receipt: a millisecond before the deadline counts, the deadline itself does not', async () => {
    const id = await open()
    const deadline = new Date(Date.now() - 5_000)
    await db.update(silenceProcedures).set({ deadline }).where(eq(silenceProcedures.id, id))
    await expect(breaks(congo, id, deadline)).rejects.toMatchObject({ fault: 'conflict' })
    await breaks(congo, id, new Date(deadline.getTime() - 1))
    expect((await silencePage(db, congo, id)).procedure.state).toBe('broken')
  })

  test('a proposal that is withdrawn meanwhile is not adopted', async () => {
    const id = await open()
    await move(kenya, 'withdraw', 'in_decision')
    await passDeadline(id)
    await closeDue(records.parts, 0)
    expect(await stateOf()).toBe('withdrawn')
    expect((await silencePage(db, coordinator, id)).procedure.state).toBe('cancelled')
  })
})

test('decisions are numbered without gaps and doubles, however many are adopted at once', async () => {
  const ids: string[] = []
  for (let i = 0; i < 4; i++) {
    await recommended()
    ids.push(await open())
  }
  for (const id of ids) await passDeadline(id)
  await Promise.all([1, 2, 3, 4].map(() => closeDue(records.parts, 0)))
  const rows = await db.select().from(decisions).orderBy(decisions.nth)
  expect(rows.map(({ nth }) => nth)).toEqual(rows.map((_, index) => index + 1))
  await expect(db.update(decisions).set({ title: 'x' })).rejects.toThrow()
})
