import { countryName } from '../../app/domain/country'
import { CONSENT_ACT_LABEL, type ConsentAct } from '../../app/domain/host-consent'
import type { Actor } from '../../app/domain/people'
import type { Transaction } from '../../db/connection'
import type { ScopedDocument } from '../../db/queries/documents'
import type { hostConsents } from '../../db/schema/consents'
import { notify } from '../notices/notify'
import { peopleOfDelegations, secretariatPeople } from '../notices/recipients'

type Told = {
  consent: Pick<typeof hostConsents.$inferSelect, 'id' | 'hostIso2' | 'delegationId' | 'proposalId'>
  document: ScopedDocument
  act: ConsentAct
  /** Of the step. */
  key: string
}

/** The host's heads of a consent that is asked for; the secretariat and the lead's heads of what the host says. */
export async function tellOfConsent(
  tx: Transaction,
  actor: Actor,
  { consent, document, act, key }: Told,
): Promise<void> {
  const host = countryName(consent.hostIso2)
  const notice = { act: `consent.${act} ${key}`, by: actor.userId }
  if (act === 'ask') {
    await notify(tx, {
      ...{ ...notice, kind: 'consent_asked', about: { kind: 'consent', id: consent.id } },
      ...{ link: `/consents/${consent.id}`, data: { title: document.title } },
      to: consent.delegationId ? await peopleOfDelegations(tx, [consent.delegationId]) : [],
    })
    return
  }
  await notify(tx, {
    ...{ ...notice, kind: 'consent_answered', about: { kind: 'proposal_text', id: consent.proposalId } },
    link: `/proposals/${consent.proposalId}/case`,
    data: { title: document.title, host, done: CONSENT_ACT_LABEL[act].done },
    to: [...(await secretariatPeople(tx)), ...(await peopleOfDelegations(tx, [document.owner.id]))],
  })
}
