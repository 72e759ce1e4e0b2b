/**
 * A thousand random acts of twenty people over two nodes that are killed one after the other; whoever had no answer sends
 * the same again to the other. No invariant of money is broken, what was confirmed is in the ledger once, and every
 * screen shows what the ledger says. The seed is printed; `MONEY_SEED` repeats it.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storedAmount } from '../../app/domain/money-amount'
import { askForm, recordForm } from '../../app/domain/money-forms'
import { totalsOf } from '../../app/domain/money-ledger'
import type { FinancingMove } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import { pipelineWish } from '../../app/domain/pipeline'
import type { Database } from '../../db/connection'
import { askPage, facilityList, projectMoney } from '../../db/queries/financing'
import { pipelineRows } from '../../db/queries/pipeline'
import { pipelineSums } from '../../db/queries/pipeline-asks'
import { auditEntries } from '../../db/schema/audit'
import { financingAsks } from '../../db/schema/financing'
import { conditions, facilities, ledgerEntries, tranches } from '../../db/schema/ledger'
import { verifyAuditTrail } from '../../server/audit/verify'
import { askInstitutions } from '../../server/financing/ask'
import { enterFacility } from '../../server/financing/facilities'
import { moveAsk } from '../../server/financing/move'
import { recordMoney } from '../../server/financing/record'
import { startRequest } from '../../server/financing/start'
import { testDatabase } from '../harness/database'
import { nextForm } from '../harness/money-acts'
import type { MoneyAnswer, MoneyForm } from '../harness/money-node'
import { type Records, startRecords } from '../harness/records'
import { seededRandom } from '../harness/seeded-random'

const ACTS = 1000
const PROJECT = 'p010'
const seed = Number(process.env.MONEY_SEED ?? Date.now() % 1_000_000)
const random = seededRandom(seed)

let db: Database
let url: string
let records: Records
let kenya: Actor
let exim: Actor
let people: Actor[]
let asks: string[]
let facilityId: string
const nodes: Node[] = []

/** A node, and what it owes an answer. */
type Node = { process: ChildProcess; owed: Map<number, (answer: MoneyAnswer | null) => void> }

