import { eq, inArray } from 'drizzle-orm'
import { invalid } from '../../app/domain/fault'
import type { AskInput } from '../../app/domain/money-forms'
import { boughtInTonnes } from '../../app/domain/money-instruments'
import type { Actor } from '../../app/domain/people'
import type { Transaction } from '../../db/connection'
import { lockedRequest } from '../../db/queries/locked-ask'
import { organization } from '../../db/schema/auth'
import { financingAsks, financingRequests, institutions } from '../../db/schema/financing'
import { ledgerEntries } from '../../db/schema/ledger'
import { documents } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { type SealParts, sealLog } from '../documents/seal'
import { newId } from '../ids'
import { mustBeAmount } from './guarded'
import { tellOfMoney } from './tell'

/**
 * Asks institutions for the same, all of them or none: each gets an ask of its own with a line `requested` in its ledger,
 * and reads the request's text from then on, as it stands: what was deleted before is not among what it is sent. By the
 * head of the delegation that leads the request; the same key again asks nobody twice. Throws `notFound`, `forbidden`,
 * `invalid`, `unavailable`.
 */
export async function askInstitutions(
  parts: SealParts,
  actor: Actor,
  requestId: string,
  input: AskInput,
  from: string | null,
): Promise<void> {
  mustBeAmount(input.amount, input.currency)
  const ids = [...new Set(input.institutions)]
  const text = await parts.db.transaction(async (tx) => {
    const request = await mayAsk(tx, actor, requestId)
    const [document] = await tx
      .select({ id: documents.id, channelId: documents.channelId })
      .from(documents)
      .where(eq(documents.id, request.documentId ?? ''))
    return document
  })
  if (text) await sealLog(parts, text)
  await parts.db.transaction(async (tx) => {
    const request = await mayAsk(tx, actor, requestId)
    const named = await tx
      .select({ id: institutions.organizationId, code: institutions.code, name: organization.name })
      .from(institutions)
      .innerJoin(organization, eq(organization.id, institutions.organizationId))
      .where(inArray(institutions.organizationId, ids))
    if (named.length < ids.length)
      throw invalid('Nobody was asked.', { institutions: ['Choose institutions of the list.'] })
    const made: { ask: string; entry: string }[] = []
    for (const { id: institutionId, name, code } of named) {
      const key = `${input.key} ${institutionId}`
      const [same] = await tx
        .select({ id: ledgerEntries.id })
        .from(ledgerEntries)
        .where(eq(ledgerEntries.key, key))
      if (same) continue
      const [askId, entry] = [newId(), newId()]
      await tx.insert(financingAsks).values({
        ...{ id: askId, requestId, institutionId, sourceName: `${name} (${code})` },
        ...{ instrument: input.instrument, currency: input.currency, purpose: input.purpose },
        details: {
          tenorYears: input.tenorYears,
          purchase: boughtInTonnes(input.instrument) ? purchaseOf(input) : null,
        },
        askedBy: actor.userId,
      })
      await tx.insert(ledgerEntries).values({
        ...{ id: entry, key, askId, kind: 'requested', amount: input.amount, currency: input.currency },
        ...{ onDate: new Date().toISOString().slice(0, 10), note: input.purpose },
        ...{ userId: actor.userId, organizationId: actor.organization.id },
      })
      made.push({ ask: askId, entry })
      await tellOfMoney(
        tx,
        actor,
        { ask: { id: askId, institutionId }, request },
        { act: `financing.ask ${askId}`, what: 'asks your institution for money', turn: 'institution' },
      )
    }
    if (made.length === 0) return
    if (request.state === 'draft')
      await tx.update(financingRequests).set({ state: 'asked' }).where(eq(financingRequests.id, requestId))
    const { instrument, amount, currency } = input
    await recordAct(tx, {
      actor,
      from,
      act: 'financing.ask',
      objectKind: 'financing_request',
      objectId: requestId,
      before: { state: request.state },
      after: {
        state: 'asked',
        asks: made,
        institutions: named.map(({ code }) => code),
        instrument,
        amount,
        currency,
      },
    })
  })
}

async function mayAsk(tx: Transaction, actor: Actor, requestId: string) {
  const why = 'Only the head of the delegation that leads the request asks institutions.'
  return (await lockedRequest(tx, actor, requestId, 'ask', why)).request
}

const purchaseOf = (input: AskInput) => ({
  quantityTonnes: input.quantityTonnes,
  grade: input.grade,
  priceFormula: input.priceFormula,
  deliveryFrom: input.deliveryFrom,
  deliveryTo: input.deliveryTo,
  storage: input.storage,
  releaseRule: input.releaseRule,
})
