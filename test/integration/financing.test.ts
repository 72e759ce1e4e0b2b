/** Money, on a real database: the wrong person first, then the way of a request, then everything at once. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { amountOf, storedAmount } from '../../app/domain/money-amount'
import { askForm, recordForm } from '../../app/domain/money-forms'
import type { FinancingMove } from '../../app/domain/money-stages'
import type { Actor } from '../../app/domain/people'
import { connect, type Database } from '../../db/connection'
import { scopedDocument, textAccess } from '../../db/queries/documents'
import { askPage, facilityList, projectMoney, requestPage } from '../../db/queries/financing'
import { noticeList } from '../../db/queries/notices'
import { allInstitutions, pipelinePage, pipelineRows } from '../../db/queries/pipeline'
import { committedByProject } from '../../db/queries/project-committed'
import { auditEntries } from '../../db/schema/audit'
import { financingAsks } from '../../db/schema/financing'
import { conditions, facilities, ledgerEntries, tranches } from '../../db/schema/ledger'
import { notices } from '../../db/schema/notices'
import { readInstrument, readMoney, seedAnnouncedMoney } from '../../db/seed/announced-money'
import { actOnComments } from '../../server/comments/act'
import { grant } from '../../server/documents/grant'
import { withdrawGrant } from '../../server/documents/withdraw-grant'
import { askInstitutions } from '../../server/financing/ask'
import { actOnCondition, setCondition } from '../../server/financing/conditions'
import { changeCeiling, enterFacility } from '../../server/financing/facilities'
import { moveAsk } from '../../server/financing/move'
import { answerInstitution, askAuthorsOfRequest } from '../../server/financing/questions'
import { recordMoney, reverseMoney } from '../../server/financing/record'
import { startRequest } from '../../server/financing/start'
import { nameReader, startTerms } from '../../server/financing/terms'
import { actOnTranche, planTranche } from '../../server/financing/tranches'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'

let db: Database
let url: string
let records: Records
let exim: Actor
let officer: Actor
let jbic: Actor
let kenya: Actor
let japan: Actor
let coordinator: Actor

/** An announced project without a lead: any delegation may ask for its money. */
const PROJECT = 'p010'
const PDF = { name: 'letter.pdf', bytes: new TextEncoder().encode('%PDF-1.7 a letter') }

beforeAll(async () => {
  ;({ db, url } = await testDatabase())
  records = await startRecords(db)
  await seedAnnouncedMoney(db)
  exim = await records.as('exim', 'head')
  officer = await records.as('exim', 'officer')
  jbic = await records.as('jbic', 'head')
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
})

const key = () => randomUUID()
const day = '2030-01-31'
const record = (kind: string, amount: string, more: Record<string, string> = {}) =>
  recordForm.parse({ key: key(), kind, amount, onDate: '2026-11-25', ...more })
const move = (
  actor: Actor,
  askId: string,
  name: FinancingMove,
  more: { reason?: string; date?: string } = {},
) =>
  moveAsk(
    db,
    actor,
    askId,
    { key: key(), move: name, reason: more.reason ?? '', date: more.date ?? null },
    null,
    null,
  )

async function asked(amount = '100'): Promise<{ requestId: string; eximAsk: string; jbicAsk: string }> {
  const bodies = await allInstitutions(db)
  const ids = ['EXIM', 'JBIC'].map((code) => bodies.find((one) => one.code === code)?.id ?? '')
  const requestId = await startRequest(db, kenya, PROJECT, { key: key(), title: 'Money for it' }, null)
  const input = askForm.parse({
    ...{ key: key(), institutions: ids, instrument: 'direct_loan', amount, currency: 'USD' },
    ...{ purpose: 'Construction of the plant' },
  })
  await askInstitutions(records.parts, kenya, requestId, input, null)
  await askInstitutions(records.parts, kenya, requestId, input, null)
  const asks = await db.select().from(financingAsks).where(eq(financingAsks.requestId, requestId))
  expect(asks).toHaveLength(2)
  return {
    requestId,
    eximAsk: asks.find((ask) => ask.institutionId === ids[0])?.id ?? '',
    jbicAsk: asks.find((ask) => ask.institutionId === ids[1])?.id ?? '',
  }
}

