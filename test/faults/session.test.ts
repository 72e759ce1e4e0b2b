/**
 * Sixty delegations vote over two nodes, and one node is killed in the middle. Whoever had no answer asks the other node
 * again with the same key. Every vote that was confirmed counts once, and the numbers of the log have no hole.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { and, asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../app/domain/people'
import { type SessionActInput, sessionAct } from '../../app/domain/session/acts'
import { CHOICES, type Choice } from '../../app/domain/session/model'
import type { Database } from '../../db/connection'
import { channelEntries, organization, workingGroups } from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { readSession } from '../../server/sessions/log'
import { testDatabase } from '../harness/database'
import { type Records, startRecords } from '../harness/records'
import type { Answered, Asked } from '../harness/session-node'
import { doAct, openSession, prepareSession, seatAll } from '../harness/sessions'

const DELEGATIONS = 60

let db: Database
let url: string
let records: Records
let heads: Actor[]
const nodes: ChildProcess[] = []

async function startNode(): Promise<ChildProcess> {
  const node = fork(fileURLToPath(new URL('../harness/session-node.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, SESSION_DATABASE_URL: url },
  })
  nodes.push(node)
  await once(node, 'message')
  return node
}

beforeAll(async () => {
  ;({ db, url } = await testDatabase())
  records = await startRecords(db)
  await ensureGroups(db)
  const homes = await db
    .select()
    .from(organization)
    .where(eq(organization.kind, 'delegation'))
    .orderBy(asc(organization.name))
    .limit(DELEGATIONS)
  heads = await Promise.all(
    homes.map(async ({ id, name, slug }): Promise<Actor> => {
      const email = `head@${slug}.test`
      const userId = await records.people.person(slug, 'head', email)
      return {
        ...{ userId, name: email, email, sessionId: 'none' },
        organization: { kind: 'delegation', id, name, partnerIso2: slug.toUpperCase(), role: 'head' },
      }
    }),
  )
}, 120_000)

afterAll(() => {
  for (const node of nodes) node.kill('SIGKILL')
})

test('every vote that was confirmed counts once', async () => {
  const [group] = await db.select().from(workingGroups).where(eq(workingGroups.code, 'PG'))
  const groupId = group?.id ?? ''
  const [chair] = heads
  const secretary = await records.as('secretariat', 'secretary')
  if (!chair) throw new Error('nobody presides')
  await seatAll(
    db,
    groupId,
    heads.map((one) => [one.organization.id, one === chair ? 'chair' : 'member']),
  )
  const sessionId = await prepareSession(db, secretary, groupId)
  const act = (actor: Actor, input: SessionActInput) => doAct(records.parts, actor, sessionId, input)
  await openSession(records.parts, sessionId, { secretary, chair, people: heads })
  await act(chair, { act: 'propose', title: 'A motion', text: 'The group decides.' })
  const motionId = (await readSession(db, sessionId)).state.motions[0]?.id ?? ''
  await act(heads[1] ?? chair, { act: 'second', motionId })
  await act(chair, { act: 'open_vote', motionId, method: 'roll_call', majority: 'simple', base: 'voting' })

  const [first, second] = await Promise.all([startNode(), startNode()])
  const asked: Asked[] = heads.map((actor, nth) => {
    const choice: Choice = CHOICES[nth % 3] ?? 'yes'
    return { sessionId, actor, key: randomUUID(), act: sessionAct.parse({ act: 'vote', motionId, choice }) }
  })
  const confirmed = new Map<string, number>()
  const killed = new Promise<void>((resolve) => {
    for (const node of [first, second])
      node.on('message', ({ key, seq }: Answered) => {
        if (seq !== null) confirmed.set(key, seq)
        if (confirmed.size >= DELEGATIONS / 3 && first.kill('SIGKILL')) resolve()
      })
  })
  for (const [nth, one] of asked.entries()) (nth % 2 ? first : second).send(one)
  await killed
  const before = new Map(confirmed)
  // Browsers ask until there is an answer; those that were answered ask no more, but may have sent it twice.
  while (confirmed.size < DELEGATIONS) {
    for (const one of asked) if (!confirmed.has(one.key)) second.send(one)
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  for (const one of asked.slice(0, 10)) second.send(one)
  await act(chair, { act: 'close_vote', motionId })

  const { state, head } = await readSession(db, sessionId)
  const { result } = state.motions[0] ?? {}
  expect(Object.keys(result?.roll ?? {}).length).toBe(DELEGATIONS)
  expect(result?.counts).toEqual({ yes: 20, no: 20, abstain: 20 })
  expect(before.size).toBeGreaterThanOrEqual(DELEGATIONS / 3)
  const log = await db
    .select({ seq: channelEntries.seq, writer: channelEntries.writer })
    .from(channelEntries)
    .where(and(eq(channelEntries.channelId, sessionId)))
    .orderBy(asc(channelEntries.seq))
  expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, nth) => nth + 1))
  for (const [key, seq] of confirmed) {
    const found = log.filter(({ writer }) => writer === `act-${key}`)
    expect(found, key).toEqual([{ seq, writer: `act-${key}` }])
  }
}, 120_000)
