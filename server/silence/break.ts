import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { type BreakInput, SILENCE_STATE_LABEL } from '../../app/domain/silence'
import type { Database, Transaction } from '../../db/connection'
import { silenceBreaks, silenceProcedures } from '../../db/schema/decisions'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { lockedSilence } from './scope'
import { tellOfSilence } from './tell'

/**
 * A delegation's head breaks silence. It counts by the instant of its receipt, `receivedAt`: one before the deadline
 * counts however long its storing takes, one after never does. Ends the procedure and tells every delegation. The same
 * key again changes nothing. Throws `notFound`, `forbidden`, `conflict`.
 */
export async function breakSilence(
  { db }: { db: Database },
  actor: Actor,
  id: string,
  input: BreakInput,
  { from, receivedAt }: { from: string | null; receivedAt: Date },
): Promise<void> {
  await db.transaction((tx) => breakIn(tx, actor, id, input, from, receivedAt))
}

async function breakIn(
  tx: Transaction,
  actor: Actor,
  id: string,
  { key, kind, reason }: BreakInput,
  from: string | null,
  at: Date,
): Promise<void> {
  const found = await lockedSilence(tx, id)
  const delegation = delegationOf(actor)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const { procedure, scope } = found
  const [same] = await tx.select().from(silenceBreaks).where(eq(silenceBreaks.key, key))
  if (same) {
    if (same.procedureId !== id || same.userId !== actor.userId)
      throw invalid('This key was used for something else. Load the page again.')
    return
  }
  if (procedure.state !== 'open')
    throw conflict(`“${SILENCE_STATE_LABEL[procedure.state]}” by now. Nothing was changed; look again.`)
  if (at >= procedure.deadline) throw conflict('The deadline has passed: the text is adopted.')
  if (!delegation || !can(actor, 'break', scope))
    throw forbidden('The head of a delegation of the group breaks silence.')
  await tx.insert(silenceBreaks).values({
    ...{ id: newId(), key, procedureId: id, delegationId: delegation.id },
    ...{ userId: actor.userId, kind, reason, at },
  })
  await tx
    .update(silenceProcedures)
    .set({ state: 'broken', closedAt: at })
    .where(eq(silenceProcedures.id, id))
  await recordAct(tx, {
    actor,
    from,
    act: 'silence.break',
    objectKind: 'silence',
    objectId: id,
    before: { state: 'open' },
    after: { state: 'broken', kind, reason },
  })
  await tellOfSilence(tx, id, 'broken', { data: { by: delegation.name }, by: null })
}

/** A coordinator ends a procedure before its deadline, with nothing adopted. Throws `notFound` and `conflict`. */
export async function cancelSilence(
  { db }: { db: Database },
  actor: Actor,
  id: string,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockedSilence(tx, id)
    if (!found || !can(actor, 'see', found.scope)) throw notFound()
    if (found.procedure.state !== 'open' || found.now >= found.procedure.deadline)
      throw conflict('It has ended meanwhile. Nothing was changed; look again.')
    if (!can(actor, 'cancel', found.scope)) throw forbidden('Only a coordinator cancels it.')
    await tx
      .update(silenceProcedures)
      .set({ state: 'cancelled', closedAt: found.now })
      .where(eq(silenceProcedures.id, id))
    await recordAct(tx, {
      ...{ actor, from, act: 'silence.cancel', objectKind: 'silence', objectId: id },
      ...{ before: { state: 'open' }, after: { state: 'cancelled' } },
    })
    await tellOfSilence(tx, id, 'cancelled', { data: {}, by: actor.userId })
  })
}