/** An ask of EXIM's that is disbursing, with so much committed. */
async function disbursing(committed: string, facilityId = '') {
  const made = await asked(committed)
  const { eximAsk } = made
  await move(kenya, eximAsk, 'apply')
  await move(exim, eximAsk, 'begin_due_diligence')
  await move(exim, eximAsk, 'offer_terms')
  await recordMoney(db, exim, eximAsk, record('approved', committed), null, null)
  await move(exim, eximAsk, 'approve')
  await recordMoney(db, exim, eximAsk, record('committed', committed, { facilityId }), null, null)
  await move(exim, eximAsk, 'commit')
  await move(exim, eximAsk, 'make_effective')
  await move(exim, eximAsk, 'begin_disbursing')
  return made
}

describe('the wrong person', () => {
  test('an institution does not see what another was asked, nor does a third delegation anything', async () => {
    const { requestId, eximAsk, jbicAsk } = await asked()
    for (const [actor, id] of [
      [exim, jbicAsk],
      [jbic, eximAsk],
      [japan, eximAsk],
    ] as const) {
      await expect(askPage(db, actor, id)).rejects.toMatchObject(NOT_FOUND)
      await expect(recordMoney(db, actor, id, record('indicated', '1'), null, null)).rejects.toMatchObject(
        NOT_FOUND,
      )
      await expect(move(actor, id, 'issue_letter', { date: day })).rejects.toMatchObject(NOT_FOUND)
    }
    await expect(requestPage(db, japan, requestId)).rejects.toMatchObject(NOT_FOUND)
    const seen = await requestPage(db, exim, requestId)
    expect(seen.asks.map(({ id }) => id)).toEqual([eximAsk])
    const everything = await pipelineRows(db, exim, { stage: null, institution: null, projectId: null })
    expect(everything.every(({ institution }) => institution === 'EXIM')).toBe(true)
  })

  test('a delegation that writes along sees the stage, and no money, no total, no terms until it is named', async () => {
    const { requestId, eximAsk } = await disbursing('900')
    const { document } = await requestPage(db, kenya, requestId)
    await grant(
      records.parts,
      kenya,
      document?.id ?? '',
      { delegationId: japan.organization.id, level: 'write' },
      null,
    )
    const termsId = await startTerms(db, officer, eximAsk, null)
    const terms = async (actor: Actor) => {
      const found = await scopedDocument(db, termsId)
      return found && textAccess(actor, found.scope)
    }
    expect([
      await terms(officer),
      await terms(kenya),
      await terms(japan),
      await terms(jbic),
      await terms(coordinator),
    ]).toEqual(['write', 'write', null, null, null])
    expect((await askPage(db, japan, eximAsk)).money).toBe(null)
    const before = await projectMoney(db, japan, PROJECT)
    expect(before.asks.find(({ id }) => id === eximAsk)?.sums).toBe(null)
    // Nor is it in a circle of the map.
    const drawn = async (actor: Actor) =>
      JSON.stringify((await committedByProject(db, actor)).get(PROJECT) ?? [])
    expect(await drawn(kenya)).toContain('900')
    expect(await drawn(japan)).not.toContain('900')
    expect(before.totals.flatMap(({ sums }) => [sums.approved, sums.committed])).not.toContain('900')
    const wish = { delegationId: japan.organization.id, reads: true }
    await expect(nameReader(records.parts, japan, eximAsk, wish, null)).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await nameReader(records.parts, kenya, eximAsk, wish, null)
    expect((await askPage(db, japan, eximAsk)).money?.totals?.sums.committed).toBe('900')
    expect(await terms(japan)).toBe('read')
    await nameReader(records.parts, kenya, eximAsk, { ...wish, reads: false }, null)
    expect((await askPage(db, japan, eximAsk)).money).toBe(null)
    expect(await terms(japan)).toBe(null)
  })

  test('an officer does not move; a coordinator records only with the document', async () => {
    const { eximAsk } = await asked()
    await expect(move(officer, eximAsk, 'issue_letter', { date: day })).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await expect(move(coordinator, eximAsk, 'issue_letter', { date: day })).rejects.toMatchObject({
      fault: 'invalid',
    })
    await moveAsk(
      db,
      coordinator,
      eximAsk,
      { key: key(), move: 'issue_letter', reason: '', date: day },
      PDF,
      null,
    )
    const page = await askPage(db, exim, eximAsk)
    expect(page.ask).toMatchObject({ stage: 'letter_of_interest', letterExpiresOn: day })
    // A letter is not money.
    expect(page.money?.totals?.sums).toMatchObject({ requested: '100', approved: '0', committed: '0' })
  })
})