async function startNode(): Promise<Node> {
  const child = fork(fileURLToPath(new URL('../harness/money-node.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, MONEY_DATABASE_URL: url },
  })
  await once(child, 'message')
  const node: Node = { process: child, owed: new Map() }
  child.on('message', (answer: MoneyAnswer) => {
    node.owed.get(answer.nth)?.(answer)
    node.owed.delete(answer.nth)
  })
  child.on('exit', () => {
    for (const give of node.owed.values()) give(null)
    node.owed.clear()
  })
  nodes.push(node)
  return node
}

const isUp = ({ process: { exitCode, signalCode, connected } }: Node) =>
  connected && exitCode === null && signalCode === null

/** Sends a form until a node answers it; to another one when the first is killed meanwhile. */
async function answered(form: MoneyForm): Promise<MoneyAnswer> {
  for (let attempt = form.nth; ; attempt += 1) {
    const up = nodes.filter(isUp)
    const node = up[attempt % up.length]
    const answer = node
      ? await new Promise<MoneyAnswer | null>((resolve) => {
          node.owed.set(form.nth, resolve)
          node.process.send(form, (error) => {
            if (error && node.owed.delete(form.nth)) resolve(null)
          })
        })
      : await new Promise<null>((resolve) => setTimeout(() => resolve(null), 50))
    if (answer) return answer
  }
}

beforeAll(async () => {
  ;({ db, url } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  exim = await records.as('exim', 'head')
  const jbic = await records.as('jbic', 'head')
  const colleagues = async (
    actor: Actor,
    slug: string,
    role: 'delegate' | 'head' | 'officer',
    count: number,
  ) =>
    Promise.all(
      Array.from({ length: count }, async (_, nth): Promise<Actor> => {
        const email = `${role}.${nth}@${slug}.test`
        const userId = await records.people.person(slug, role, email)
        const { organization } = actor
        return { ...actor, userId, name: email, email, organization: { ...organization, role } } as Actor
      }),
    )
  people = [
    ...[kenya, exim, jbic, await records.as('japan', 'head'), await records.as('secretariat', 'coordinator')],
    ...(await colleagues(kenya, 'ke', 'delegate', 5)),
    ...(await colleagues(exim, 'institution-exim', 'head', 2)),
    ...(await colleagues(exim, 'institution-exim', 'officer', 4)),
    ...(await colleagues(jbic, 'institution-jbic', 'officer', 4)),
  ]
  facilityId = await enterFacility(
    db,
    exim,
    {
      ...{ key: randomUUID(), institutionId: exim.organization.id, name: 'An envelope' },
      ...{ ceiling: '900.00', currency: 'USD', note: '' },
    },
    null,
  )
  const requests = await Promise.all(
    ['First', 'Second'].map((title) => startRequest(db, kenya, PROJECT, { key: randomUUID(), title }, null)),
  )
  for (const request of requests)
    await askInstitutions(
      records.parts,
      kenya,
      request,
      askForm.parse({
        ...{ key: randomUUID(), institutions: [exim.organization.id, jbic.organization.id] },
        ...{
          instrument: 'direct_loan',
          amount: '1000',
          currency: 'USD',
          purpose: 'Construction of the plant',
        },
      }),
      null,
    )
  const made = await db.select().from(financingAsks).where(eq(financingAsks.askedBy, kenya.userId))
  asks = made.map(({ id }) => id)
  const moved = (actor: Actor, id: string, move: FinancingMove) =>
    moveAsk(db, actor, id, { key: randomUUID(), move, reason: '', date: null }, null, null)
  // Far enough for money; two of them pay already.
  for (const [nth, { id, institutionId }] of made.entries()) {
    const its = institutionId === exim.organization.id ? exim : jbic
    const line = (kind: string) =>
      recordForm.parse({ key: randomUUID(), kind, amount: '200', onDate: '2026-11-25' })
    await moved(kenya, id, 'apply')
    await moved(its, id, 'begin_due_diligence')
    await moved(its, id, 'offer_terms')
    await recordMoney(db, its, id, line('approved'), null, null)
    if (nth < 2) continue
    await moved(its, id, 'approve')
    await recordMoney(db, its, id, line('committed'), null, null)
    for (const move of ['commit', 'make_effective', 'begin_disbursing'] as const) await moved(its, id, move)
  }
}, 120_000)

afterAll(() => {
  for (const node of nodes) node.process.kill('SIGKILL')
})

test(`over ${ACTS} random acts and two kills no invariant of money is broken`, async () => {
  expect(people).toHaveLength(20)
  const [first, second] = await Promise.all([startNode(), startNode()])
  const sent: { form: MoneyForm; answer: MoneyAnswer }[] = []
  /** The ledger as it stood at each kill: none of its lines may ever change. */
  const stood: (typeof ledgerEntries.$inferSelect)[] = []
  const kills = [
    { after: ACTS / 4, node: first },
    { after: (ACTS * 3) / 5, node: second },
  ]
  const started: Promise<unknown>[] = []
  let nth = 0
  async function work(actor: Actor) {
    for (;;) {
      const any = () => asks[Math.floor(random() * asks.length)] ?? ''
      const seen = (id: string) => askPage(db, actor, id).catch(() => null)
      let askId = any()
      let page = await seen(askId)
      // What does not exist for somebody, they try as well, now and then, by the page of the one who asks.
      for (let tries = 0; !page && random() < 0.9 && tries < 5; tries += 1) {
        askId = any()
        page = await seen(askId)
      }
      const form = nextForm(random, actor, page ?? (await askPage(db, kenya, askId)), facilityId)
      if (nth >= ACTS) return
      nth += 1
      const wish = { nth, actor, askId, form }
      sent.push({ form: wish, answer: await answered(wish) })
      const [due] = kills
      if (due && sent.length >= due.after) {
        kills.shift()
        stood.push(...(await db.select().from(ledgerEntries)))
        due.node.process.kill('SIGKILL')
        started.push(startNode())
      }
    }
  }
  await Promise.all(people.map(work))
  await Promise.all(started)

  const by = (outcome: string) => sent.filter(({ answer }) => answer.outcome === outcome)
  process.stdout.write(
    `seed ${seed}: ${sent.length} acts, ${by('done').length} done, ${by('refused').length} refused\n`,
  )
  expect(by('failed').map(({ answer }) => answer.words)).toEqual([])
  expect(sent).toHaveLength(ACTS)
  expect(by('done').length).toBeGreaterThan(ACTS / 5)

  const lines = await db.select().from(ledgerEntries)
  for (const line of stood) expect(lines.find(({ id }) => id === line.id)).toEqual(line)
  for (const { form, answer } of sent) {
    const { key, act, trancheAct } = form.form
    const writes = act === 'record' || act === 'reverse' || (act === 'tranche' && trancheAct === 'pay')
    // A payment that somebody else recorded meanwhile is refused, or is the same.
    if (writes)
      expect(lines.filter((line) => line.key === key)).toHaveLength(answer.outcome === 'done' ? 1 : 0)
  }
  await sumsHold(lines)
  await screensShow(lines)
  await nothingPaidWhileAConditionWasOpen()
  const told = JSON.stringify(
    (await db.select({ after: auditEntries.after }).from(auditEntries)).map(({ after }) => after),
  )
  expect(lines.filter(({ id, userId }) => userId && !told.includes(id))).toEqual([])
  expect((await verifyAuditTrail(db)).broken).toBeNull()
}, 240_000)

type Line = typeof ledgerEntries.$inferSelect

const sum = (lines: readonly Line[], kind: string): bigint =>
  lines.filter((line) => line.kind === kind).reduce((total, { amount }) => total + storedAmount(amount), 0n)
const net = (lines: readonly Line[]) => sum(lines, 'committed') - sum(lines, 'cancelled')
const isAtMost = (one: bigint, other: bigint) => expect(one <= other, `${one} <= ${other}`).toBe(true)

/** Tranches ≤ commitment ≤ approval; what is paid is what is disbursed; commitments ≤ the ceiling. */
async function sumsHold(lines: readonly Line[]) {
  const parts = await db.select().from(tranches)
  for (const ask of asks) {
    const own = lines.filter(({ askId }) => askId === ask)
    const planned = parts.filter(({ askId }) => askId === ask)
    const of = (...states: string[]) =>
      planned
        .filter(({ state }) => states.includes(state))
        .reduce((total, { amount }) => total + storedAmount(amount), 0n)
    isAtMost(of('planned', 'requested', 'approved', 'paid'), net(own))
    isAtMost(net(own), sum(own, 'approved'))
    isAtMost(sum(own, 'disbursed'), net(own))
    expect(of('paid')).toBe(sum(own, 'disbursed'))
  }
  const [facility] = await db.select().from(facilities).where(eq(facilities.id, facilityId))
  isAtMost(
    net(lines.filter((line) => line.facilityId === facilityId)),
    storedAmount(facility?.ceiling ?? '0'),
  )
  expect(sum(lines, 'disbursed') > 0n && lines.some(({ reversesId }) => reversesId)).toBe(true)
}

/** Ask, request, project, pipeline and facility show the ledger's own sums. */
async function screensShow(lines: readonly Line[]) {
  const committed = (sums: { committed: string } | undefined) => storedAmount(sums?.committed ?? '0')
  const rows = await pipelineRows(db, kenya, { stage: null, institution: null, projectId: PROJECT })
  for (const ask of asks) {
    const own = lines.filter(({ askId }) => askId === ask)
    const { money } = await askPage(db, kenya, ask)
    const shown = rows.find(({ id }) => id === ask)?.sums
    for (const sums of [money?.totals?.sums, shown]) {
      expect(committed(sums ?? undefined)).toBe(net(own))
      expect(storedAmount(sums?.disbursed ?? '0')).toBe(sum(own, 'disbursed'))
      expect(storedAmount(sums?.approved ?? '0')).toBe(sum(own, 'approved'))
    }
  }
  const all = lines.filter(({ askId }) => asks.includes(askId))
  const money = await projectMoney(db, kenya, PROJECT)
  expect(committed(money.totals[0]?.sums)).toBe(net(all))
  const pipeline = await pipelineSums(db, kenya, pipelineWish(new URLSearchParams()))
  expect(pipeline.totals).toEqual(
    totalsOf(all.map(({ kind, amount, currency }) => ({ kind, amount, currency }))),
  )
  const facility = (await facilityList(db, exim)).find(({ id }) => id === facilityId)
  expect(storedAmount(facility?.committed ?? '0')).toBe(
    net(lines.filter((one) => one.facilityId === facilityId)),
  )
}

/** The audit trail played again: at each payment every condition in its way was satisfied or waived. */
async function nothingPaidWhileAConditionWasOpen() {
  const set = new Map((await db.select().from(conditions)).map((one) => [one.id, one]))
  const trail = await db.select().from(auditEntries).orderBy(asc(auditEntries.id))
  const state = new Map<string, string>()
  let paid = 0
  for (const { act, objectId, before, after } of trail) {
    const read = (of: unknown, name: string) => String((of as Record<string, unknown> | null)?.[name] ?? '')
    if (act === 'condition.set') state.set(read(after, 'condition'), 'open')
    else if (act.startsWith('condition.')) state.set(read(before, 'condition'), read(after, 'state'))
    if (act !== 'tranche.pay') continue
    paid += 1
    for (const [id, now] of state) {
      const one = set.get(id)
      if (one?.askId !== objectId) continue
      if (one.gate !== 'tranche' || one.trancheId === read(before, 'tranche'))
        expect(['satisfied', 'waived'], `${one.gate} at ${read(before, 'tranche')}`).toContain(now)
      if (one.gate === 'every_disbursement') state.set(id, 'open')
    }
  }
  process.stdout.write(`${paid} payments, ${state.size} conditions\n`)
  expect(paid).toBeGreaterThan(0)
}
