/**
 * Every act of financing by everybody in every state: an ask at each stage, its conditions and its tranches; the request,
 * and facilities. What the tables allow works over HTTP, on the real pages; everything else is refused, as something that
 * does not exist to whoever may not see it, and changes nothing.
 */
import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { actOnAsk } from '../../app/ask-acts.server'
import { isFault } from '../../app/domain/fault'
import {
  CONDITION_ACTS,
  CONDITION_RULES,
  CONDITION_STATES,
  type ConditionState,
} from '../../app/domain/money-conditions'
import { askForm, recordForm } from '../../app/domain/money-forms'
import { LEDGER_KINDS } from '../../app/domain/money-ledger'
import { FINANCING_MOVES, FINANCING_STAGES, type FinancingStage, moveTo } from '../../app/domain/money-stages'
import {
  TRANCHE_ACTS,
  TRANCHE_RULES,
  TRANCHE_STATES,
  type TrancheState,
} from '../../app/domain/money-tranches'
import type { Actor } from '../../app/domain/people'
import { mayBeRecorded, mayWithCondition, mayWithTranche } from '../../app/domain/request-rights'
import { REQUEST_SECTIONS } from '../../app/domain/request-template'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { mustSeeAsk, scopedAsk, scopedRequest } from '../../db/queries/requests'
import { askReaders, financingAsks, financingRequests } from '../../db/schema/financing'
import { conditions, facilities, tranches } from '../../db/schema/ledger'
import { grant } from '../../server/documents/grant'
import { askInstitutions } from '../../server/financing/ask'
import { actOnCondition, setCondition } from '../../server/financing/conditions'
import { enterFacility } from '../../server/financing/facilities'
import { moveAsk } from '../../server/financing/move'
import { recordMoney } from '../../server/financing/record'
import { startRequest } from '../../server/financing/start'
import { nameReader } from '../../server/financing/terms'
import { actOnTranche, planTranche } from '../../server/financing/tranches'
import { testDatabase } from '../harness/database'
import { startPages } from '../harness/portal-pages'
import { type Records, startRecords } from '../harness/records'
import { nameOf, type Try, watchTries } from '../harness/triples'

type Form = Record<string, string>

const PROJECT = 'p010'
const DAY = '2026-11-25'
const REASON = 'For a reason that is long enough.'
const LETTER = '%PDF-1.7 a letter'

let db: Database
let records: Records
let send: Awaited<ReturnType<typeof startPages>>['send']
let tries: ReturnType<typeof watchTries>
let people: Actor[]
let kenya: Actor
let exim: Actor
let officer: Actor
let japan: Actor
const key = () => randomUUID()

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  const { as } = records
  ;[kenya, exim, officer, japan] = [
    await as('kenya', 'head'),
    await as('exim', 'head'),
    await as('exim', 'officer'),
    await as('japan', 'head'),
  ]
  people = [
    ...[kenya, await as('kenya', 'delegate'), await as('kenya', 'adviser')],
    // Takes part and sees the money; takes part and does not; takes no part.
    ...[japan, await as('canada', 'delegate'), await as('congo', 'head')],
    ...[exim, officer, await as('exim', 'reader'), await as('jbic', 'head')],
    ...[await as('secretariat', 'coordinator'), await as('secretariat', 'administrator')],
  ]
  ;({ send } = await startPages(records, people))
  tries = watchTries(db, [
    ...['financing_requests', 'financing_asks', 'financing_moves', 'financing_files', 'financing_questions'],
    ...['ledger_entries', 'conditions', 'condition_events', 'tranches', 'facilities', 'ask_readers'],
    ...['documents', 'channels'],
  ])
}, 120_000)

const isCoordinator = ({ organization }: Actor) => organization.role === 'coordinator'
/** What somebody might send, with the document that a coordinator needs. */
const trying = (
  by: Actor,
  words: string,
  page: string,
  form: () => Form,
  { allowed, sees }: Pick<Try, 'allowed' | 'sees'>,
): Try => ({
  ...{ words: `${nameOf(by)}: ${words}`, by, allowed, sees },
  send: () => send(by, page, form(), isCoordinator(by) ? LETTER : undefined),
})

const STATUS = { not_found: 404, forbidden: 403, conflict: 409, invalid: 422, unavailable: 503 } as const

