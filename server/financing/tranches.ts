import { and, eq, inArray, max } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { inTheWay } from '../../app/domain/money-conditions'
import {
  isReason,
  REASON_TOO_SHORT,
  type TrancheActInput,
  type TrancheInput,
} from '../../app/domain/money-forms'
import { TRANCHE_ACT_LABEL, TRANCHE_RULES, TRANCHE_STATE_LABEL } from '../../app/domain/money-tranches'
import type { Actor } from '../../app/domain/people'
import { mayWithTranche } from '../../app/domain/request-rights'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { lockedAsk } from '../../db/queries/locked-ask'
import { conditions, ledgerEntries, tranches } from '../../db/schema/ledger'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { guarded, mustBeAmount } from './guarded'
import { tellOfMoney } from './tell'

/**
 * Plans a tranche of a commitment, numbered after those there are. Out: its id; the same key again gives the same. Throws
 * `notFound`, `forbidden`, `invalid`, `conflict` when the tranches would pass the commitment.
 */
export const planTranche = (
  db: Database,
  actor: Actor,
  askId: string,
  { key, amount, plannedOn, method }: TrancheInput,
  from: string | null,
): Promise<string> =>
  guarded(() =>
    db.transaction(async (tx) => {
      const { ask } = await lockedAsk(
        tx,
        actor,
        askId,
        'tranche',
        'Tranches are planned by those who ask and by the institution, once money is committed.',
      )
      const [same] = await tx.select().from(tranches).where(eq(tranches.key, key))
      if (same) {
        if (same.askId !== askId) throw invalid('This key was used for something else. Load the page again.')
        return same.id
      }
      mustBeAmount(amount, ask.currency)
      const [row] = await tx
        .select({ last: max(tranches.number) })
        .from(tranches)
        .where(eq(tranches.askId, askId))
      const [id, number] = [newId(), (row?.last ?? 0) + 1]
      await tx
        .insert(tranches)
        .values({ id, key, askId, number, amount, plannedOn, method, createdBy: actor.userId })
      await recordAct(tx, {
        actor,
        from,
        act: 'tranche.plan',
        objectKind: 'financing_ask',
        objectId: askId,
        after: { tranche: id, number, amount, currency: ask.currency, plannedOn, method },
      })
      return id
    }),
  )

/**
 * One act on a tranche. Paying writes the line `disbursed` into the ledger, and opens again what has to be met before every
 * disbursement. Throws `notFound`, `forbidden`, `invalid`, and `conflict` when it is in another state by now, or a
 * condition is open.
 */
export const actOnTranche = (
  db: Database,
  actor: Actor,
  askId: string,
  input: TrancheActInput,
  from: string | null,
): Promise<void> => guarded(() => db.transaction((tx) => actIn(tx, actor, askId, input, from)))

async function actIn(
  tx: Transaction,
  actor: Actor,
  askId: string,
  { key, trancheId, trancheAct: act, reason, paidOn }: TrancheActInput,
  from: string | null,
) {
  const { ask, request, scope } = await lockedAsk(tx, actor, askId, 'see', '')
  if (!can(actor, 'money', scope) || !isId(trancheId)) throw notFound()
  const [tranche] = await tx.select().from(tranches).where(eq(tranches.id, trancheId))
  if (tranche?.askId !== askId) throw notFound()
  const rule = TRANCHE_RULES[act]
  const { state, requestedBy, number, amount } = tranche
  // Sent twice by the same person: done already.
  if (act === 'request' && state === 'requested' && requestedBy === actor.userId) return
  if (act === 'approve' && state === 'approved' && tranche.approvedBy === actor.userId) return
  if (act === 'pay') {
    const [same] = await tx.select().from(ledgerEntries).where(eq(ledgerEntries.key, key))
    if (same?.trancheId === trancheId) return
  }
  if (!rule.from.includes(state))
    throw conflict(`Tranche ${number} is “${TRANCHE_STATE_LABEL[state]}” by now. Load the page again.`)
  if (act === 'pay' && scope.stage !== 'disbursing')
    throw conflict('Nothing is paid before disbursing began.')
  if (!mayWithTranche(actor, act, { ask: scope, state, requestedBy }))
    throw forbidden(
      rule.who === 'lead'
        ? 'The delegation that asks requests its tranches.'
        : 'Somebody else than who requested it, of the institution, does that.',
    )
  if (rule.needsReason && !isReason(reason))
    throw invalid('Nothing was changed.', { reason: [REASON_TOO_SHORT] })
  if (act === 'pay' && !paidOn)
    throw invalid('Nothing was changed.', { paidOn: ['Give the day of the payment.'] })
  if (act === 'pay') await mustBeMet(tx, askId, trancheId)
  await tx
    .update(tranches)
    .set({
      state: rule.to,
      ...(act === 'request' ? { requestedBy: actor.userId } : {}),
      ...(act === 'approve' ? { approvedBy: actor.userId } : {}),
      ...(act === 'pay' ? { paidOn } : {}),
      ...(rule.needsReason ? { reason } : {}),
    })
    .where(eq(tranches.id, trancheId))
  const entry = act === 'pay' ? newId() : null
  if (entry) {
    await tx.insert(ledgerEntries).values({
      ...{ id: entry, key, askId, kind: 'disbursed', amount, currency: ask.currency, onDate: paidOn },
      ...{
        trancheId,
        note: `Tranche ${number}`,
        userId: actor.userId,
        organizationId: actor.organization.id,
      },
    })
    await tx
      .update(conditions)
      .set({ state: 'open', waiverBy: null, waiverReason: null, waivedBy: null })
      .where(
        and(
          eq(conditions.askId, askId),
          eq(conditions.gate, 'every_disbursement'),
          inArray(conditions.state, ['satisfied', 'waived']),
        ),
      )
  }
  await recordAct(tx, {
    actor,
    from,
    act: `tranche.${act}`,
    objectKind: 'financing_ask',
    objectId: askId,
    before: { tranche: trancheId, number, state },
    after: {
      ...{ state: rule.to, amount, currency: ask.currency, reason: reason || null },
      ...(entry ? { entry, kind: 'disbursed', paidOn } : {}),
    },
  })
  await tellOfMoney(
    tx,
    actor,
    { ask, request },
    {
      ...{
        act: `tranche.${act} ${trancheId} ${key}`,
        what: `${TRANCHE_ACT_LABEL[act].done} tranche ${number}`,
      },
      turn: act === 'request' || act === 'approve' ? 'institution' : null,
    },
  )
}

async function mustBeMet(tx: Transaction, askId: string, trancheId: string) {
  const set = await tx.select().from(conditions).where(eq(conditions.askId, askId))
  const open = inTheWay(set, trancheId)
  if (open.length > 0)
    throw conflict(
      `Nothing can be paid while a condition is open: ${open.map(({ text }) => text).join('; ')}`,
    )
}
