/** Preparing a session: what waits for the group, who comes, in whose zone, and what silence decided meanwhile. */
import { and, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../app/domain/people'
import type { SessionActInput } from '../../app/domain/session/acts'
import { wallClock } from '../../app/domain/zoned'
import type { Database } from '../../db/connection'
import { openFollowUps, reportable } from '../../db/queries/follow-ups'
import { noticeSettings, notices, silenceProcedures, workingGroups } from '../../db/schema'
import { newId } from '../../server/ids'
import { readSession } from '../../server/sessions/log'
import { minutesPage } from '../../server/sessions/minutes'
import { closeDue } from '../../server/silence/close'
import { testDatabase } from '../harness/database'
import { type Records, startRecords } from '../harness/records'
import { doAct, openSession, prepareSession, seatAll } from '../harness/sessions'

const HOUR = 3_600_000

let db: Database
let records: Records
let japan: Actor
let kenya: Actor
let secretary: Actor
let groupId: string
let groups = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  japan = await records.as('japan', 'head')
  kenya = await records.as('kenya', 'head')
  secretary = await records.as('secretariat', 'secretary')
})

beforeEach(async () => {
  groupId = newId()
  const code = `G${++groups}`
  await db.insert(workingGroups).values({ id: groupId, code, name: 'A group', mandate: 'To try.' })
  await seatAll(db, groupId, [
    [japan.organization.id, 'chair'],
    [kenya.organization.id, 'member'],
    [(await records.as('canada', 'head')).organization.id, 'observer'],
  ])
})

async function prepare(marking: 'group' | 'restricted' | 'forge' = 'group'): Promise<string> {
  const readers = marking === 'restricted' ? [japan, kenya].map(({ organization }) => organization.id) : []
  return prepareSession(db, secretary, groupId, { zone: 'Africa/Nairobi', marking, readers })
}
const act = (actor: Actor, sessionId: string, input: SessionActInput) =>
  doAct(records.parts, actor, sessionId, input)
const state = async (sessionId: string) => (await readSession(db, sessionId)).state

/** Opens a session with both members in the room and its first item open. */
const open = (sessionId: string): Promise<void> =>
  openSession(records.parts, sessionId, { secretary, chair: japan, people: [japan, kenya] })

async function motion(sessionId: string, title: string): Promise<string> {
  await act(kenya, sessionId, { act: 'propose', title, text: `The group decides: ${title}.` })
  const id = (await state(sessionId)).motions.at(-1)?.id ?? ''
  await act(japan, sessionId, { act: 'second', motionId: id })
  return id
}

/** A session that asks something of Kenya. Out: the follow-up's id. */
async function followUp(marking: 'group' | 'restricted' = 'group'): Promise<string> {
  const sessionId = await prepare(marking)
  await open(sessionId)
  const motionId = await motion(sessionId, 'Assays')
  await act(japan, sessionId, { act: 'ask_consensus', motionId })
  await act(japan, sessionId, { act: 'conclude', motionId })
  const number = (await state(sessionId)).motions.at(-1)?.number ?? ''
  const asked = {
    number,
    text: `Hand in the assays (${marking}).`,
    ownerId: kenya.organization.id,
    due: '2027-01-15',
  }
  await act(japan, sessionId, { act: 'follow_up', ...asked })
  return (await state(sessionId)).followUps.at(-1)?.id ?? ''
}

test('an open follow-up is put on the next agenda; not one of elsewhere, done, or of a restricted session', async () => {
  const [open, kept] = [await followUp(), await followUp('restricted')]
  expect((await openFollowUps(db, secretary, groupId)).map(({ id }) => id).sort()).toEqual(
    [open, kept].sort(),
  )
  expect((await reportable(db, secretary, groupId)).map(({ id }) => id)).toEqual([open])
  const next = await prepare()
  const add = (followUpId: string) =>
    act(secretary, next, { act: 'add_item', title: 'On the assays', minutes: 10, followUpId })
  for (const wrong of [kept, newId(), 'none'])
    await expect(add(wrong)).rejects.toMatchObject({ fault: 'invalid' })
  await expect(
    act(kenya, next, { act: 'add_item', title: 'On the assays', minutes: 10, followUpId: open }),
  ).rejects.toMatchObject({ fault: 'not_found' })
  await add(open)
  expect((await state(next)).items).toMatchObject([{ title: 'On the assays', followUpId: open }])
})