test('who is invited to write a request, or named in a comment on it, is told, as long as they take part', async () => {
  const requestId = await startRequest(db, kenya, PROJECT, { key: key(), title: 'Told of' }, null)
  const documentId = (await requestPage(db, kenya, requestId)).document?.id ?? ''
  const lines = async () => {
    const told = await noticeList(db, japan, { unread: false, topic: null, page: 1 })
    return told.notices.filter(({ line }) => line.includes('Told of'))
  }
  const japanId = japan.organization.id
  await grant(records.parts, kenya, documentId, { delegationId: japanId, level: 'write' }, null)
  await actOnComments(
    records.parts,
    kenya,
    documentId,
    {
      ...{ act: 'start', key: key(), text: 'Look, @Japan.', mentions: [{ kind: 'delegation', id: japanId }] },
      passage: {
        fragment: 'request_proceeds',
        ranges: [
          {
            from: { item: { client: 1, clock: 0 }, assoc: 0 },
            to: { item: { client: 1, clock: 4 }, assoc: -1 },
          },
        ],
        ...{ quote: 'year', before: '', after: '' },
      },
    },
    null,
  )
  expect(await lines()).toHaveLength(2)
  const links = await db.select({ link: notices.link }).from(notices).where(eq(notices.objectId, requestId))
  expect(links.every(({ link }) => link.startsWith(`/financing/${requestId}`))).toBe(true)
  await withdrawGrant(records.parts, kenya, documentId, japanId, null)
  expect(await lines()).toEqual([])
})

