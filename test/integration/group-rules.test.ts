/** A group's rules of procedure: who sets them, that nothing of what was is lost, and when a session takes them. */
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { type GroupRules, groupRulesForm } from '../../app/domain/group-rules'
import type { Actor } from '../../app/domain/people'
import type { SessionActInput } from '../../app/domain/session/acts'
import type { Database } from '../../db/connection'
import { groupRulesOf, ruleChanges } from '../../db/queries/group-rules'
import { groupPage } from '../../db/queries/groups'
import { auditEntries, workingGroups } from '../../db/schema'
import { setGroupRules } from '../../server/groups/rules'
import { newId } from '../../server/ids'
import { readSession } from '../../server/sessions/log'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'
import { doAct, prepareSession, seatAll } from '../harness/sessions'

const FORM = {
  ...{ noticeHours: '48', quorumPercent: '60', majority: 'two_thirds', base: 'present', proxies: '0' },
  ...{ speechSeconds: '', silenceHours: '96', seconder: 'on', breakNeedsReason: 'on' },
}

let db: Database
let records: Records
let japan: Actor
let coordinator: Actor
let groupId: string

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  japan = await records.as('japan', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
})

beforeEach(async () => {
  groupId = newId()
  await db.insert(workingGroups).values({ id: groupId, code: groupId, name: 'A group', mandate: 'To try.' })
  await seatAll(db, groupId, [
    [japan.organization.id, 'chair'],
    [(await records.as('korea', 'head')).organization.id, 'secretary'],
    [(await records.as('kenya', 'head')).organization.id, 'member'],
    [(await records.as('canada', 'head')).organization.id, 'observer'],
  ])
})

const set = (actor: Actor, more: Partial<typeof FORM> = {}, known = '', id = groupId) =>
  setGroupRules(db, actor, id, groupRulesForm.parse({ ...FORM, ...more, known }), null)

test('who may not changes nothing, and an institution does not know of the group', async () => {
  const before = await groupRulesOf(db, groupId)
  const others = [
    await records.as('korea', 'head'),
    await records.as('kenya', 'head'),
    await records.as('canada', 'head'),
    await records.as('congo', 'head'),
    await records.as('japan', 'delegate'),
    await records.as('secretariat', 'secretary'),
    await records.as('secretariat', 'administrator'),
  ]
  for (const actor of others) {
    await expect(set(actor)).rejects.toMatchObject({ fault: 'forbidden' })
    expect((await groupPage(db, actor, groupId)).mayRule).toBe(false)
  }
  await expect(set(await records.as('exim', 'head'))).rejects.toMatchObject(NOT_FOUND)
  await expect(set(coordinator, {}, '', newId())).rejects.toMatchObject(NOT_FOUND)
  expect(await groupRulesOf(db, groupId)).toEqual(before)
  expect(await ruleChanges(db, groupId)).toEqual([])
})

test('each change stays with who made it and what was before; one of two at once is told of the other', async () => {
  await set(japan)
  await set(japan)
  const [first, ...more] = await ruleChanges(db, groupId)
  expect(more).toEqual([])
  expect(first).toMatchObject({ by: japan.name, of: 'Japan' })
  expect(first?.changes.map(({ name }) => name)).toEqual([
    ...['Notice of a session', 'Quorum', 'Majority', 'Taken', 'Votes for others', 'A statement'],
    'A silence procedure',
  ])
  expect(await groupRulesOf(db, groupId)).toMatchObject({
    quorumPercent: 60,
    speechSeconds: null,
    silenceHours: 96,
  })
  await expect(set(coordinator, { proxies: '2' })).rejects.toMatchObject({ fault: 'conflict' })
  await set(coordinator, { proxies: '2' }, first?.id)
  expect((await ruleChanges(db, groupId))[0]?.changes).toEqual([
    {
      name: 'Votes for others',
      before: 'nobody votes for another delegation',
      after: 'one may hold the vote of 2 absent delegations',
    },
  ])
  const trail = await db.select().from(auditEntries).where(eq(auditEntries.objectId, groupId))
  expect(trail.map(({ act, before, after }) => [act, before, after]).at(-1)).toEqual([
    ...['group.rules', { proxies: 0 }, { proxies: 2 }],
  ])
})

test('a session takes the rules as they are when it opens, and keeps them', async () => {
  const sessionId = await prepareSession(db, japan, groupId, { chatham: true })
  const act = (input: SessionActInput) => doAct(records.parts, japan, sessionId, input)
  const rules = async () => (await readSession(db, sessionId)).state.rules
  await act({ act: 'add_item', title: 'An item', minutes: null })
  await act({ act: 'announce' })
  expect(await rules()).toMatchObject({ majority: 'simple', quorum: 2, chatham: true })
  await set(japan)
  await act({ act: 'enter' })
  await act({ act: 'open' })
  const opened = { majority: 'two_thirds', base: 'present', quorum: 2, proxies: 0, chatham: true }
  expect(await rules()).toMatchObject(opened)
  const [last] = await ruleChanges(db, groupId)
  await set(
    japan,
    { majority: 'simple', proxies: '3' } satisfies Partial<Record<keyof GroupRules, string>>,
    last?.id,
  )
  await act({ act: 'suspend', reason: 'A pause.' })
  await act({ act: 'resume' })
  expect(await rules()).toMatchObject(opened)
})
