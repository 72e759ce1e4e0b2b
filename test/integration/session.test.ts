/** A working group in session on a real database: acts, rights, votes at once, and a ballot that nobody can read. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MARKINGS } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { ACT_NEEDS, type ActName, type SessionActInput } from '../../app/domain/session/acts'
import { draftPaper, receiptOf, unblind } from '../../app/domain/session/blind'
import { type Choice, SESSION_STATUSES } from '../../app/domain/session/model'
import { loader as hall } from '../../app/routes/sessions.$id_.hall'
import type { Database } from '../../db/connection'
import { deadlinesOf } from '../../db/queries/deadlines'
import { followUpPage, openFollowUps, ownFollowUps } from '../../db/queries/follow-ups'
import { scopedSession } from '../../db/queries/session-scope'
import { messagesOf, sessionFor, sessionsOf } from '../../db/queries/sessions'
import { decisionList } from '../../db/queries/silence'
import {
  auditEntries,
  ballotBoxes,
  ballots,
  channelEntries,
  decisions,
  groupMembers,
  organization,
  sessionReaders,
  sessions,
  sessionVotes,
  workingGroups,
} from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { resolveAccess } from '../../server/documents/access'
import { boxOf, castBallot } from '../../server/sessions/ballot-box'
import { finishFollowUp } from '../../server/sessions/finish-follow-up'
import { readSession } from '../../server/sessions/log'
import { shownText } from '../../server/sessions/shown-text'
import { testDatabase } from '../harness/database'
import { everyAct } from '../harness/every-act'
import { asksOf } from '../harness/loaders'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'
import { doAct, openSession, prepareSession, seatAll } from '../harness/sessions'

let db: Database
let records: Records
let groupId: string
/** Japan chairs, Kenya is a member, Congo observes. */
let chair: Actor
let kenya: Actor
let kenyaDelegate: Actor
let observer: Actor
let secretary: Actor
let coordinator: Actor
let administrator: Actor
let sessionId: string

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  await ensureGroups(db)
  chair = await records.as('japan', 'head')
  kenya = await records.as('kenya', 'head')
  kenyaDelegate = await records.as('kenya', 'delegate')
  observer = await records.as('congo', 'head')
  secretary = await records.as('secretariat', 'secretary')
  coordinator = await records.as('secretariat', 'coordinator')
  administrator = await records.as('secretariat', 'administrator')
  const [group] = await db.select().from(workingGroups).where(eq(workingGroups.code, 'PG'))
  groupId = group?.id ?? ''
  await seatAll(db, groupId, [
    [chair.organization.id, 'chair'],
    [kenya.organization.id, 'member'],
    [observer.organization.id, 'observer'],
  ])
}, 60_000)

const prepare = (more: { marking?: 'group' | 'restricted'; readers?: string[] } = {}) =>
  prepareSession(db, secretary, groupId, { title: 'Ninth session', ...more })

const act = (actor: Actor, input: SessionActInput, key = randomUUID(), id = sessionId) =>
  doAct(records.parts, actor, id, input, key)

const stateOf = async () => (await readSession(db, sessionId)).state
const motion = async (nth = 0) => (await stateOf()).motions[nth]?.id ?? ''

/** An open session with an open item; the chair, Kenya and the secretary are in the room. */
async function opened(): Promise<void> {
  sessionId = await prepare()
  const people = [chair, kenya, secretary, observer]
  const room = { secretary, chair, people, item: 'The cobalt refinery', minutes: 30 }
  await openSession(records.parts, sessionId, room)
}

async function moved(): Promise<string> {
  await act(kenya, { act: 'propose', title: 'The refinery', text: 'The group endorses the refinery.' })
  const id = await motion()
  await act(chair, { act: 'second', motionId: id })
  return id
}

const ROLL_CALL = { method: 'roll_call', majority: 'simple', base: 'voting' } as const