test('the whole way: questions, gates, conditions with evidence, two tranches, one refused, a reversal, a facility', async () => {
  const [vault] = await db.select().from(facilities)
  const { eximAsk } = await asked('1000')
  await expect(move(exim, eximAsk, 'begin_due_diligence')).rejects.toMatchObject({ fault: 'conflict' })
  await move(exim, eximAsk, 'issue_letter', { date: day })
  await move(kenya, eximAsk, 'apply')
  await move(exim, eximAsk, 'begin_due_diligence')
  const question = { key: key(), fragment: 'request_proceeds', text: 'What does the first year cost?' }
  await askAuthorsOfRequest(db, officer, eximAsk, question, null)
  await askAuthorsOfRequest(db, officer, eximAsk, question, null)
  const open = (await askPage(db, kenya, eximAsk)).questions
  expect(open).toHaveLength(1)
  await answerInstitution(db, kenya, { question: open[0]?.id ?? '', answer: '400 million' }, null)
  await expect(
    answerInstitution(db, kenya, { question: open[0]?.id ?? '', answer: 'another' }, null),
  ).rejects.toMatchObject({ fault: 'conflict' })
  await move(exim, eximAsk, 'hold', { reason: 'The study is awaited', date: day })
  await move(exim, eximAsk, 'resume')
  await move(exim, eximAsk, 'offer_terms')
  await expect(move(exim, eximAsk, 'approve')).rejects.toMatchObject({ fault: 'conflict' })
  await recordMoney(db, exim, eximAsk, record('approved', '800'), PDF, null)
  await move(exim, eximAsk, 'approve')
  await expect(recordMoney(db, exim, eximAsk, record('committed', '801'), null, null)).rejects.toMatchObject({
    fault: 'conflict',
    message: 'Commitments would pass what was approved.',
  })
  const committed = record('committed', '800', { facilityId: vault?.id ?? '' })
  const entry = await recordMoney(db, exim, eximAsk, committed, null, null)
  expect(await recordMoney(db, exim, eximAsk, committed, null, null)).toBe(entry)
  await move(exim, eximAsk, 'commit')
  const condition = await setCondition(
    db,
    officer,
    eximAsk,
    {
      ...{ key: key(), gate: 'every_disbursement', trancheId: null, text: 'Certificate of the engineer' },
      ...{ responsibleId: kenya.organization.id, dueOn: day },
    },
    null,
  )
  await move(exim, eximAsk, 'make_effective')
  await move(exim, eximAsk, 'begin_disbursing')
  const plan = (amount: string) =>
    planTranche(db, kenya, eximAsk, { key: key(), amount, plannedOn: day, method: 'direct' }, null)
  const [first, second] = [await plan('300'), await plan('500')]
  await expect(plan('0.01')).rejects.toMatchObject({
    fault: 'conflict',
    message: 'The tranches would pass the commitment.',
  })
  const act = (actor: Actor, trancheId: string, trancheAct: 'request' | 'approve' | 'pay') =>
    actOnTranche(
      db,
      actor,
      eximAsk,
      { key: key(), trancheId, trancheAct, reason: '', paidOn: '2026-11-25' },
      null,
    )
  const satisfy = async () => {
    await actOnCondition(
      db,
      kenya,
      eximAsk,
      { key: key(), conditionId: condition, conditionAct: 'submit', text: '' },
      PDF,
      null,
    )
    await actOnCondition(
      db,
      officer,
      eximAsk,
      { key: key(), conditionId: condition, conditionAct: 'satisfy', text: '' },
      null,
      null,
    )
  }
  for (const id of [first, second]) {
    await act(kenya, id, 'request')
    await expect(act(kenya, id, 'approve')).rejects.toMatchObject({ fault: 'forbidden' })
    await act(exim, id, 'approve')
  }
  await expect(act(officer, first, 'pay')).rejects.toMatchObject({ fault: 'conflict' })
  await satisfy()
  await act(officer, first, 'pay')
  // It has to be met again before every disbursement.
  await expect(act(officer, second, 'pay')).rejects.toMatchObject({ fault: 'conflict' })
  await actOnCondition(
    db,
    officer,
    eximAsk,
    { key: key(), conditionId: condition, conditionAct: 'propose_waiver', text: 'Works are complete' },
    null,
    null,
  )
  const confirm = (actor: Actor) =>
    actOnCondition(
      db,
      actor,
      eximAsk,
      { key: key(), conditionId: condition, conditionAct: 'confirm_waiver', text: '' },
      null,
      null,
    )
  await expect(confirm(officer)).rejects.toMatchObject({ fault: 'forbidden' })
  await confirm(exim)
  await act(officer, second, 'pay')
  const paid = (await askPage(db, kenya, eximAsk)).money
  expect(paid?.totals?.sums).toMatchObject({
    requested: '1000',
    approved: '800',
    committed: '800',
    disbursed: '800',
  })
  const wrong = paid?.entries.find(({ trancheId }) => trancheId === second)
  await reverseMoney(
    db,
    exim,
    eximAsk,
    { key: key(), entryId: wrong?.id ?? '', reason: 'Paid to a wrong account' },
    null,
    null,
  )
  const after = (await askPage(db, kenya, eximAsk)).money
  expect(after?.totals?.sums).toMatchObject({ committed: '800', disbursed: '300' })
  expect(after?.entries).toHaveLength((paid?.entries.length ?? 0) + 1)
  expect(after?.tranches.find(({ id }) => id === second)?.state).toBe('failed')
  const envelope = (await facilityList(db, exim)).find(({ id }) => id === vault?.id)
  expect(amountOf(envelope?.drawn ?? '')).toBe(300n * 10_000n)
  const shown = (await projectMoney(db, kenya, PROJECT)).conditions.find(({ id }) => id === condition)
  expect(shown?.evidence.map(({ name }) => name)).toEqual([PDF.name])
  const held = () => facilityList(db, exim).then(([one]) => one?.committed && amountOf(one.committed))
  const before = await held()
  await move(exim, eximAsk, 'cancel', { reason: 'The borrower does not need it' })
  expect((await askPage(db, kenya, eximAsk)).money?.totals?.sums).toMatchObject({
    committed: '300',
    cancelled: '500',
  })
  expect(((await held()) ?? 0n) || 0n).toBe((before || 0n) - 500n * 10_000n)
})

