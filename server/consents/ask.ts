import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { consentScope, hostConsentOf, stepsOf } from '../../db/queries/consents'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { hostConsentSteps, hostConsents } from '../../db/schema/consents'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { lastVersion } from '../proposals/apply-move'
import { tellOfConsent } from './tell'

/**
 * Asks the country that the site lies in for its consent to the case. The same key again changes nothing. Throws
 * `notFound`, `forbidden`, and `conflict` where it was asked already or need not be.
 */
export async function askConsent(
  { db }: { db: Database },
  actor: Actor,
  proposalId: string,
  key: string,
  from: string | null,
): Promise<void> {
  if (!isId(proposalId)) throw notFound()
  await db.transaction((tx) => askIn(tx, actor, proposalId, key, from))
}

async function askIn(
  tx: Transaction,
  actor: Actor,
  proposalId: string,
  key: string,
  from: string | null,
): Promise<void> {
  await tx.select({ id: proposals.id }).from(proposals).where(eq(proposals.id, proposalId)).for('update')
  const found = await scopedProposal(tx, proposalId)
  if (!found || !can(actor, 'read', found.scope)) throw notFound()
  if (!can(actor, 'steer', found.scope))
    throw forbidden('Only a coordinator asks the host, while the case is open.')
  const [same] = await tx.select().from(hostConsentSteps).where(eq(hostConsentSteps.key, key))
  if (same) {
    if (same.userId !== actor.userId || same.after !== 'requested')
      throw invalid('This key was used for something else. Load the page again.')
    return
  }
  const held = await hostConsentOf(tx, proposalId)
  const version = await lastVersion(tx, proposalId)
  if (!held?.hostIso2 || held.state === 'not_required' || !version)
    throw conflict('No consent is required: the delegation that leads the case is the host’s own.')
  if (!can(actor, 'ask', consentScope(held, found.scope))) {
    const steps = held.consent ? await stepsOf(tx, held.consent.id) : []
    const asked = steps.find(({ after }) => after === 'requested')
    throw conflict(
      `${asked ? `${asked.by} (${asked.of})` : 'Somebody'} asked ${held.host} meanwhile. Nothing was changed; look again.`,
    )
  }
  const consent = {
    ...{ id: newId(), proposalId, hostIso2: held.hostIso2 },
    ...{ delegationId: held.hostDelegationId, versionId: version.id },
  }
  await tx.insert(hostConsents).values(consent)
  await tx.insert(hostConsentSteps).values({
    ...{ id: newId(), consentId: consent.id, key, after: 'requested', signedBy: actor.name },
    ...{ userId: actor.userId, organizationId: actor.organization.id },
  })
  await recordAct(tx, {
    ...{ actor, from, act: 'consent.ask', objectKind: 'proposal', objectId: proposalId },
    after: { consent: 'requested', host: held.hostIso2, version: version.number },
  })
  await tellOfConsent(tx, actor, { consent, document: found.document, act: 'ask', key })
}
