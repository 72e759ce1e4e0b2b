/**
 * Every act of the tables of a proposal, a review, a silence procedure and a host's consent, in every state, by everybody:
 * sent over HTTP to the real pages. What the tables allow works; everything else is refused, as something that does not
 * exist to whoever may not see it, and changes nothing.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { ASKED_CONSENT_STATES, CONSENT_ACTS, CONSENT_RULES, consentForm } from '../../app/domain/host-consent'
import type { Actor } from '../../app/domain/people'
import { PROPOSAL_STATES, type ProposalState } from '../../app/domain/project-stage'
import { MOVES, PROPOSAL_MOVES } from '../../app/domain/proposal-machine'
import {
  REVIEW_ACTS,
  REVIEW_RULES,
  REVIEW_STATES,
  type ReviewAct,
  type ReviewState,
} from '../../app/domain/review'
import { type Act, can } from '../../app/domain/rights'
import { SILENCE_STATES, type SilenceState } from '../../app/domain/silence'
import { wallClock } from '../../app/domain/zoned'
import type { Database } from '../../db/connection'
import { consentScope, hostConsentOf } from '../../db/queries/consents'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { answerConsent } from '../../server/consents/answer'
import { askConsent } from '../../server/consents/ask'
import { actOnReview } from '../../server/reviews/act'
import { nameReviewer } from '../../server/reviews/pool'
import { breakSilence, cancelSilence } from '../../server/silence/break'
import { type CaseIds, type Cases, SHEET, startCases } from '../harness/cases'
import { testDatabase } from '../harness/database'
import { startPages } from '../harness/portal-pages'
import { type Records, startRecords } from '../harness/records'
import { nameOf, type Try, watchTries } from '../harness/triples'

type Form = Record<string, string>
/** One form that somebody might send, to a page. */
type FormTry = Omit<Try, 'send'> & { page: string; form: Form }

/** All that an act on a case could change. */
const TABLES = [
  ...['proposals', 'proposal_moves', 'proposal_versions', 'reviews', 'review_sheets', 'review_interests'],
  ...['review_questions', 'silence_procedures', 'silence_breaks', 'host_consents', 'host_consent_steps'],
  ...['decisions', 'decision_counters', 'documents', 'channels'],
]

let db: Database
let records: Records
let cases: Cases
let send: Awaited<ReturnType<typeof startPages>>['send']
let watched: ReturnType<typeof watchTries>
let people: Actor[]
/** Somebody to ask in each state. */
const spares = new Map<ProposalState, string>()
let grants: { to: Actor; level: 'write' | 'comment' | 'read' }[]
let congo: Actor

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  cases = await startCases(db, records)
  const { as } = records
  congo = await as('congo', 'head')
  for (const state of PROPOSAL_STATES) {
    const email = `${state}@korea.test`
    spares.set(state, await records.people.person('kr', 'reader', email))
    await nameReviewer(db, cases.coordinator, email, null)
  }
  const [japan, canada] = [await as('japan', 'head'), await as('canada', 'delegate')]
  grants = [
    { to: japan, level: 'write' },
    { to: canada, level: 'comment' },
  ]
  people = [
    ...[cases.kenya, await as('kenya', 'delegate'), await as('kenya', 'adviser')],
    ...[japan, canada, congo, await as('korea', 'head'), cases.reviewers[0]],
    ...[cases.coordinator, await as('secretariat', 'secretary'), await as('secretariat', 'administrator')],
    await as('exim', 'head'),
  ]
  await cases.seat(congo)
  await cases.seat(await as('korea', 'head'))
  ;({ send } = await startPages(records, people))
  watched = watchTries(db, TABLES)
}, 240_000)

const sent = (one: FormTry): Try => ({ ...one, send: () => send(one.by, one.page, one.form) })
const expectRefused = (tries: readonly FormTry[]) => watched.expectRefused(tries.map(sent))
/** A sheet that is saved stays where it is, and is no act of the audit trail. */
const expectDone = (one: FormTry) =>
  one.form.act === 'save' ? watched.expectDone(sent(one), 200, false) : watched.expectDone(sent(one))

