import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { CONDITION_RULES, CONDITION_STATE_LABEL, type ConditionAct } from '../../app/domain/money-conditions'
import {
  type ConditionActInput,
  type ConditionInput,
  isReason,
  REASON_TOO_SHORT,
} from '../../app/domain/money-forms'
import type { Actor } from '../../app/domain/people'
import { mayWithCondition } from '../../app/domain/request-rights'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { lockedAsk } from '../../db/queries/locked-ask'
import { conditionEvents, conditions, tranches } from '../../db/schema/ledger'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { type Handed, keepFile } from './files'
import { tellOfMoney } from './tell'

/**
 * Sets a condition precedent on an ask, for its lead or a delegation that the lead named to meet. By the institution's
 * people. Out: its id; the same key again gives the same. Throws `notFound`, `forbidden`, `invalid`.
 */
export async function setCondition(
  db: Database,
  actor: Actor,
  askId: string,
  { key, gate, trancheId, text, responsibleId, dueOn }: ConditionInput,
  from: string | null,
): Promise<string> {
  return db.transaction(async (tx) => {
    const { ask, request, scope } = await lockedAsk(
      tx,
      actor,
      askId,
      'condition',
      'The institution’s people set conditions.',
    )
    const [same] = await tx.select().from(conditions).where(eq(conditions.key, key))
    if (same) {
      if (same.askId !== askId) throw invalid('This key was used for something else. Load the page again.')
      return same.id
    }
    if (responsibleId !== scope.request.leadDelegationId && !scope.readerIds.includes(responsibleId))
      throw invalid('Nothing was set.', { responsibleId: ['Choose a delegation that sees these terms.'] })
    if (gate === 'tranche') {
      const [tranche] = trancheId ? await tx.select().from(tranches).where(eq(tranches.id, trancheId)) : []
      if (tranche?.askId !== askId) throw invalid('Nothing was set.', { trancheId: ['Choose a tranche.'] })
    }
    const id = newId()
    await tx.insert(conditions).values({
      ...{ id, key, askId, gate, trancheId: gate === 'tranche' ? trancheId : null, text },
      ...{ responsibleId, dueOn, createdBy: actor.userId },
    })
    await recordAct(tx, {
      actor,
      from,
      act: 'condition.set',
      objectKind: 'financing_ask',
      objectId: askId,
      after: { condition: id, gate, text, responsibleId, dueOn },
    })
    await tellOfMoney(
      tx,
      actor,
      { ask, request },
      { act: `condition.set ${id}`, what: 'set a condition', turn: null, also: responsibleId },
    )
    return id
  })
}

/**
 * One act on a condition: evidence is submitted, returned, or found to satisfy; a waiver is proposed with a reason and
 * confirmed by another person. The same key again is the same act. Throws `notFound`, `forbidden`, `invalid`, `conflict`.
 */
export async function actOnCondition(
  db: Database,
  actor: Actor,
  askId: string,
  input: ConditionActInput,
  file: Handed | null,
  from: string | null,
): Promise<void> {
  await db.transaction((tx) => actIn(tx, actor, askId, input, file, from))
}

const DONE: Record<ConditionAct, string> = {
  submit: 'handed in evidence for a condition',
  return: 'returned the evidence for a condition',
  satisfy: 'found a condition satisfied',
  propose_waiver: 'proposed to waive a condition',
  confirm_waiver: 'waived a condition',
}

async function actIn(
  tx: Transaction,
  actor: Actor,
  askId: string,
  { key, conditionId, conditionAct: act, text }: ConditionActInput,
  file: Handed | null,
  from: string | null,
) {
  const { ask, request, scope } = await lockedAsk(tx, actor, askId, 'see', '')
  if (!can(actor, 'money', scope) || !isId(conditionId)) throw notFound()
  const [condition] = await tx.select().from(conditions).where(eq(conditions.id, conditionId))
  if (condition?.askId !== askId) throw notFound()
  const [same] = await tx.select().from(conditionEvents).where(eq(conditionEvents.key, key))
  if (same) {
    if (same.conditionId !== conditionId || same.act !== act)
      throw invalid('This key was used for something else. Load the page again.')
    return
  }
  const rule = CONDITION_RULES[act]
  const { state, responsibleId } = condition
  if (!rule.from.includes(state))
    throw conflict(`That condition is “${CONDITION_STATE_LABEL[state]}” by now. Load the page again.`)
  if (!mayWithCondition(actor, act, { ask: scope, state, responsibleId }))
    throw forbidden(
      rule.who === 'institution'
        ? 'The institution that set the condition judges it.'
        : 'The delegation that has to meet the condition hands in its evidence.',
    )
  if (rule.needsReason && !isReason(text)) throw invalid('Nothing was changed.', { text: [REASON_TOO_SHORT] })
  if (act === 'submit' && !file && !isReason(text))
    throw invalid('Nothing was changed.', { file: ['Hand in a file, or say what the evidence is.'] })
  if (act === 'confirm_waiver') {
    if (!condition.waiverBy) throw conflict('Nobody proposed to waive it: propose it with a reason first.')
    if (condition.waiverBy === actor.userId)
      throw forbidden('Another person than the one who proposed the waiver confirms it.')
  }
  const kept = file ? await keepFile(tx, actor, askId, file) : null
  const after = rule.to ?? state
  await tx
    .update(conditions)
    .set({
      state: after,
      ...(act === 'propose_waiver' ? { waiverBy: actor.userId, waiverReason: text } : {}),
      ...(act === 'confirm_waiver' ? { waivedBy: actor.userId } : {}),
    })
    .where(eq(conditions.id, conditionId))
  await tx.insert(conditionEvents).values({
    ...{ id: newId(), key, conditionId, act, text, fileId: kept?.id ?? null },
    ...{ userId: actor.userId, organizationId: actor.organization.id },
  })
  await recordAct(tx, {
    actor,
    from,
    act: `condition.${act}`,
    objectKind: 'financing_ask',
    objectId: askId,
    before: { condition: conditionId, state },
    after: { state: after, text, sha256: kept?.sha256 ?? null },
  })
  await tellOfMoney(
    tx,
    actor,
    { ask, request },
    {
      ...{ act: `condition.${act} ${conditionId} ${key}`, what: DONE[act] },
      turn: act === 'submit' || act === 'propose_waiver' ? 'institution' : null,
      also: act === 'return' ? responsibleId : undefined,
    },
  )
}