describe('a session', () => {
  beforeEach(opened)

  test('goes from its agenda to a numbered decision by roll-call; choices are told when it closes', async () => {
    const motionId = await moved()
    await act(chair, { act: 'open_vote', motionId, ...ROLL_CALL })
    await act(kenya, { act: 'vote', motionId, choice: 'yes' })
    const before = await db.select().from(channelEntries).where(eq(channelEntries.channelId, sessionId))
    expect(before.map(({ data }) => data.toString()).join()).not.toContain('"choice"')
    await act(chair, { act: 'vote', motionId, choice: 'abstain' })
    await act(chair, { act: 'close_vote', motionId })
    const [decided] = (await stateOf()).motions
    expect(decided).toMatchObject({
      state: 'adopted',
      how: 'vote',
      number: expect.stringMatching(/^FORGE-PG-\d{4}-\d{3}$/),
    })
    expect(decided?.result).toMatchObject({
      counts: { yes: 1, no: 0, abstain: 1 },
      roll: { [kenya.organization.id]: 'yes', [chair.organization.id]: 'abstain' },
    })
    expect(await decisionList(db, kenya, groupId)).toContainEqual(
      expect.objectContaining({ number: decided?.number, how: 'vote' }),
    )
    await expect(act(kenya, { act: 'vote', motionId, choice: 'no' })).rejects.toMatchObject({
      fault: 'conflict',
    })
  })

  test('the same key is the same act, also for many at once; of two tabs one vote counts', async () => {
    const motionId = await moved()
    await act(chair, { act: 'open_vote', motionId, ...ROLL_CALL })
    const key = randomUUID()
    const tries = Array.from({ length: 6 }, () => act(kenya, { act: 'vote', motionId, choice: 'yes' }, key))
    const seqs = new Set((await Promise.all(tries)).map(({ seq }) => seq))
    expect(seqs.size).toBe(1)
    const others = await Promise.allSettled(
      Array.from({ length: 4 }, () => act(kenya, { act: 'vote', motionId, choice: 'no' })),
    )
    expect(others.every(({ status }) => status === 'rejected')).toBe(true)
    expect(await db.select().from(sessionVotes).where(eq(sessionVotes.motionId, motionId))).toHaveLength(1)
    await expect(act(chair, { act: 'vote', motionId, choice: 'no' }, key)).rejects.toMatchObject({
      fault: 'invalid',
    })
  })

  test('what many ask at one moment is stored and told together, each with their own answer, and one that breaks breaks no other', async () => {
    const motionId = await moved()
    await act(chair, { act: 'open_vote', motionId, ...ROLL_CALL })
    const told: number[] = []
    const channels = {
      ...{ load: records.channels.load, recheckChannel: async () => {} },
      tell: (_id: string, entries: readonly unknown[]) => void told.push(entries.length),
    }
    const parts = { db, channels }
    const together = (asked: readonly (readonly [Actor, SessionActInput])[]) =>
      Promise.allSettled(asked.map(([actor, input]) => doAct(parts, actor, sessionId, input)))
    const before = (await readSession(db, sessionId)).head
    const hand = { act: 'raise_hand', kind: 'statement' } as const
    const ends = await together([
      [secretary, { act: 'leave' }],
      [kenya, { act: 'vote', motionId, choice: 'yes' }],
      [kenyaDelegate, { act: 'vote', motionId, choice: 'no' }],
      [kenya, { act: 'vote', motionId, choice: 'no' }],
      [observer, hand],
      [chair, { act: 'vote', motionId, choice: 'no' }],
      [administrator, { act: 'leave' }],
      [observer, { act: 'leave' }],
      [kenyaDelegate, hand],
    ])
    const faults = ['', '', 'forbidden', 'conflict', 'forbidden', '', 'not_found', '', '']
    expect(ends.map((end) => (end.status === 'fulfilled' ? '' : end.reason.fault))).toEqual(faults)
    const seqs = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value.seq] : []))
    expect([...seqs].sort()).toEqual([1, 2, 3, 4, 5].map((nth) => before + nth))
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(5)
    expect(told.length).toBeLessThan(5)
    const state = await stateOf()
    expect(state.motions[0]?.vote?.voters).toEqual([kenya.organization.id, chair.organization.id])
    expect(state.hands).toHaveLength(1)
    expect(await db.select().from(sessionVotes).where(eq(sessionVotes.motionId, motionId))).toHaveLength(2)
    await act(chair, { act: 'cancel_vote', motionId, reason: 'By ballot' })
    await act(chair, { act: 'open_vote', motionId, ...ROLL_CALL, method: 'secret' })
    // Longer than the box's own number: found out when the paper is signed, after others in the turn were stored.
    const blinded = 'f'.repeat(512)
    const papers = await together([
      [secretary, { act: 'enter' }],
      [chair, { act: 'take_paper', motionId, blinded: blinded.replaceAll('f', '0').replace(/0$/, '7') }],
      [kenya, { act: 'take_paper', motionId, blinded }],
      [observer, { act: 'enter' }],
    ])
    expect(papers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect((await stateOf()).motions[0]?.vote?.voters).toEqual([chair.organization.id])
  })

  test('an outsider and an observer try every act: refused, and nothing is changed', async () => {
    const motionId = await moved()
    const outsider = await records.as('congo', 'reader')
    const tries = everyAct(motionId, (await stateOf()).items[0]?.id ?? '', 'hand', kenya.organization.id)
    const count = async () => (await readSession(db, sessionId)).head
    const listens: ActName[] = ['enter', 'leave', 'message']
    const before = await count()
    const refused = (who: Actor, name: ActName, answer: object) =>
      expect(act(who, tries[name]), `${name} by ${who.email}`).rejects.toMatchObject(answer)
    await Promise.all(
      (Object.keys(ACT_NEEDS) as ActName[]).flatMap((name) => [
        refused(administrator, name, NOT_FOUND),
        ...(listens.includes(name) ? [] : [observer, outsider, coordinator]).map((who) =>
          refused(who, name, { fault: 'forbidden' }),
        ),
      ]),
    )
    await expect(act(kenyaDelegate, { act: 'vote', motionId, choice: 'yes' })).rejects.toMatchObject({
      fault: 'forbidden',
    })
    expect(await count()).toBe(before)
  })

  test('a message and the reason of a point of order are for the chair', async () => {
    await act(kenya, { act: 'message', text: 'We need five minutes.' })
    await act(kenya, { act: 'raise_hand', kind: 'point_of_order', reason: 'The item is not on the agenda.' })
    const told = (actor: Actor) => messagesOf(db, actor, sessionId)
    expect((await told(chair)).map(({ text }) => text)).toEqual([
      'We need five minutes.',
      'The item is not on the agenda.',
    ])
    expect(await told(kenya)).toHaveLength(2)
    expect(await told(observer)).toEqual([])
    const log = await db.select().from(channelEntries).where(eq(channelEntries.channelId, sessionId))
    expect(log.map(({ data }) => data.toString()).join()).not.toMatch(/five minutes|not on the agenda/)
  })

  test('a chair who vanishes: a vice-chair takes over with one act, and runs the session', async () => {
    const us = await organizationOf('us')
    await seatAll(db, groupId, [[us, 'vice_chair']])
    const vice: Actor = {
      ...kenya,
      userId: kenya.userId,
      organization: { kind: 'delegation', id: us, name: 'United States', partnerIso2: 'US', role: 'head' },
    }
    await expect(act(vice, { act: 'close_queue' })).rejects.toMatchObject({ fault: 'forbidden' })
    await act(vice, { act: 'preside' })
    await act(vice, { act: 'close_queue' })
    await expect(act(chair, { act: 'open_queue' })).rejects.toMatchObject({ fault: 'forbidden' })
    expect((await sessionFor(db, chair, sessionId)).session.presiding).toBe(us)
    await db
      .delete(groupMembers)
      .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.delegationId, us)))
  })

  test('a delegation that leaves gives its vote to a named one, as far as the rules allow; it counts once, by whoever cast it', async () => {
    const us = await organizationOf('us')
    await seatAll(db, groupId, [[us, 'member']])
    const away: Actor = {
      ...observer,
      organization: { kind: 'delegation', id: us, name: 'United States', partnerIso2: 'US', role: 'head' },
    }
    const to = kenya.organization.id
    const motionId = await moved()
    for (const who of [observer, kenyaDelegate, coordinator])
      await expect(act(who, { act: 'give_proxy', to }), who.email).rejects.toMatchObject({
        fault: 'forbidden',
      })
    const conflict = { fault: 'conflict' }
    await expect(act(away, { act: 'give_proxy', to: observer.organization.id })).rejects.toMatchObject(
      conflict,
    )
    await act(away, { act: 'give_proxy', to })
    // One at the most, by the group's rules; and none over two corners.
    await expect(act(chair, { act: 'give_proxy', to })).rejects.toMatchObject(conflict)
    await expect(act(kenya, { act: 'give_proxy', to: chair.organization.id })).rejects.toMatchObject(conflict)
    await act(chair, { act: 'open_vote', motionId, ...ROLL_CALL })
    const forUs = (actor: Actor, of: string | null) => act(actor, { act: 'vote', motionId, choice: 'no', of })
    await expect(forUs(chair, us)).rejects.toMatchObject(conflict)
    await expect(forUs(away, null)).rejects.toMatchObject(conflict)
    // Taken back now it holds from the next vote on: for this one it was settled when it opened.
    await act(away, { act: 'end_proxy' })
    await expect(forUs(away, null)).rejects.toMatchObject(conflict)
    await act(kenya, { act: 'vote', motionId, choice: 'yes' })
    const cast = await Promise.allSettled([forUs(kenya, us), forUs(kenya, us)])
    expect(cast.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const votes = await db.select().from(sessionVotes).where(eq(sessionVotes.motionId, motionId))
    expect(votes.find(({ delegationId }) => delegationId === us)?.castBy).toBe(kenya.userId)
    await act(chair, { act: 'close_vote', motionId })
    expect((await stateOf()).motions[0]?.result?.roll).toEqual({ [to]: 'yes', [us]: 'no' })
    await db
      .delete(groupMembers)
      .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.delegationId, us)))
  })

  test('who joins in the middle gets the folded state and a short tail', async () => {
    for (let nth = 0; nth < 120; nth++) await act(chair, { act: nth % 2 ? 'open_queue' : 'close_queue' })
    const held = await readSession(db, sessionId)
    expect(held.snapshotAt).toBeGreaterThan(0)
    expect(held.head - held.snapshotAt).toBeLessThanOrEqual(101)
    const read = await records.channels.read(
      { channel: sessionId, since: 0, writer: 'writer-00000001' },
      kenya.userId,
    )
    expect(read?.reply.snapshot?.seq).toBe(held.snapshotAt)
    expect(read?.reply.entries.length).toBe(held.head - held.snapshotAt)
  })
})

