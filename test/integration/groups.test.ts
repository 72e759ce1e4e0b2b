/** Seats in a working group: who gives them, and that nothing of what was is lost. */
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { groupList, groupPage } from '../../db/queries/groups'
import { auditEntries, groupMembers, workingGroups } from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { setSeat } from '../../server/groups/seats'
import { newId } from '../../server/ids'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let coordinator: Actor
let groupId: string

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
})

beforeEach(async () => {
  groupId = newId()
  await db.insert(workingGroups).values({ id: groupId, code: groupId, name: 'A group', mandate: 'To try.' })
  await seat(coordinator, japan, 'chair')
  await seat(coordinator, kenya, 'member')
})

const seat = (actor: Actor, of: Actor, role: Parameters<typeof setSeat>[3]['role'], id = groupId) =>
  setSeat(db, actor, id, { delegationId: of.organization.id, role }, null)
const rows = () => db.select().from(groupMembers).where(eq(groupMembers.groupId, groupId))

test('who may not changes nothing: members, the chair’s delegates, other offices of the secretariat', async () => {
  const before = await rows()
  const others = [
    kenya,
    congo,
    await records.as('japan', 'delegate'),
    await records.as('secretariat', 'administrator'),
  ]
  for (const actor of others) {
    await expect(seat(actor, congo, 'member')).rejects.toMatchObject({ fault: 'forbidden' })
    expect((await groupPage(db, actor, groupId)).maySeat).toBe(false)
  }
  await expect(seat(coordinator, congo, 'member', newId())).rejects.toMatchObject(NOT_FOUND)
  await expect(seat(coordinator, coordinator, 'member')).rejects.toMatchObject({ fault: 'invalid' })
  expect(await rows()).toEqual(before)
})

test('the chair’s head gives a seat, another role and ends it; every step stays, with its name', async () => {
  await seat(japan, congo, 'observer')
  await seat(japan, congo, 'vice_chair')
  await seat(japan, congo, 'vice_chair')
  expect((await groupPage(db, kenya, groupId)).members.map(({ role }) => role)).toEqual([
    'chair',
    'vice_chair',
    'member',
  ])
  await seat(japan, congo, '')
  const page = await groupPage(db, kenya, groupId)
  expect(page.members.map(({ role }) => role)).toEqual(['chair', 'member'])
  expect(page.former.map(({ role }) => role).sort()).toEqual(['observer', 'vice_chair'])
  const trail = await db.select().from(auditEntries).where(eq(auditEntries.objectId, groupId))
  expect(trail.filter(({ userId }) => userId === japan.userId).length).toBe(3)
})

test('one chair at a time, however many are named at once', async () => {
  await expect(seat(coordinator, kenya, 'chair')).rejects.toMatchObject({ fault: 'conflict' })
  await seat(coordinator, japan, 'member')
  const outcomes = await Promise.allSettled([kenya, congo].map((of) => seat(coordinator, of, 'chair')))
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('the groups of the seed are there once', async () => {
  for (let i = 0; i < 2; i++) await ensureGroups(db)
  const names = (await groupList(db, coordinator)).map(({ code }) => code)
  for (const code of ['FN', 'PDG', 'PG', 'RP']) expect(names.filter((one) => one === code).length).toBe(1)
})
