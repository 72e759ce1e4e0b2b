/** The host's consent, conflicts of interest that are found and declared, and a declined case that comes back. */
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { consentForm } from '../../app/domain/host-consent'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { proposalCase } from '../../db/queries/cases'
import { consentPage, consentsOfHost } from '../../db/queries/consents'
import { frozenVersion } from '../../db/queries/frozen'
import { noticeList } from '../../db/queries/notices'
import { objectRecord } from '../../db/queries/object-record'
import { reviewPage } from '../../db/queries/reviews'
import { silencePage } from '../../db/queries/silence'
import { actsWaiting } from '../../db/queries/waiting'
import {
  financingAsks,
  financingRequests,
  hostConsents,
  organization,
  proposals,
  reviewInterests,
} from '../../db/schema'
import { answerConsent } from '../../server/consents/answer'
import { askConsent } from '../../server/consents/ask'
import { bringBack } from '../../server/proposals/bring-back'
import { actOnReview } from '../../server/reviews/act'
import { roomOf } from '../../server/reviews/room'
import { type CaseIds, type Cases, startCases } from '../harness/cases'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let cases: Cases
let kenya: Actor
let coordinator: Actor
let congo: Actor
let stranger: Actor

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  cases = await startCases(db, records)
  ;({ kenya, coordinator } = cases)
  congo = await records.as('congo', 'head')
  stranger = await records.as('japan', 'head')
})

const ask = (ids: CaseIds, actor = coordinator, key: string = randomUUID()) =>
  askConsent({ db }, actor, ids.id, key, null)
const consentIdOf = async (ids: CaseIds) => {
  const [row] = await db.select().from(hostConsents).where(eq(hostConsents.proposalId, ids.id))
  return row?.id ?? ''
}
const answer = async (
  ids: CaseIds,
  actor: Actor,
  act: string,
  more: Record<string, string> = {},
  key: string = randomUUID(),
) =>
  answerConsent(
    { db },
    actor,
    await consentIdOf(ids),
    consentForm.parse({ act, key, statement: 'As our ministry decided.', ...more }),
    null,
  )
const stateOf = async (ids: CaseIds) => (await proposalCase(db, kenya, ids.id)).consent?.state
const linesOf = async (actor: Actor) =>
  (await noticeList(db, actor, { unread: false, topic: null, page: 1 })).notices.map(({ kind }) => kind)