const organizationOf = async (slug: string) => {
  const [found] = await db.select().from(organization).where(eq(organization.slug, slug))
  return found?.id ?? ''
}

test('a follow-up falls to its owner, who says that it is done; others of the group read it, outsiders do not know of it', async () => {
  await opened()
  const motionId = await moved()
  await act(chair, { act: 'ask_consensus', motionId })
  await act(chair, { act: 'conclude', motionId })
  const number = (await stateOf()).motions[0]?.number ?? ''
  const ownerId = kenya.organization.id
  await act(chair, { act: 'follow_up', number, text: 'Report on the refinery', ownerId, due: '2026-01-01' })
  const [mine] = await ownFollowUps(db, kenya, ownerId)
  const id = mine?.id ?? ''
  expect(mine).toMatchObject({ number, text: 'Report on the refinery', dueOn: '2026-01-01' })
  expect(await deadlinesOf(db, kenya)).toContainEqual(expect.objectContaining({ link: `/follow-ups/${id}` }))
  const note = { note: 'Reported by letter' }
  await expect(finishFollowUp(db, administrator, id, note, null)).rejects.toMatchObject(NOT_FOUND)
  await expect(finishFollowUp(db, observer, id, note, null)).rejects.toMatchObject({ fault: 'forbidden' })
  expect((await followUpPage(db, observer, id)).mayFinish).toBe(false)
  // A session that is restricted later takes it along: who is not named does not know of it.
  await db.update(sessions).set({ marking: 'restricted' }).where(eq(sessions.id, sessionId))
  await expect(followUpPage(db, kenya, id)).rejects.toMatchObject(NOT_FOUND)
  expect(await openFollowUps(db, kenya, groupId)).not.toContainEqual(expect.objectContaining({ id }))
  await db.update(sessions).set({ marking: 'group' }).where(eq(sessions.id, sessionId))
  await finishFollowUp(db, kenya, id, note, null)
  await expect(finishFollowUp(db, kenya, id, note, null)).rejects.toMatchObject({ fault: 'conflict' })
  expect(await ownFollowUps(db, kenya, ownerId)).not.toContainEqual(expect.objectContaining({ id }))
  expect((await followUpPage(db, chair, id)).followUp).toMatchObject({
    doneBy: kenya.userId,
    doneNote: note.note,
  })
})

