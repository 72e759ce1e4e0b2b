import { asc, eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { decimalOf, storedAmount } from '../../app/domain/money-amount'
import { unmetUpTo } from '../../app/domain/money-conditions'
import { isReason, type MoveAskInput, REASON_TOO_SHORT } from '../../app/domain/money-forms'
import { LEDGER_LABEL, type LedgerKind, totalsOf, undrawn } from '../../app/domain/money-ledger'
import {
  FINANCING_HELD_BY,
  FINANCING_MOVE_LABEL,
  FINANCING_RULES,
  FINANCING_STAGE_LABEL,
  type FinancingMove,
  type MoveGuard,
  moveTo,
} from '../../app/domain/money-stages'
import { isOpenTranche } from '../../app/domain/money-tranches'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { lockedAsk } from '../../db/queries/locked-ask'
import { financingAsks, financingMoves } from '../../db/schema/financing'
import { conditions, ledgerEntries, tranches } from '../../db/schema/ledger'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { type Handed, keepFile } from './files'
import { guarded } from './guarded'
import { mustProve } from './record'
import { tellOfMoney } from './tell'

/**
 * Moves an ask to another stage, in one transaction with its line in the history and its audit entry. The same key again
 * is the same move. Throws `notFound`, `forbidden`, `invalid` (reason, date, document), `conflict` (not from this stage, or
 * what has to be so before it is not).
 */
export const moveAsk = (
  db: Database,
  actor: Actor,
  askId: string,
  input: MoveAskInput,
  file: Handed | null,
  from: string | null,
): Promise<void> => guarded(() => db.transaction((tx) => moveIn(tx, actor, askId, input, file, from)))

async function moveIn(
  tx: Transaction,
  actor: Actor,
  askId: string,
  { key, move, reason, date }: MoveAskInput,
  file: Handed | null,
  from: string | null,
): Promise<void> {
  const { ask, request, scope } = await lockedAsk(tx, actor, askId, 'see', '')
  const [same] = await tx.select().from(financingMoves).where(eq(financingMoves.key, key))
  if (same) {
    if (same.askId !== askId || same.move !== move)
      throw invalid('This key was used for something else. Load the page again.')
    return
  }
  const after = moveTo(move, scope.stage, scope.heldFrom)
  if (!can(actor, move, scope)) {
    if (after === null)
      throw conflict(
        `It is at the stage “${FINANCING_STAGE_LABEL[scope.stage]}” by now. Load the page again.`,
      )
    throw forbidden(
      FINANCING_RULES[move].who === 'lead'
        ? 'Only the head of the delegation that asks does that.'
        : 'The institution’s own head does that.',
    )
  }
  if (after === null) throw notFound()
  const rule = FINANCING_RULES[move]
  if (rule.needsReason && !isReason(reason))
    throw invalid('Nothing was changed.', { reason: [REASON_TOO_SHORT] })
  const today = new Date().toISOString().slice(0, 10)
  if (rule.needsDate && (!date || date <= today))
    throw invalid('Nothing was changed.', {
      date: [rule.needsDate === 'expiry' ? 'Say until when the letter holds.' : 'Say when work resumes.'],
    })
  // What the asking delegation does itself needs no document of the institution's.
  if (rule.who !== 'lead') mustProve(actor, file)
  await mustHold(tx, askId, move)
  const kept = file ? await keepFile(tx, actor, askId, file) : null
  const cancelled = move === 'cancel' ? await cancelUndrawn(tx, actor, askId, key, reason) : []
  await tx
    .update(financingAsks)
    .set({
      ...{ stage: after, stageSince: new Date() },
      heldFrom: after === 'on_hold' ? scope.stage : null,
      resumeOn: after === 'on_hold' ? date : null,
      letterExpiresOn: rule.needsDate === 'expiry' ? date : ask.letterExpiresOn,
    })
    .where(eq(financingAsks.id, askId))
  await tx.insert(financingMoves).values({
    ...{ id: newId(), askId, key, move, before: scope.stage, after, reason: reason || null },
    ...{ dateOn: rule.needsDate ? date : null, fileId: kept?.id ?? null },
    ...{ userId: actor.userId, organizationId: actor.organization.id },
  })
  for (const after of cancelled)
    await recordAct(tx, {
      ...{ actor, from, act: 'ledger.record', objectKind: 'financing_ask', objectId: askId, after },
    })
  await recordAct(tx, {
    actor,
    from,
    act: `financing.${move}`,
    objectKind: 'financing_ask',
    objectId: askId,
    before: { stage: scope.stage },
    after: {
      stage: after,
      reason: reason || null,
      date: rule.needsDate ? date : null,
      sha256: kept?.sha256 ?? null,
    },
  })
  const holder = FINANCING_HELD_BY[after]
  await tellOfMoney(
    tx,
    actor,
    { ask, request },
    {
      ...{ act: `financing.${move} ${askId} ${key}`, what: FINANCING_MOVE_LABEL[move].done },
      turn: holder === 'institution' || holder === 'lead' ? holder : null,
    },
  )
}

/** Throws `conflict` when something that has to be so before the move is not. */
async function mustHold(tx: Transaction, askId: string, move: FinancingMove) {
  const { guards } = FINANCING_RULES[move]
  if (guards.length === 0) return
  const entries = await tx.select().from(ledgerEntries).where(eq(ledgerEntries.askId, askId))
  const set = await tx.select().from(conditions).where(eq(conditions.askId, askId))
  const parts = await tx.select({ state: tranches.state }).from(tranches).where(eq(tranches.askId, askId))
  const sums = totalsOf(entries)[0]?.sums
  const has = (kind: LedgerKind) => sums !== undefined && storedAmount(sums[kind]) > 0n
  const needs = (kind: LedgerKind) =>
    has(kind)
      ? null
      : `Record what is ${LEDGER_LABEL[kind].label.toLowerCase()} first: a stage implies no amount.`
  const met = (gate: 'signing' | 'effectiveness' | 'first_disbursement') => {
    const open = unmetUpTo(set, gate)
    return open.length === 0 ? null : `Conditions are open: ${open.map(({ text }) => text).join('; ')}`
  }
  const problemOf: Record<MoveGuard, () => string | null> = {
    requested_amount: () => needs('requested'),
    approved_amount: () => needs('approved'),
    committed_amount: () => needs('committed'),
    signing_conditions: () => met('signing'),
    effectiveness_conditions: () => met('effectiveness'),
    first_disbursement_conditions: () => met('first_disbursement'),
    no_open_tranche: () =>
      parts.some(({ state }) => isOpenTranche(state))
        ? 'A tranche is open: pay it or cancel it first.'
        : null,
  }
  for (const guard of guards) {
    const problem = problemOf[guard]()
    if (problem) throw conflict(problem)
  }
}

/** Gives headroom back: what was committed and not paid out is cancelled, facility by facility. */
async function cancelUndrawn(tx: Transaction, actor: Actor, askId: string, key: string, reason: string) {
  const made: {
    entry: string
    kind: 'cancelled'
    amount: string
    currency: string
    facilityId: string | null
  }[] = []
  const entries = await tx
    .select()
    .from(ledgerEntries)
    .where(eq(ledgerEntries.askId, askId))
    .orderBy(asc(ledgerEntries.at))
  const totals = totalsOf(entries)[0]
  if (!totals) return made
  let left = storedAmount(undrawn(totals.sums))
  for (const facilityId of new Set(entries.map((entry) => entry.facilityId))) {
    const there = totalsOf(entries.filter((entry) => entry.facilityId === facilityId))[0]
    const held = there ? storedAmount(there.sums.committed) : 0n
    const amount = held < left ? held : left
    if (amount <= 0n) continue
    left -= amount
    const id = newId()
    await tx.insert(ledgerEntries).values({
      ...{ id, key: `${key} ${facilityId ?? 'own'}`, askId, kind: 'cancelled', currency: totals.currency },
      ...{
        amount: decimalOf(amount),
        onDate: new Date().toISOString().slice(0, 10),
        facilityId,
        note: reason,
      },
      ...{ userId: actor.userId, organizationId: actor.organization.id },
    })
    made.push({
      entry: id,
      kind: 'cancelled',
      amount: decimalOf(amount),
      currency: totals.currency,
      facilityId,
    })
  }
  return made
}