test('the database itself refuses what must never be false', async () => {
  const { eximAsk } = await disbursing('50')
  const raw = (kind: string, amount: string) =>
    db.execute(
      sql`insert into ledger_entries (id, key, ask_id, kind, amount, currency) values (${key()}, ${key()}, ${eximAsk}, ${kind}, ${amount}, 'USD')`,
    )
  await expect(raw('committed', '1')).rejects.toThrow()
  await expect(raw('disbursed', '1')).rejects.toThrow()
  await expect(
    db.execute(sql`update ledger_entries set amount = 1 where ask_id = ${eximAsk}`),
  ).rejects.toThrow()
  await expect(db.execute(sql`delete from ledger_entries where ask_id = ${eximAsk}`)).rejects.toThrow()
  await expect(
    db.execute(
      sql`insert into ledger_entries (id, key, ask_id, kind, amount, currency) values (${key()}, ${key()}, ${eximAsk}, 'approved', 1, 'EUR')`,
    ),
  ).rejects.toThrow()
})

test('whatever the order of acts, over many connections at once, no invariant is broken', async () => {
  const others = Array.from({ length: 4 }, () => connect(url, () => {}, 4))
  const pool = [db, ...others]
  try {
    const facilityId = await enterFacility(
      db,
      exim,
      {
        key: key(),
        institutionId: exim.organization.id,
        name: 'Small envelope',
        ceiling: '250',
        currency: 'USD',
        note: '',
      },
      null,
    )
    await expect(changeCeiling(db, jbic, facilityId, '1', null)).rejects.toMatchObject(NOT_FOUND)
    const asks: string[] = []
    for (let nth = 0; nth < 3; nth++) asks.push((await disbursing('60', facilityId)).eximAsk)
    const amount = fc.integer({ min: 1, max: 60 }).map(String)
    const act = fc.record({
      ask: fc.constantFrom(...asks),
      what: fc.constantFrom(
        'approved',
        'committed',
        'cancelled',
        'plan',
        'pay',
        'reverse',
        'condition',
        'ceiling',
      ),
      amount,
      on: fc.nat(4),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 12, maxLength: 24 }), async (acts) => {
        await Promise.allSettled(acts.map((one) => run(pool[one.on] ?? db, one, facilityId)))
        await holds(asks, facilityId)
      }),
      { numRuns: 8 },
    )
    await everyChangeIsAudited()
  } finally {
    await Promise.all(others.map((one) => one.$client.end()))
  }
}, 60_000)

type RandomAct = { ask: string; what: string; amount: string }

async function run(on: Database, { ask, what, amount }: RandomAct, facilityId: string): Promise<void> {
  if (what === 'plan') {
    const id = await planTranche(
      on,
      kenya,
      ask,
      { key: key(), amount, plannedOn: day, method: 'advance' },
      null,
    )
    const wish = (trancheAct: 'request' | 'approve') => ({
      key: key(),
      trancheId: id,
      trancheAct,
      reason: '',
      paidOn: null,
    })
    await actOnTranche(on, kenya, ask, wish('request'), null)
    await actOnTranche(on, exim, ask, wish('approve'), null)
  } else if (what === 'pay') {
    const approved = await on.select().from(tranches).where(eq(tranches.askId, ask))
    const one = approved.find(({ state }) => state === 'approved')
    if (one)
      await actOnTranche(
        on,
        officer,
        ask,
        { key: key(), trancheId: one.id, trancheAct: 'pay', reason: '', paidOn: day },
        null,
      )
  } else if (what === 'reverse') {
    const entries = await on.select().from(ledgerEntries).where(eq(ledgerEntries.askId, ask))
    const one = entries[Number(amount) % entries.length]
    if (one)
      await reverseMoney(
        on,
        exim,
        ask,
        { key: key(), entryId: one.id, reason: 'A wrong line, taken back' },
        null,
        null,
      )
  } else if (what === 'condition') {
    await setCondition(
      on,
      officer,
      ask,
      {
        ...{ key: key(), gate: 'first_disbursement', trancheId: null, text: `Condition number ${amount}` },
        ...{ responsibleId: kenya.organization.id, dueOn: null },
      },
      null,
    )
  } else if (what === 'ceiling')
    await changeCeiling(on, exim, facilityId, String(150 + Number(amount) * 3), null)
  else
    await recordMoney(
      on,
      exim,
      ask,
      record(what, amount, what === 'approved' ? {} : { facilityId }),
      null,
      null,
    )
}