describe('who may know of a session', () => {
  test('a draft is for those who prepare it; a restricted one for the delegations named; the same answer as for none', async () => {
    const draft = await prepare()
    const seen = async (actor: Actor, id: string) =>
      sessionFor(db, actor, id).then(
        () => true,
        () => false,
      )
    expect(await Promise.all([chair, kenya, secretary].map((one) => seen(one, draft)))).toEqual([
      true,
      false,
      true,
    ])
    const named = await prepare({ marking: 'restricted', readers: [chair.organization.id] })
    await act(secretary, { act: 'add_item', title: 'An item', minutes: null }, randomUUID(), named)
    await act(secretary, { act: 'announce' }, randomUUID(), named)
    expect(await Promise.all([chair, kenya, coordinator, secretary].map((one) => seen(one, named)))).toEqual([
      ...[true, false, false, true],
    ])
    await expect(sessionFor(db, kenya, named)).rejects.toMatchObject(NOT_FOUND)
    expect((await sessionsOf(db, kenya, groupId)).map(({ id }) => id)).not.toContain(named)
    expect((await sessionsOf(db, chair, groupId)).map(({ id }) => id)).toContain(named)
    expect(await resolveAccess(db)('nobody', named)).toBeNull()
    await db.update(sessions).set({ status: 'closed' }).where(eq(sessions.id, named))
  })
})