test('two who write the agenda at once do not undo one another’s words', async () => {
  const sessionId = await prepare()
  await Promise.all(
    [secretary, japan].map((one) =>
      act(one, sessionId, { act: 'add_item', title: `By ${one.name}`, minutes: null }),
    ),
  )
  const [item, other] = (await state(sessionId)).items
  if (!item || !other) throw new Error('the agenda lacks what was put on it')
  const was = { title: item.title, minutes: item.minutes }
  const tries = [
    { by: secretary, title: 'The secretary’s' },
    { by: japan, title: 'The chair’s' },
  ]
  const done = await Promise.allSettled(
    tries.map(({ by, title }) =>
      act(by, sessionId, { act: 'change_item', itemId: item.id, title, minutes: 15, was }),
    ),
  )
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const won = done.findIndex(({ status }) => status === 'fulfilled')
  // Who came second is told so, and what stands there is the words of who came first, beside the other item's own.
  expect(done[1 - won]).toMatchObject({ reason: { fault: 'conflict' } })
  expect((await state(sessionId)).items).toMatchObject([
    { id: item.id, title: tries[won]?.title, minutes: 15 },
    { id: other.id, title: other.title, minutes: null },
  ])
})

test('invitations say the time in the session’s zone and in the reader’s own', async () => {
  await db
    .insert(noticeSettings)
    .values({ userId: kenya.userId, zone: 'Asia/Tokyo', hour: 7, choices: {} })
    .onConflictDoUpdate({ target: noticeSettings.userId, set: { zone: 'Asia/Tokyo' } })
  const sessionId = await prepare()
  await act(secretary, sessionId, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, sessionId, { act: 'announce' })
  const told = async ({ userId }: Actor) => {
    const [notice] = await db
      .select()
      .from(notices)
      .where(and(eq(notices.userId, userId), eq(notices.objectId, sessionId)))
    return String(notice?.data.when)
  }
  expect(await told(kenya)).toMatch(/in Africa\/Nairobi \(\d{4}-\d\d-\d\d \d\d:\d\d in Asia\/Tokyo\)$/)
  expect(await told(japan)).toMatch(/in Africa\/Nairobi \(.* in UTC\)$/)
})

test('delegations that decide say whether they come, after the announcement and before the opening', async () => {
  const sessionId = await prepare()
  await act(secretary, sessionId, { act: 'add_item', title: 'An item', minutes: null })
  const say = (actor: Actor, coming: boolean) => act(actor, sessionId, { act: 'say_attendance', coming })
  await expect(say(japan, true)).rejects.toMatchObject({ fault: 'conflict' })
  await act(secretary, sessionId, { act: 'announce' })
  for (const actor of [secretary, await records.as('canada', 'head'), await records.as('kenya', 'reader')])
    await expect(say(actor, true)).rejects.toMatchObject({ fault: 'forbidden' })
  await expect(say(await records.as('congo', 'head'), true)).rejects.toMatchObject({ fault: 'not_found' })
  await say(kenya, true)
  await say(kenya, false)
  await say(japan, true)
  const { attendance } = await state(sessionId)
  expect(attendance).toEqual({ [kenya.organization.id]: false, [japan.organization.id]: true })
  await act(japan, sessionId, { act: 'enter' })
  await act(japan, sessionId, { act: 'open' })
  await expect(say(kenya, true)).rejects.toMatchObject({ fault: 'conflict' })
})

test('what silence adopted is announced at the next session, once, and stands in its minutes', async () => {
  const put = async (marking: 'group' | 'restricted', title: string) => {
    const sessionId = await prepare(marking)
    await open(sessionId)
    const motionId = await motion(sessionId, title)
    await act(japan, sessionId, {
      act: 'put_to_silence',
      motionId,
      at: wallClock(new Date(Date.now() + 240 * HOUR), 'UTC'),
      zone: 'UTC',
    })
  }
  await put('group', 'On water')
  await put('restricted', 'On prices')
  await db
    .update(silenceProcedures)
    .set({ deadline: new Date(Date.now() - HOUR) })
    .where(eq(silenceProcedures.groupId, groupId))
  await closeDue(records.parts)
  const kept = await prepare('restricted')
  await open(kept)
  expect((await state(kept)).announcements).toEqual([])
  // Every delegation may know of an open one: it tells only what all of them may know.
  const forge = await prepare('forge')
  await open(forge)
  expect((await state(forge)).announcements).toEqual([])
  // Two that open at the same moment do not both tell it.
  const both = [await prepare(), await prepare()]
  await Promise.all(both.map(open))
  const told = (
    await Promise.all(
      both.map(async (id) => (await state(id)).announcements.map((one) => ({ ...one, session: id }))),
    )
  ).flat()
  expect(told.map(({ title }) => title)).toEqual(['On water'])
  const next = told[0]?.session ?? ''
  await act(japan, next, { act: 'close_item', itemId: (await state(next)).items[0]?.id ?? '' })
  await act(japan, next, { act: 'close' })
  const page = await minutesPage(records.parts, japan, next, null)
  expect(JSON.stringify(page)).toContain(
    `“On water” had been adopted by silence procedure, as decision ${told[0]?.number}.`,
  )
  const after = await prepare()
  await open(after)
  expect((await state(after)).announcements).toEqual([])
})
