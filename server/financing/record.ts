import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { RecordInput } from '../../app/domain/money-forms'
import { LEDGER_LABEL } from '../../app/domain/money-ledger'
import { FINANCING_STAGE_LABEL } from '../../app/domain/money-stages'
import { type Actor, secretariatRole } from '../../app/domain/people'
import { mayBeRecorded } from '../../app/domain/request-rights'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { lockedAsk } from '../../db/queries/locked-ask'
import { facilities, ledgerEntries, tranches } from '../../db/schema/ledger'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { type Handed, keepFile } from './files'
import { guarded, mustBeAmount } from './guarded'
import { tellOfMoney } from './tell'

/** A coordinator writes down what an institution did only with the document that says so. */
export function mustProve(actor: Actor, file: Handed | null): void {
  if (secretariatRole(actor) && !file)
    throw invalid('Nothing was recorded.', {
      file: ['A coordinator only records what the institution did, with its document: hand it in.'],
    })
}

/**
 * Writes one line into an ask's ledger. Out: its id; the same key again gives the same. Throws `notFound`, `forbidden`,
 * `invalid`, and `conflict` when the stage or the sums do not allow it.
 */
export const recordMoney = (
  db: Database,
  actor: Actor,
  askId: string,
  input: RecordInput,
  file: Handed | null,
  from: string | null,
): Promise<string> => guarded(() => db.transaction((tx) => recordIn(tx, actor, askId, input, file, from)))

async function recordIn(
  tx: Transaction,
  actor: Actor,
  askId: string,
  { key, kind, amount, onDate, facilityId, note }: RecordInput,
  file: Handed | null,
  from: string | null,
): Promise<string> {
  if (kind === 'disbursed')
    throw invalid('Money is disbursed by paying a tranche.', { kind: ['Pay a tranche.'] })
  const { ask, request, scope } = await lockedAsk(
    tx,
    actor,
    askId,
    `record_${kind}`,
    kind === 'requested'
      ? 'Only the head of the delegation that asks changes what is requested.'
      : 'The institution’s own head records that.',
  )
  const [same] = await tx.select().from(ledgerEntries).where(eq(ledgerEntries.key, key))
  if (same) {
    if (same.askId !== askId) throw invalid('This key was used for something else. Load the page again.')
    return same.id
  }
  if (!mayBeRecorded(kind, scope.stage))
    throw conflict(
      `At the stage “${FINANCING_STAGE_LABEL[scope.stage]}” nothing is ${LEDGER_LABEL[kind].label.toLowerCase()}.`,
    )
  mustBeAmount(amount, ask.currency)
  mustProve(actor, file)
  if (facilityId)
    await mustBeOwnFacility(tx, facilityId, {
      institutionId: ask.institutionId,
      currency: ask.currency,
      kind,
    })
  const kept = file ? await keepFile(tx, actor, askId, file) : null
  const id = newId()
  await tx.insert(ledgerEntries).values({
    ...{ id, key, askId, kind, amount, currency: ask.currency, onDate, facilityId, note },
    ...{ fileId: kept?.id ?? null, userId: actor.userId, organizationId: actor.organization.id },
  })
  await recordAct(tx, {
    actor,
    from,
    act: 'ledger.record',
    objectKind: 'financing_ask',
    objectId: askId,
    after: {
      entry: id,
      kind,
      amount,
      currency: ask.currency,
      onDate,
      facilityId,
      sha256: kept?.sha256 ?? null,
    },
  })
  await tellOfMoney(
    tx,
    actor,
    { ask, request },
    {
      ...{ act: `ledger.record ${id}`, turn: null },
      what: `recorded what is ${LEDGER_LABEL[kind].label.toLowerCase()}`,
    },
  )
  return id
}

async function mustBeOwnFacility(
  tx: Transaction,
  facilityId: string,
  { institutionId, currency, kind }: { institutionId: string | null; currency: string; kind: string },
) {
  const [facility] = await tx.select().from(facilities).where(eq(facilities.id, facilityId))
  const problem = (text: string) => invalid('Nothing was recorded.', { facilityId: [text] })
  if (!facility || facility.institutionId !== institutionId)
    throw problem('Choose a facility of this institution.')
  if (facility.currency !== currency) throw problem(`That facility is in ${facility.currency}.`)
  if (kind !== 'committed' && kind !== 'cancelled') throw problem('Only commitments draw on a facility.')
}

/**
 * Takes a wrong line back by another one with the negative amount: both stay. A disbursement that is taken back makes its
 * tranche a failed one. Throws `notFound`, `forbidden`, `conflict` (taken back already, or the sums do not allow it).
 */
export const reverseMoney = (
  db: Database,
  actor: Actor,
  askId: string,
  wish: { key: string; entryId: string; reason: string },
  file: Handed | null,
  from: string | null,
): Promise<void> => guarded(() => db.transaction((tx) => reverseIn(tx, actor, askId, wish, file, from)))

async function reverseIn(
  tx: Transaction,
  actor: Actor,
  askId: string,
  { key, entryId, reason }: { key: string; entryId: string; reason: string },
  file: Handed | null,
  from: string | null,
): Promise<void> {
  const { ask, request, scope } = await lockedAsk(tx, actor, askId, 'see', '')
  if (!can(actor, 'money', scope) || !isId(entryId)) throw notFound()
  const [entry] = await tx.select().from(ledgerEntries).where(eq(ledgerEntries.id, entryId))
  if (entry?.askId !== askId) throw notFound()
  if (!can(actor, `record_${entry.kind}`, scope))
    throw forbidden('Whoever may record such a line may take it back.')
  const [before] = await tx.select().from(ledgerEntries).where(eq(ledgerEntries.reversesId, entryId))
  if (before?.key === key) return
  if (before || entry.reversesId) throw conflict('It was taken back already.')
  mustProve(actor, file)
  const kept = file ? await keepFile(tx, actor, askId, file) : null
  const id = newId()
  await tx.insert(ledgerEntries).values({
    ...{ id, key, askId, kind: entry.kind, amount: `-${entry.amount}`, currency: entry.currency },
    ...{ onDate: new Date().toISOString().slice(0, 10), facilityId: entry.facilityId },
    ...{ trancheId: entry.trancheId, reversesId: entry.id, note: reason, fileId: kept?.id ?? null },
    ...{ userId: actor.userId, organizationId: actor.organization.id },
  })
  if (entry.trancheId)
    await tx.update(tranches).set({ state: 'failed', reason }).where(eq(tranches.id, entry.trancheId))
  await recordAct(tx, {
    actor,
    from,
    act: 'ledger.reverse',
    objectKind: 'financing_ask',
    objectId: askId,
    before: { entry: entry.id, kind: entry.kind, amount: entry.amount, currency: entry.currency },
    after: { entry: id, reason, sha256: kept?.sha256 ?? null },
  })
  await tellOfMoney(
    tx,
    actor,
    { ask, request },
    {
      ...{ act: `ledger.reverse ${id}`, turn: null },
      what: `took back a line of what is ${LEDGER_LABEL[entry.kind].label.toLowerCase()}`,
    },
  )
}