test('the hall’s screen and the agenda’s documents answer those who may not attend as what does not exist', async () => {
  await opened()
  const draft = await prepare()
  const asks = asksOf(records)
  const screen = (actor: Actor, id: string) => asks(hall, actor, { id }, `/sessions/${id}/hall`)
  const none = await screen(kenya, randomUUID())
  expect(none.status).toBe(404)
  expect(await screen(administrator, sessionId)).toEqual(none)
  expect(await screen(kenya, draft)).toEqual(none)
  expect(await screen(observer, draft)).toEqual(none)
  for (const one of [observer, kenya, chair])
    expect((await screen(one, sessionId)).text).toContain('Ninth session')
  // Of a document that is not on the agenda nobody learns here whether it exists.
  for (const [who, id] of [
    ...[administrator, observer, chair].map((one) => [one, sessionId] as const),
    ...[kenya, observer].map((one) => [one, draft] as const),
  ])
    await expect(shownText(db, who, id, randomUUID())).rejects.toMatchObject(NOT_FOUND)
})

test('a list of sessions shows what `can` allows, and nothing else', async () => {
  const id = await prepare()
  const delegate = await records.as('congo', 'reader')
  const people = [chair, kenya, observer, delegate, secretary, coordinator, administrator]
  const [kenyaId, none] = [kenya.organization.id, []]
  for (const status of SESSION_STATUSES)
    for (const marking of MARKINGS)
      for (const named of marking === 'restricted' ? [none, [kenyaId], [chair.organization.id]] : [none]) {
        await db.update(sessions).set({ status, marking }).where(eq(sessions.id, id))
        await db.delete(sessionReaders).where(eq(sessionReaders.sessionId, id))
        if (named.length > 0)
          await db
            .insert(sessionReaders)
            .values(named.map((delegationId) => ({ sessionId: id, delegationId })))
        const found = await scopedSession(db, id)
        for (const actor of people) {
          const listed = (await sessionsOf(db, actor, groupId)).some((one) => one.id === id)
          const allowed = found !== null && can(actor, 'see', found.scope)
          expect(listed, `${status} ${marking} for ${actor.email}`).toBe(allowed)
        }
      }
})

