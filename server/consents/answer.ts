import { and, eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import {
  CONSENT_RULES,
  CONSENT_STATE_LABEL,
  type ConsentInput,
  endorsementProblem,
} from '../../app/domain/host-consent'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { scopedConsent } from '../../db/queries/consents'
import { hostConsentSteps, hostConsents } from '../../db/schema/consents'
import { silenceProcedures } from '../../db/schema/decisions'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { tellOfSilence } from '../silence/tell'
import { tellOfConsent } from './tell'

/**
 * The host gives, refuses or withdraws its consent: by its head, or, where nobody is head of its delegation, by a
 * coordinator who records what it says in writing. A consent that ends ends a silence procedure that would endorse. The
 * same key again changes nothing. Throws `notFound`, `forbidden`, `conflict`, `invalid`.
 */
export async function answerConsent(
  { db }: { db: Database },
  actor: Actor,
  id: string,
  input: ConsentInput,
  from: string | null,
): Promise<void> {
  await db.transaction((tx) => answerIn(tx, actor, id, input, from))
}

async function answerIn(
  tx: Transaction,
  actor: Actor,
  id: string,
  { act, key, statement, signedBy, reference }: ConsentInput,
  from: string | null,
): Promise<void> {
  const seen = await scopedConsent(tx, id)
  if (!seen || !can(actor, 'see', seen.scope)) throw notFound()
  const { proposalId } = seen.consent
  // In the order in which a deadline's adoption locks them.
  const [silence] = await tx
    .select({ id: silenceProcedures.id, outcome: silenceProcedures.outcome })
    .from(silenceProcedures)
    .where(and(eq(silenceProcedures.subjectId, proposalId), eq(silenceProcedures.state, 'open')))
    .for('update')
  await tx.select({ id: proposals.id }).from(proposals).where(eq(proposals.id, proposalId)).for('update')
  const [same] = await tx.select().from(hostConsentSteps).where(eq(hostConsentSteps.key, key))
  if (same) {
    if (same.consentId !== id || same.userId !== actor.userId)
      throw invalid('This key was used for something else. Load the page again.')
    return
  }
  const found = await scopedConsent(tx, id)
  if (!found) throw notFound()
  const { consent, scope, proposal } = found
  const rule = CONSENT_RULES[act]
  if (!scope.isOpen) throw conflict('The case has ended: its consent stays as it was.')
  if (!rule.from.includes(consent.state))
    throw conflict(`It is “${CONSENT_STATE_LABEL[consent.state]}” by now. Nothing was changed; look again.`)
  if (!can(actor, act, scope))
    throw forbidden(
      scope.hostHasHead
        ? 'Only the head of the host’s delegation answers.'
        : 'Only a coordinator records what the host says in writing.',
    )
  const isRecorded = !scope.hostHasHead
  if (isRecorded) {
    const problems: Record<string, string[]> = {}
    if (!signedBy) problems.signedBy = ['Say who signed for the host.']
    if (!reference) problems.reference = ['Name the letter: its number, or its title and date.']
    if (Object.keys(problems).length > 0) throw invalid('Not recorded yet.', problems)
  }
  await tx.update(hostConsents).set({ state: rule.to }).where(eq(hostConsents.id, id))
  await tx.insert(hostConsentSteps).values({
    ...{ id: newId(), consentId: id, key, after: rule.to, statement: statement || null },
    signedBy: isRecorded ? signedBy : actor.name,
    reference: isRecorded ? reference : null,
    ...{ userId: actor.userId, organizationId: actor.organization.id },
  })
  await recordAct(tx, {
    ...{ actor, from, act: `consent.${act}`, objectKind: 'proposal', objectId: proposalId },
    before: { consent: consent.state },
    after: {
      consent: rule.to,
      host: consent.hostIso2,
      ...(statement ? { reason: statement } : {}),
      ...(isRecorded ? { signedBy, reference } : {}),
    },
  })
  await tellOfConsent(tx, actor, { consent, document: proposal.document, act, key })
  if (silence?.outcome === 'endorsed' && endorsementProblem('', rule.to) !== null)
    await endSilence(tx, actor, silence.id, from)
}

/** What silence would have endorsed cannot be any more. */
async function endSilence(tx: Transaction, actor: Actor, id: string, from: string | null): Promise<void> {
  await tx
    .update(silenceProcedures)
    .set({ state: 'cancelled', closedAt: new Date() })
    .where(eq(silenceProcedures.id, id))
  await recordAct(tx, {
    ...{ actor, from, act: 'silence.cancel', objectKind: 'silence', objectId: id },
    ...{ before: { state: 'open' }, after: { state: 'cancelled', reason: 'The host’s consent ended.' } },
  })
  await tellOfSilence(tx, id, 'cancelled', { data: {}, by: null })
}