/** The same on an ask's page. Two acts are refused over HTTP too, at each stage to each. */
const tryingAsk = <Name extends string>(
  by: Actor,
  name: Name,
  { askId, while: state }: { askId: string; while: string },
  form: () => Form,
  rights: Pick<Try, 'allowed' | 'sees'>,
) => ({
  ...trying(by, `${name} while ${state}`, `/financing/asks/${askId}`, form, rights),
  name,
  here:
    name === 'issue_letter' || name === 'plan_tranche'
      ? undefined
      : async () => {
          const bytes = new TextEncoder().encode(LETTER)
          const file = isCoordinator(by) ? { name: 'letter.pdf', bytes } : null
          try {
            await mustSeeAsk(db, by, askId)
            const refused = await actOnAsk({ portal: records.parts, from: null }, by, askId, form(), file)
            return refused?.init?.status ?? 202
          } catch (error) {
            if (!isFault(error)) throw error
            return STATUS[error.fault]
          }
        },
})

const record = (kind: string, amount: string) => recordForm.parse({ key: key(), kind, amount, onDate: DAY })

/** An ask of EXIM's that is disbursing: much is approved and committed, and one tranche is paid. */
async function disbursing(): Promise<{ requestId: string; askId: string; trancheId: string }> {
  const requestId = await startRequest(db, kenya, PROJECT, { key: key(), title: 'Money for it' }, null)
  const input = askForm.parse({
    ...{ key: key(), institutions: [exim.organization.id], instrument: 'direct_loan', amount: '1000' },
    ...{ currency: 'USD', purpose: 'Construction of the plant' },
  })
  await askInstitutions(records.parts, kenya, requestId, input, null)
  const [ask] = await db.select().from(financingAsks).where(eq(financingAsks.requestId, requestId))
  const [request] = await db.select().from(financingRequests).where(eq(financingRequests.id, requestId))
  const askId = ask?.id ?? ''
  for (const [{ organization }, level] of [
    [japan, 'write'],
    [await records.as('canada', 'delegate'), 'read'],
  ] as const)
    await grant(
      records.parts,
      kenya,
      request?.documentId ?? '',
      { delegationId: organization.id, level },
      null,
    )
  await nameReader(records.parts, kenya, askId, { delegationId: japan.organization.id, reads: true }, null)
  const move = (actor: Actor, name: (typeof FINANCING_MOVES)[number]) =>
    moveAsk(db, actor, askId, { key: key(), move: name, reason: '', date: null }, null, null)
  await move(kenya, 'apply')
  await move(exim, 'begin_due_diligence')
  await move(exim, 'offer_terms')
  await recordMoney(db, exim, askId, record('approved', '1000'), null, null)
  await move(exim, 'approve')
  await recordMoney(db, exim, askId, record('committed', '600'), null, null)
  await move(exim, 'commit')
  await move(exim, 'make_effective')
  await move(exim, 'begin_disbursing')
  const trancheId = await planned(askId)
  await actOnTranche(db, kenya, askId, trancheStep(trancheId, 'request'), null)
  await actOnTranche(db, exim, askId, trancheStep(trancheId, 'approve'), null)
  await actOnTranche(db, officer, askId, trancheStep(trancheId, 'pay'), null)
  return { requestId, askId, trancheId }
}

const planned = (askId: string, by = exim) =>
  planTranche(db, by, askId, { key: key(), amount: '50', plannedOn: DAY, method: 'advance' }, null)
const trancheStep = (trancheId: string, trancheAct: (typeof TRANCHE_ACTS)[number]) => ({
  ...{ key: key(), trancheId, trancheAct, reason: REASON, paidOn: DAY },
})

const scopeOf = async (askId: string) => {
  const found = await scopedAsk(db, askId)
  if (!found) throw new Error('no such ask')
  return found.scope
}

/** Puts an ask where a test needs it. */
const putAt = (askId: string, stage: FinancingStage, heldFrom: FinancingStage | null) =>
  db
    .update(financingAsks)
    .set({ stage, heldFrom, resumeOn: heldFrom && '2030-01-31', letterExpiresOn: null })
    .where(eq(financingAsks.id, askId))