/** The invariants, computed here from the rows and not by the code under test. */
async function holds(asks: readonly string[], facilityId: string) {
  const all = await db.select().from(ledgerEntries)
  const sum = (rows: typeof all, kind: string) =>
    rows.filter((row) => row.kind === kind).reduce((total, row) => total + storedAmount(row.amount), 0n)
  for (const ask of asks) {
    const rows = all.filter(({ askId }) => askId === ask)
    const committed = sum(rows, 'committed') - sum(rows, 'cancelled')
    const parts = await db.select().from(tranches).where(eq(tranches.askId, ask))
    const planned = parts
      .filter(({ state }) => ['planned', 'requested', 'approved', 'paid'].includes(state))
      .reduce((total, { amount }) => total + storedAmount(amount), 0n)
    expect(
      planned <= committed && committed <= sum(rows, 'approved') && sum(rows, 'disbursed') <= committed,
    ).toBe(true)
    const paid = parts
      .filter(({ state }) => state === 'paid')
      .reduce((t, { amount }) => t + storedAmount(amount), 0n)
    expect(paid).toBe(sum(rows, 'disbursed'))
    // Nothing was paid after a condition was opened.
    const [first] = await db
      .select()
      .from(conditions)
      .where(eq(conditions.askId, ask))
      .orderBy(conditions.createdAt)
    if (first)
      expect(
        rows.filter((row) => row.kind === 'disbursed' && !row.reversesId && row.at > first.createdAt),
      ).toEqual([])
    // Totals on the screen equal the ledger.
    const shown = (await askPage(db, kenya, ask)).money?.totals?.sums
    expect(amountOf(shown?.committed ?? '')).toBe(committed)
    const [line] = (
      await pipelineRows(db, kenya, { stage: null, institution: null, projectId: null })
    ).filter(({ id }) => id === ask)
    expect(amountOf(line?.sums?.committed ?? '')).toBe(committed)
    expect(amountOf(line?.sums?.disbursed ?? '')).toBe(sum(rows, 'disbursed'))
  }
  const drawn = all.filter((row) => row.facilityId === facilityId)
  const [facility] = await db.select().from(facilities).where(eq(facilities.id, facilityId))
  expect(sum(drawn, 'committed') - sum(drawn, 'cancelled') <= storedAmount(facility?.ceiling ?? '0')).toBe(
    true,
  )
}

async function everyChangeIsAudited() {
  const entries = await db.select().from(auditEntries).orderBy(auditEntries.id)
  const told = JSON.stringify(entries.map(({ after }) => after))
  const lines = await db.select().from(ledgerEntries)
  for (const { id, userId, kind, key: lineKey } of lines)
    if (userId) expect(told.includes(id), `${kind} ${lineKey}`).toBe(true)
}

test('announced money stays what it was called: a letter of interest is not more than indicated', async () => {
  expect(readMoney({ instrument: 'letter of interest', status: 'non-binding' })).toEqual({
    stage: 'letter_of_interest',
    kinds: ['indicated'],
  })
  expect(readMoney({ instrument: 'loan', status: 'reported' }).kinds).toEqual(['indicated'])
  expect(readMoney({ instrument: 'loan', status: 'financing agreement signed' }).kinds).toContain('committed')
  expect(readInstrument('price floor 110 USD/kg NdPr, 10 years')).toBe('price_support')
  await seedAnnouncedMoney(db)
  const rows = (
    await pipelineRows(db, kenya, { stage: 'letter_of_interest', institution: 'EXIM', projectId: null })
  ).filter(({ state }) => state === 'announced')
  expect(rows.length).toBeGreaterThan(5)
  const pages = await Promise.all(
    [1, 2].map((page) =>
      pipelinePage(db, coordinator, { stage: null, institution: null, projectId: null }, page),
    ),
  )
  const ids = pages.flatMap((page) => page.rows.map(({ id }) => id))
  expect(pages[0]?.rows).toHaveLength(50)
  expect(new Set(ids).size).toBe(Math.min(100, pages[0]?.total ?? 0))
  for (const row of rows) {
    expect(row.sums).toMatchObject({ approved: '0', committed: '0', disbursed: '0' })
    expect(row.source).toBeTruthy()
  }
})