describe('a secret ballot', () => {
  const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()
  type Voter = { actor: Actor; choice: Choice; paper: string; signature: string }
  const CHOSEN: Choice[] = ['yes', 'no', 'yes', 'abstain', 'yes', 'no']

  test('is counted, checkable by each voter, and in nothing that is stored stands who chose what', async () => {
    // Six delegations of made-up people, so that who chose what can be looked for.
    const voters: Actor[] = []
    for (const slug of ['us', 'kr', 'au', 'ca']) {
      const id = await organizationOf(slug)
      await seatAll(db, groupId, [[id, 'member']])
      const userId = await records.people.person(slug, 'head', `head@${slug}.test`)
      voters.push({
        ...{ userId, name: slug, email: `head@${slug}.test`, sessionId: 'none' },
        organization: { kind: 'delegation', id, name: slug, partnerIso2: slug.toUpperCase(), role: 'head' },
      })
    }
    await opened()
    const all = [chair, kenya, ...voters]
    for (const voter of voters) await act(voter, { act: 'enter' })
    const motionId = await moved()
    await act(chair, { act: 'open_vote', motionId, method: 'secret', majority: 'simple', base: 'voting' })
    const { modulus } = (await boxOf(db, sessionId, motionId)) ?? { modulus: '' }
    const papers: Voter[] = await Promise.all(
      all.map(async (actor, nth) => {
        const draft = draftPaper(modulus, (bytes) => randomBytes(bytes), sha256)
        const key = randomUUID()
        const take = { act: 'take_paper', motionId, blinded: draft.blinded } as const
        const taken = await act(actor, take, key)
        // An answer that was lost is given again; another paper is not.
        expect((await act(actor, take, key)).paper).toBe(taken.paper)
        expect((await act(actor, take)).paper).toBe(taken.paper)
        const other = draftPaper(modulus, (bytes) => randomBytes(bytes), sha256)
        await expect(act(actor, { ...take, blinded: other.blinded })).rejects.toMatchObject({
          fault: 'conflict',
        })
        const signature = unblind(draft, taken.paper ?? '', modulus, sha256) ?? ''
        return { actor, choice: CHOSEN[nth] ?? 'yes', paper: draft.paper, signature }
      }),
    )
    const early = papers[0]
    if (!early) throw new Error('nobody took a paper')
    await expect(castBallot(db, { motionId, ...ballotOf(early) })).rejects.toMatchObject({
      fault: 'conflict',
    })
    await act(chair, { act: 'open_box', motionId })
    expect(
      (await db.select().from(ballotBoxes).where(eq(ballotBoxes.motionId, motionId)))[0]?.privateKey,
    ).toBeNull()
    const receipts = await Promise.all(papers.map((one) => castBallot(db, { motionId, ...ballotOf(one) })))
    // Sent again it is the same ballot; with another choice it is refused, and so is a forged one.
    expect(await castBallot(db, { motionId, ...ballotOf(early) })).toBe(receipts[0])
    await expect(castBallot(db, { motionId, ...ballotOf(early), choice: 'no' })).rejects.toMatchObject({
      fault: 'conflict',
    })
    await expect(
      castBallot(db, { motionId, ...ballotOf(early), paper: '0'.repeat(32) }),
    ).rejects.toMatchObject({
      fault: 'invalid',
    })
    const during = await dump()
    await act(chair, { act: 'close_vote', motionId })
    const after = await dump()
    const result = (await stateOf()).motions[0]?.result
    expect(result?.counts).toEqual({ yes: 3, no: 2, abstain: 1 })
    expect(result?.roll).toBeNull()
    expect(result?.ballots?.map(({ receipt }) => receipt)).toEqual([...receipts].sort())
    for (const { paper, choice } of papers)
      expect(result?.ballots).toContainEqual({ receipt: receiptOf(paper, sha256), choice })
    expect(await db.select().from(ballots)).toEqual([])
    for (const rows of [during, after])
      for (const { table, row } of rows) {
        // No row names a voter, or what the portal saw of their paper, together with a ballot.
        const names = papers.some(
          ({ actor }) => row.includes(actor.userId) || row.includes(actor.organization.id),
        )
        const tells = papers.some(
          ({ paper, signature }, nth) =>
            row.includes(receipts[nth] ?? '') || row.includes(paper) || row.includes(signature),
        )
        const isResult = table === 'channel_entries' && row.includes('vote_closed')
        expect(names && tells && !isResult, `${table}: ${row}`).toBe(false)
      }
    // The one entry with receipts names who closed the vote, and every receipt alike.
    const audit = await db.select().from(auditEntries).where(eq(auditEntries.objectId, sessionId))
    for (const receipt of receipts) expect(JSON.stringify(audit)).not.toContain(receipt)
  })

  const ballotOf = ({ paper, signature, choice }: Voter) => ({ paper, signature, choice })

  test('is destroyed uncounted while so few voted that it would expose them', async () => {
    await opened()
    for (const slug of ['us', 'kr']) {
      const id = await organizationOf(slug)
      const actor = { ...kenya, organization: { ...kenya.organization, id } } as Actor
      await act(actor, { act: 'enter' })
    }
    const motionId = await moved()
    await act(chair, { act: 'open_vote', motionId, method: 'secret', majority: 'simple', base: 'voting' })
    const { modulus } = (await boxOf(db, sessionId, motionId)) ?? { modulus: '' }
    const draft = draftPaper(modulus, (bytes) => randomBytes(bytes), sha256)
    const { paper } = await act(kenya, { act: 'take_paper', motionId, blinded: draft.blinded })
    await act(chair, { act: 'open_box', motionId })
    const signature = unblind(draft, paper ?? '', modulus, sha256) ?? ''
    await castBallot(db, { motionId, paper: draft.paper, signature, choice: 'yes' })
    await act(chair, { act: 'close_vote', motionId })
    expect((await stateOf()).motions[0]).toMatchObject({
      state: 'seconded',
      result: {
        counts: { yes: 0, no: 0, abstain: 0 },
        ballots: null,
        void: expect.stringContaining('Fewer than'),
      },
    })
    expect(await db.select().from(ballots)).toEqual([])
    expect(
      await db.select({ n: decisions.id }).from(decisions).where(eq(decisions.subjectId, motionId)),
    ).toEqual([])
  })
})

/** Every row of every table, as text; bytes as what they say. */
async function dump(): Promise<{ table: string; row: string }[]> {
  const { rows: tables } = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const all: { table: string; row: string }[] = []
  for (const { name } of tables) {
    const { rows } = await db.execute<Record<string, unknown>>(sql`select * from ${sql.identifier(name)}`)
    for (const row of rows) {
      const text = Object.values(row).map((value) =>
        Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value),
      )
      all.push({ table: name, row: text.join(' ') })
    }
  }
  return all
}