test('an ask at each stage: its moves, its ledger, questions, conditions, tranches and readers', async () => {
  const { askId, trancheId } = await disbursing()
  const other = records.as('canada', 'delegate')
  const readerId = (await other).organization.id
  const places = FINANCING_STAGES.flatMap((stage): [FinancingStage, FinancingStage | null][] =>
    stage === 'on_hold'
      ? [
          ['on_hold', 'application'],
          ['on_hold', 'disbursing'],
        ]
      : [[stage, null]],
  )
  let moved = 0
  for (const [stage, heldFrom] of places) {
    await putAt(askId, stage, heldFrom)
    const scope = await scopeOf(askId)
    const of = (by: Actor, name: string, form: () => Form, allowed: boolean) =>
      tryingAsk(by, name, { askId, while: stage }, form, { allowed, sees: can(by, 'see', scope) })
    const all = people.flatMap((by) => [
      ...FINANCING_MOVES.map((move) =>
        of(
          by,
          move,
          () => ({ act: 'move', key: key(), move, reason: REASON, date: '2030-01-31' }),
          can(by, move, scope),
        ),
      ),
      ...LEDGER_KINDS.filter((kind) => kind !== 'disbursed').map((kind) =>
        of(
          by,
          `record_${kind}`,
          () => ({ act: 'record', key: key(), kind, amount: '1', onDate: DAY, facilityId: '' }),
          can(by, `record_${kind}`, scope) && mayBeRecorded(kind, stage),
        ),
      ),
      of(
        by,
        'question',
        () => ({
          act: 'question',
          key: key(),
          fragment: REQUEST_SECTIONS[0].fragment,
          text: 'Is the offtake binding?',
        }),
        can(by, 'question', scope),
      ),
      of(
        by,
        'set_condition',
        () => ({
          ...{ act: 'set_condition', key: key(), gate: 'tranche', trancheId, text: 'Something has to be so' },
          ...{ responsibleId: kenya.organization.id, dueOn: '' },
        }),
        can(by, 'condition', scope),
      ),
      of(
        by,
        'plan_tranche',
        () => ({ act: 'plan_tranche', key: key(), amount: '1', plannedOn: DAY, method: 'advance' }),
        can(by, 'tranche', scope),
      ),
      of(
        by,
        'name_reader',
        () => ({ act: 'name_reader', delegationId: readerId }),
        can(by, 'name_reader', scope),
      ),
    ])
    await tries.expectRefused(all.filter(({ allowed }) => !allowed))
    for (const one of all.filter(({ allowed }) => allowed)) {
      await tries.expectDone(one)
      const move = FINANCING_MOVES.find((name) => name === one.name)
      const { stage: now } = await scopeOf(askId)
      expect(now, one.words).toBe(move ? moveTo(move, stage, heldFrom) : stage)
      if (move) {
        moved++
        if (move === 'cancel') {
          // What was cancelled went back: it is committed again.
          await putAt(askId, 'committed', null)
          await recordMoney(db, exim, askId, record('committed', '300'), null, null)
        }
        await putAt(askId, stage, heldFrom)
      }
      if (one.name === 'plan_tranche') await dropOpen(askId)
      if (one.name === 'name_reader') await db.delete(askReaders).where(eq(askReaders.delegationId, readerId))
    }
  }
  expect(moved).toBeGreaterThan(FINANCING_MOVES.length)
}, 240_000)

/** No tranche is left open: it would keep the ask from ending. */
const dropOpen = (askId: string) =>
  db
    .update(tranches)
    .set({ state: 'cancelled', reason: REASON })
    .where(and(eq(tranches.askId, askId), eq(tranches.state, 'planned')))

test('a condition in each state', async () => {
  const { askId } = await disbursing()
  const scope = await scopeOf(askId)
  const step = (
    by: Actor,
    conditionId: string,
    conditionAct: (typeof CONDITION_ACTS)[number],
  ): Promise<void> =>
    actOnCondition(db, by, askId, { key: key(), conditionId, conditionAct, text: REASON }, null, null)
  const conditionIn = async (state: ConditionState) => {
    const id = await setCondition(
      db,
      officer,
      askId,
      {
        ...{ key: key(), gate: 'every_disbursement', trancheId: null, text: 'Something has to be so' },
        ...{ responsibleId: kenya.organization.id, dueOn: null },
      },
      null,
    )
    if (state !== 'open') await step(kenya, id, 'submit')
    if (state === 'returned') await step(officer, id, 'return')
    if (state === 'satisfied') await step(officer, id, 'satisfy')
    // Somebody of the institution proposed it who confirms nothing here.
    if (state !== 'satisfied')
      await db
        .update(conditions)
        .set({ waiverBy: coAuthor(), waiverReason: REASON })
        .where(eq(conditions.id, id))
    if (state === 'waived') await step(officer, id, 'confirm_waiver')
    return id
  }
  const coAuthor = () => people.find(({ organization }) => organization.role === 'reader')?.userId ?? ''
  for (const state of CONDITION_STATES) {
    const id = await conditionIn(state)
    const all = people.flatMap((by) =>
      CONDITION_ACTS.map((name) =>
        tryingAsk(
          by,
          name,
          { askId, while: state },
          () => ({ act: 'condition', key: key(), conditionId: at.id, conditionAct: name, text: REASON }),
          {
            allowed: mayWithCondition(by, name, { ask: scope, state, responsibleId: kenya.organization.id }),
            sees: can(by, 'money', scope),
          },
        ),
      ),
    )
    const at = { id }
    await tries.expectRefused(all.filter(({ allowed }) => !allowed))
    for (const one of all.filter(({ allowed }) => allowed)) {
      at.id = await conditionIn(state)
      await tries.expectDone(one)
      const [after] = await db.select().from(conditions).where(eq(conditions.id, at.id))
      expect(after?.state, one.words).toBe(CONDITION_RULES[one.name].to ?? state)
    }
  }
})