describe('the consent of the host', () => {
  test('is not required where the lead’s own country hosts it', async () => {
    const ids = await cases.at('in_decision')
    expect(await stateOf(ids)).toBe('not_required')
    await expect(ask(ids)).rejects.toMatchObject({ fault: 'conflict' })
    await expect(cases.silence(ids)).resolves.toEqual(expect.any(String))
  })

  test('nothing is endorsed before it is given, and the host’s head gives it', async () => {
    const ids = await cases.at('in_decision', { country: 'CD' })
    expect(await stateOf(ids)).toBeNull()
    await expect(cases.silence(ids)).rejects.toMatchObject({
      fault: 'conflict',
      message: expect.stringContaining('was not asked for its consent'),
    })
    await expect(ask(ids, kenya)).rejects.toMatchObject({ fault: 'forbidden' })
    await expect(ask(ids, stranger)).rejects.toMatchObject(NOT_FOUND)
    const key = randomUUID()
    await ask(ids, coordinator, key)
    await ask(ids, coordinator, key)
    await expect(ask(ids)).rejects.toMatchObject({ fault: 'conflict' })
    await expect(cases.silence(ids)).rejects.toMatchObject({
      message: expect.stringContaining('has not given its consent'),
    })

    const id = await consentIdOf(ids)
    expect((await actsWaiting(db, congo)).map(({ path }) => path)).toContain(`/consents/${id}`)
    expect(await linesOf(congo)).toContain('consent_asked')
    expect((await consentsOfHost(db, congo)).map((one) => one.id)).toContain(id)
    expect(await consentPage(db, congo, id)).toMatchObject({ state: 'requested', readsCase: false })
    expect((await frozenVersion(db, congo, ids.id, 1, null)).isReader).toBe(false)
    await expect(proposalCase(db, congo, ids.id)).rejects.toMatchObject(NOT_FOUND)
    await expect(consentPage(db, stranger, id)).rejects.toMatchObject(NOT_FOUND)
    await expect(frozenVersion(db, stranger, ids.id, 1, null)).rejects.toMatchObject(NOT_FOUND)
    await expect(answer(ids, stranger, 'give')).rejects.toMatchObject(NOT_FOUND)
    for (const actor of [kenya, coordinator, await records.as('congo', 'delegate')])
      await expect(answer(ids, actor, 'give')).rejects.toMatchObject({ fault: 'forbidden' })

    const once = randomUUID()
    await answer(ids, congo, 'give', {}, once)
    await answer(ids, congo, 'give', {}, once)
    expect((await consentPage(db, kenya, id)).steps).toMatchObject([
      { after: 'given', signedBy: congo.name, statement: 'As our ministry decided.' },
      { after: 'requested', signedBy: coordinator.name },
    ])
    expect(await linesOf(kenya)).toContain('consent_answered')
    const { entries } = await objectRecord(db, kenya, 'proposal', ids.id)
    expect(entries.map(({ what }) => what)).toContain('gave the host’s consent')
    await cases.deadlinePasses(await cases.silence(ids))
    expect((await proposalCase(db, kenya, ids.id)).state).toBe('endorsed')
    await expect(answer(ids, congo, 'withdraw')).rejects.toMatchObject({ fault: 'conflict' })
  })

  test('a consent that is withdrawn ends the silence that would endorse, and given again opens the way', async () => {
    const ids = await cases.at('in_decision', { country: 'CD' })
    await ask(ids)
    await answer(ids, congo, 'give')
    const procedure = await cases.silence(ids)
    await answer(ids, congo, 'withdraw')
    expect((await silencePage(db, coordinator, procedure)).procedure.state).toBe('cancelled')
    await expect(cases.silence(ids)).rejects.toMatchObject({ fault: 'conflict' })
    await answer(ids, congo, 'give')
    await cases.silence(ids)
  })

  test('a refusal stops the case: it is not sent to review, and can be declined only', async () => {
    const screened = await cases.at('screening', { country: 'CD' })
    await ask(screened)
    await answer(screened, congo, 'refuse')
    await expect(cases.move(screened, coordinator, 'send_to_review', 'screening')).rejects.toMatchObject({
      fault: 'conflict',
      message: expect.stringContaining('refused its consent'),
    })
    await expect(answer(screened, congo, 'give')).rejects.toMatchObject({ fault: 'conflict' })
    const decided = await cases.at('in_decision', { country: 'CD' })
    await ask(decided)
    await answer(decided, congo, 'refuse')
    await expect(cases.silence(decided)).rejects.toMatchObject({ fault: 'conflict' })
    await cases.deadlinePasses(await cases.silence(decided, 'declined'))
    expect((await proposalCase(db, kenya, decided.id)).state).toBe('declined')
  })

  test('of a host without a head a coordinator records the letter, under the name that signed it', async () => {
    const ids = await cases.at('screening', { country: 'AO' })
    await ask(ids)
    await expect(answer(ids, coordinator, 'give')).rejects.toMatchObject({
      fault: 'invalid',
      fields: { signedBy: [expect.any(String)], reference: [expect.any(String)] },
    })
    const letter = { signedBy: 'Minister of Mineral Resources', reference: 'MIREMPET 114/2026' }
    await expect(answer(ids, kenya, 'give', letter)).rejects.toMatchObject({ fault: 'forbidden' })
    await answer(ids, coordinator, 'give', letter)
    expect((await consentPage(db, coordinator, await consentIdOf(ids))).steps[0]).toMatchObject(letter)
  })
})