const stateOf = async (ids: CaseIds) => (await scopedProposal(db, ids.id))?.scope.state
async function cancelOpen(ids: CaseIds): Promise<void> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from silence_procedures where subject_id = ${ids.id} and state = 'open'`,
  )
  for (const { id } of rows) await cancelSilence({ db }, cases.coordinator, id, null)
}
const REASON = 'For a reason that is long enough.'
const key = () => randomUUID()

test('a proposal: its moves, asking reviewers, questions, silence, and bringing it back', async () => {
  const steered: Record<string, (state: ProposalState) => Form> = {
    assign: (state) => ({ act: 'assign', reviewers: spares.get(state) ?? '', days: '14' }),
    ask: () => ({ act: 'ask', key: key(), fragment: 'market', text: 'Is the offtake binding?' }),
    silence: () => ({
      ...{ act: 'silence', key: key(), outcome: 'declined', text: 'The group declines the proposal.' },
      ...{ zone: 'UTC', at: wallClock(new Date(Date.now() + 80 * 3_600_000), 'UTC') },
    }),
  }
  const moveForm = (move: string, seen: ProposalState): Form => ({
    ...{ move, seen, key: key(), reason: REASON, group: cases.groupId },
  })
  /** Cases that an allowed move led to a state: they need not be made again. */
  const ready: Partial<Record<ProposalState, CaseIds>> = {}
  let done = 0
  for (const state of PROPOSAL_STATES) {
    const ids = ready[state] ?? (await cases.at(state, { grants }))
    const found = await scopedProposal(db, ids.id)
    if (!found) throw new Error('no such proposal')
    const { scope } = found
    expect(scope.state).toBe(state)
    const of = (by: Actor, name: string, form: Form, allowed: boolean): FormTry => ({
      ...{ words: `${nameOf(by)}: ${name} while ${state}`, by, form, allowed },
      ...{ page: `/proposals/${ids.id}/case`, sees: can(by, 'read', scope) },
    })
    const tries = people.flatMap((by) => [
      ...PROPOSAL_MOVES.map((move) => of(by, move, moveForm(move, state), can(by, move, scope))),
      ...Object.entries(steered).map(([act, form]) =>
        of(by, act, form(state), can(by, 'steer', scope) && (act !== 'silence' || state === 'in_decision')),
      ),
      of(by, 'bring_back', { act: 'bring_back' }, can(by, 'bring_back', scope)),
    ])
    await expectRefused(tries.filter(({ allowed }) => !allowed))
    const allowed = tries.filter((one) => one.allowed)
    // The last move is made with the case at hand, which leads on; each other one has a fresh case.
    const stays = allowed.filter(({ form }) => !form.move)
    const moving = allowed.filter(({ form }) => form.move).reverse()
    moving.sort((a, b) => Number(a.form.move === 'recommend') - Number(b.form.move === 'recommend'))
    for (const one of [...stays, ...moving]) {
      const isLast = one === moving.at(-1)
      const isHere = isLast || (!one.form.move && one.form.act !== 'bring_back')
      const bare = one.form.move !== 'send_to_review'
      const subject = isHere ? ids : await cases.at(state, { grants, bare })
      await expectDone({ ...one, page: `/proposals/${subject.id}/case` })
      const made = PROPOSAL_MOVES.find((name) => name === one.form.move)
      expect(await stateOf(subject), one.words).toBe(made ? MOVES[made].to : state)
      if (made === 'take_up') await cases.accepted(subject)
      if (made === 'send_to_review') await cases.handedIn(subject)
      if (made && isLast) ready[MOVES[made].to] = subject
      if (one.form.act === 'silence') await cancelOpen(subject)
      done++
    }
  }
  const moves = PROPOSAL_MOVES.reduce(
    (sum, move) => sum + (MOVES[move].who === 'decision' ? 0 : MOVES[move].from.length),
    0,
  )
  // Besides the moves: asking reviewers and authors in four states, silence in one, a declined case by head and delegate.
  expect(done).toBe(moves + 4 + 4 + 1 + 2)
}, 240_000)

test('a review', async () => {
  const [reviewer] = cases.reviewers
  const forms: Record<ReviewAct, () => Form> = {
    accept: () => ({ act: 'accept' }),
    recuse: () => ({ act: 'recuse', kind: 'personal', reason: REASON }),
    disclose: () => ({ act: 'disclose', key: key(), kind: 'personal', reason: REASON }),
    save: () => ({ act: 'save', recommendation: 'decline' }),
    hand_in: () => ({ act: 'hand_in', ...SHEET, noteToSecretariat: key() }),
    release: () => ({ act: 'release' }),
    remind: () => ({ act: 'remind' }),
  }
  const act = (by: Actor, id: string, wish: Parameters<typeof actOnReview>[3]) =>
    actOnReview({ db }, by, id, wish, null)
  const reviewIn = async (state: ReviewState) => {
    const ids = await cases.at('submitted')
    await cases.ask(ids, reviewer)
    const id = await cases.reviewOf(ids, reviewer)
    if (state === 'released') await act(cases.coordinator, id, { act: 'release' })
    if (state === 'recused') await act(reviewer, id, { act: 'recuse', kind: 'personal', reason: REASON })
    if (state === 'accepted' || state === 'handed_in') await act(reviewer, id, { act: 'accept' })
    if (state === 'handed_in') await send(reviewer, `/reviews/${id}`, forms.hand_in())
    return { ids, id }
  }
  for (const state of REVIEW_STATES) {
    const found = await reviewIn(state)
    const scope = { kind: 'review', reviewerId: reviewer.userId, state } as const
    const pageOf = ({ ids, id }: typeof found, name: ReviewAct) =>
      REVIEW_RULES[name].who === 'reviewer' ? `/reviews/${id}` : `/proposals/${ids.id}/case`
    const tries = people.flatMap((by) =>
      REVIEW_ACTS.map((name) => ({
        ...{ words: `${nameOf(by)}: ${name} while ${state}`, by, name, page: pageOf(found, name) },
        form: { ...forms[name](), review: found.id },
        allowed: can(by, name, scope),
        // Asking from the case's page takes both: the case, and the review.
        sees: can(by, 'see', scope) && (REVIEW_RULES[name].who === 'reviewer' || by === cases.coordinator),
      })),
    )
    await expectRefused(tries.filter(({ allowed }) => !allowed))
    const allowed = tries.filter((one) => one.allowed)
    const moving = allowed.filter(({ name }) => (REVIEW_RULES[name].to ?? state) !== state)
    for (const one of [...allowed.filter((one) => !moving.includes(one)), ...moving]) {
      const fresh = moving.includes(one) && one !== moving.at(-1) ? await reviewIn(state) : found
      await expectDone({ ...one, page: pageOf(fresh, one.name), form: { ...one.form, review: fresh.id } })
      const { rows } = await db.execute(sql`select state from reviews where id = ${fresh.id}`)
      expect(rows[0]?.state, one.words).toBe(REVIEW_RULES[one.name].to ?? state)
    }
  }
})

test('a silence procedure', async () => {
  const ids = await cases.at('in_decision', { grants })
  const objection = { kind: 'objection' as const, reason: REASON }
  const { rows } = await db.execute<{ delegation_id: string }>(
    sql`select delegation_id from group_members where group_id = ${cases.groupId}`,
  )
  const entitledIds = rows.map((row) => row.delegation_id)
  const procedureIn = async (state: SilenceState): Promise<string> => {
    const own = state === 'adopted' ? await cases.at('in_decision') : ids
    await db.execute(
      sql`update silence_procedures set state = 'cancelled' where subject_id = ${own.id} and state = 'open'`,
    )
    const id = await cases.silence(own)
    if (state === 'broken')
      await breakSilence(
        { db },
        congo,
        id,
        { key: key(), ...objection },
        { from: null, receivedAt: new Date() },
      )
    if (state === 'cancelled') await cancelSilence({ db }, cases.coordinator, id, null)
    if (state === 'adopted') await cases.deadlinePasses(id)
    return id
  }
  for (const state of SILENCE_STATES) {
    const id = await procedureIn(state)
    const scope = { kind: 'silence', state, entitledIds } as const
    const acts = {
      break: () => ({ act: 'break', key: key(), ...objection }),
      cancel: () => ({ act: 'cancel' }),
    }
    const tries = people.flatMap((by) =>
      (['break', 'cancel'] as const).map((name) => ({
        ...{ words: `${nameOf(by)}: ${name} while ${state}`, by, form: acts[name](), page: `/silence/${id}` },
        ...{ name, allowed: can(by, name, scope), sees: can(by, 'see', scope) },
      })),
    )
    await expectRefused(tries.filter(({ allowed }) => !allowed))
    for (const one of tries.filter(({ allowed }) => allowed)) {
      const fresh = await procedureIn(state)
      await expectDone({ ...one, page: `/silence/${fresh}` })
      const after = await db.execute(sql`select state from silence_procedures where id = ${fresh}`)
      expect(after.rows[0]?.state, one.words).toBe(one.name === 'break' ? 'broken' : 'cancelled')
    }
  }
})

test('the consent of a host', async () => {
  const answer = (id: string, act: string) =>
    answerConsent({ db }, congo, id, consentForm.parse({ act, key: key(), statement: REASON }), null)
  const consentIn = async (state: (typeof ASKED_CONSENT_STATES)[number] | null) => {
    const ids = await cases.at('submitted', { country: 'CD', grants })
    if (state === null) return { ids, id: '' }
    await askConsent({ db }, cases.coordinator, ids.id, key(), null)
    const id = (await hostConsentOf(db, ids.id))?.consent?.id ?? ''
    if (state === 'given' || state === 'withdrawn') await answer(id, 'give')
    if (state === 'withdrawn') await answer(id, 'withdraw')
    if (state === 'refused') await answer(id, 'refuse')
    return { ids, id }
  }
  for (const state of [null, ...ASKED_CONSENT_STATES]) {
    const found = await consentIn(state)
    const [held, proposal] = [await hostConsentOf(db, found.ids.id), await scopedProposal(db, found.ids.id)]
    if (!held || !proposal) throw new Error('no such case')
    const scope = consentScope(held, proposal.scope)
    const pageOf = ({ ids, id }: typeof found, name: Act['consent']) =>
      name === 'ask' ? `/proposals/${ids.id}/case` : `/consents/${id}`
    const tries = people.flatMap((by) =>
      // Before it was asked for there is no consent that one could answer.
      CONSENT_ACTS.filter((name) => state !== null || name === 'ask').map((name) => ({
        ...{ words: `${nameOf(by)}: ${name} while ${state}`, by, name, page: pageOf(found, name) },
        form: { act: name === 'ask' ? 'consent' : name, key: key(), statement: REASON } as Form,
        allowed: can(by, name, scope),
        sees: name === 'ask' ? can(by, 'read', proposal.scope) : can(by, 'see', scope),
      })),
    )
    await expectRefused(tries.filter(({ allowed }) => !allowed))
    const allowed = tries.filter((one) => one.allowed)
    for (const one of allowed) {
      const fresh = one === allowed.at(-1) ? found : await consentIn(state)
      await expectDone({ ...one, page: pageOf(fresh, one.name) })
      expect((await hostConsentOf(db, fresh.ids.id))?.consent?.state, one.words).toBe(
        CONSENT_RULES[one.name].to,
      )
    }
  }
})