test('a tranche in each state', async () => {
  const { askId } = await disbursing()
  const scope = await scopeOf(askId)
  const trancheIn = async (state: TrancheState) => {
    const id = await planTranche(
      db,
      exim,
      askId,
      { key: key(), amount: '1', plannedOn: DAY, method: 'advance' },
      null,
    )
    const step = (by: Actor, act: (typeof TRANCHE_ACTS)[number]) =>
      actOnTranche(db, by, askId, trancheStep(id, act), null)
    if (state === 'cancelled') await step(exim, 'drop')
    if (state === 'planned' || state === 'cancelled') return id
    await step(kenya, 'request')
    if (state === 'requested') return id
    await step(exim, 'approve')
    if (state === 'paid') await step(officer, 'pay')
    if (state === 'failed') await step(officer, 'fail')
    return id
  }
  for (const state of TRANCHE_STATES) {
    const at = { id: await trancheIn(state) }
    const requestedBy = state === 'planned' || state === 'cancelled' ? null : kenya.userId
    const all = people.flatMap((by) =>
      TRANCHE_ACTS.map((name) =>
        tryingAsk(
          by,
          name,
          { askId, while: state },
          () => ({
            ...{
              act: 'tranche',
              key: key(),
              trancheId: at.id,
              trancheAct: name,
              reason: REASON,
              paidOn: DAY,
            },
          }),
          {
            allowed: mayWithTranche(by, name, { ask: scope, state, requestedBy }),
            sees: can(by, 'money', scope),
          },
        ),
      ),
    )
    // Sent again by who did it, it is done already and answered so: `financing.test.ts`.
    const again = ({ by, name }: (typeof all)[number]) =>
      (name === 'request' && state === 'requested' && by === kenya) ||
      (name === 'approve' && state === 'approved' && by === exim)
    await tries.expectRefused(all.filter((one) => !one.allowed && !again(one)))
    for (const one of all.filter(({ allowed }) => allowed)) {
      at.id = await trancheIn(state)
      await tries.expectDone(one)
      const [after] = await db.select().from(tranches).where(eq(tranches.id, at.id))
      expect(after?.state, one.words).toBe(TRANCHE_RULES[one.name].to)
    }
  }
})

test('a request, before and after institutions were asked; and facilities', async () => {
  const bare = await startRequest(db, kenya, PROJECT, { key: key(), title: 'Not asked yet' }, null)
  const { requestId } = await disbursing()
  for (const id of [bare, requestId]) {
    const found = await scopedRequest(db, id)
    if (!found) throw new Error('no such request')
    const { scope } = found
    const all = people.map((by) =>
      trying(
        by,
        `ask while ${scope.state}`,
        `/financing/${id}`,
        () => ({
          ...{ act: 'ask', key: key(), institutions: exim.organization.id, instrument: 'direct_loan' },
          ...{ amount: '10', currency: 'USD', tenorYears: '', purpose: 'Construction of the plant' },
        }),
        { allowed: can(by, 'ask', scope), sees: can(by, 'see', scope) },
      ),
    )
    await tries.expectRefused(all.filter(({ allowed }) => !allowed))
    for (const one of all.filter(({ allowed }) => allowed)) await tries.expectDone(one)
  }
  const institutionId = exim.organization.id
  const scope = { kind: 'facility', institutionId } as const
  const input = { institutionId, name: 'Project Vault', ceiling: '100', currency: 'USD', note: '' }
  const facilityId = await enterFacility(db, exim, { key: key(), ...input }, null)
  const all = people.flatMap((by) => {
    const rights = { allowed: can(by, 'keep', scope), sees: can(by, 'see', scope) }
    const at = '/financing/facilities'
    return [
      trying(by, 'enter a facility', at, () => ({ act: 'enter', key: key(), ...input }), rights),
      trying(
        by,
        'change a ceiling',
        at,
        () => ({ act: 'ceiling', facilityId, ceiling: String(200 + Math.floor(Math.random() * 1000)) }),
        rights,
      ),
    ]
  })
  await tries.expectRefused(all.filter(({ allowed }) => !allowed))
  const before = await db.$count(facilities)
  const done = all.filter(({ allowed }) => allowed)
  for (const one of done) await tries.expectDone(one)
  // One more of each who may enter one.
  const entered = done.filter(({ words }) => words.endsWith(': enter a facility'))
  expect(entered.length).toBeGreaterThan(0)
  expect(await db.$count(facilities)).toBe(before + entered.length)
})