describe('conflicts of interest', () => {
  const choicesOf = async (ids: CaseIds) => (await roomOf(db, coordinator, ids.id))?.choices ?? []

  test('the operator’s owner, and who finances it, keep a country’s people from reviewing; who was asked is disclosed', async () => {
    const [korean] = cases.reviewers
    const owned = await cases.at('submitted')
    await db.execute(
      `insert into proposal_fields (proposal_id, seq, operator, operator_country_iso2, timetable, problems, words)
       values ('${owned.id}', 1, 'Example Metals', 'KR', '{}', '[]', '{}')
       on conflict (proposal_id) do update set operator = excluded.operator, operator_country_iso2 = 'KR'`,
    )
    expect((await choicesOf(owned)).find(({ id }) => id === korean.userId)?.conflicts).toEqual([
      {
        ...{ kind: 'operator_nationality', effect: 'block' },
        why: 'the operator, Example Metals, is owned from South Korea',
      },
    ])
    await expect(cases.ask(owned, korean)).rejects.toMatchObject({
      fields: { reviewers: [expect.stringContaining('is owned from')] },
    })

    const financed = await cases.at('submitted')
    const [kexim] = await db.select().from(organization).where(eq(organization.slug, 'institution-kexim'))
    const request = { id: randomUUID(), projectId: financed.projectId, title: 'Announced' }
    await db
      .insert(financingRequests)
      .values({ ...request, state: 'announced' as const, marking: 'public' as const })
    const askId = randomUUID()
    await db.insert(financingAsks).values({
      ...{ id: askId, requestId: request.id, institutionId: kexim?.id ?? '', sourceName: 'KEXIM' },
      currency: 'USD',
    })
    expect((await choicesOf(financed)).find(({ id }) => id === korean.userId)?.conflicts).toMatchObject([
      { kind: 'financier', effect: 'disclose', why: expect.stringContaining('was asked to finance') },
    ])
    await cases.ask(financed, korean)
    const [known] = await db
      .select()
      .from(reviewInterests)
      .where(eq(reviewInterests.reviewId, await cases.reviewOf(financed, korean)))
    expect(known).toMatchObject({ kind: 'financier', how: 'detected' })
    await db.update(financingAsks).set({ stage: 'approved' }).where(eq(financingAsks.id, askId))
    await expect(cases.ask(financed, cases.reviewers[1])).rejects.toMatchObject({
      fields: { reviewers: [expect.stringContaining('finances the project')] },
    })
  })

  test('a reviewer declares an interest and goes on; the secretariat reads it, others do not', async () => {
    const ids = await cases.at('screening')
    const [reviewer, other] = cases.reviewers
    const id = await cases.reviewOf(ids, reviewer)
    const wish = {
      ...{ act: 'disclose' as const, key: randomUUID(), kind: 'personal' as const },
      reason: 'I advised the ministry on another site in 2019.',
    }
    await actOnReview({ db }, reviewer, id, wish, null)
    await actOnReview({ db }, reviewer, id, wish, null)
    await expect(actOnReview({ db }, other, id, { ...wish, key: randomUUID() }, null)).rejects.toMatchObject(
      NOT_FOUND,
    )
    const room = await roomOf(db, coordinator, ids.id)
    expect(room?.reviews.find((one) => one.id === id)).toMatchObject({
      state: 'accepted',
      interests: [{ how: 'declared', kind: 'personal', text: wish.reason }],
    })
    expect((await reviewPage(db, reviewer, id)).interests).toHaveLength(1)
    expect(JSON.stringify(await objectRecord(db, kenya, 'proposal', ids.id))).not.toContain('advised')
    expect(await linesOf(coordinator)).toContain('review_answered')
  })
})

describe('a declined case', () => {
  test('comes back once, as a draft with its text, and each names the other', async () => {
    const ids = await cases.at('declined', { grants: [{ to: stranger, level: 'write' }] })
    const delegate = await records.as('kenya', 'delegate')
    for (const actor of [await records.as('kenya', 'adviser'), stranger, coordinator])
      await expect(bringBack(records.parts, actor, ids.id, null)).rejects.toMatchObject({
        fault: 'forbidden',
      })
    await expect(bringBack(records.parts, congo, ids.id, null)).rejects.toMatchObject(NOT_FOUND)
    const back = await bringBack(records.parts, delegate, ids.id, null)
    await expect(bringBack(records.parts, kenya, ids.id, null)).rejects.toMatchObject({ fault: 'conflict' })
    const page = await proposalCase(db, kenya, back)
    expect(page).toMatchObject({
      state: 'draft',
      missing: [],
      cameFrom: { id: ids.id, state: 'declined', decision: expect.stringMatching(/^FORGE-PG-/) },
      cameBackAs: null,
    })
    expect(await proposalCase(db, kenya, ids.id)).toMatchObject({ cameFrom: null, cameBackAs: { id: back } })
    // Who took part in the old one is not told of the new one.
    expect((await proposalCase(db, stranger, ids.id)).cameBackAs).toBeNull()
    await expect(proposalCase(db, stranger, back)).rejects.toMatchObject(NOT_FOUND)
    await cases.move({ id: back }, kenya, 'submit', 'draft')
    expect((await proposalCase(db, coordinator, back)).cameFrom?.id).toBe(ids.id)
    expect(await db.$count(proposals, eq(proposals.returnOf, ids.id))).toBe(1)
  })

  test('no other does', async () => {
    for (const state of ['in_review', 'withdrawn', 'endorsed'] as const)
      await expect(bringBack(records.parts, kenya, (await cases.at(state)).id, null)).rejects.toMatchObject({
        fault: 'conflict',
      })
  })
})
