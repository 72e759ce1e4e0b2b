/** Whom an act on a request's money is news for. What is told is read in the portal only: a mail names nothing of it. */
import { eq } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import type { Transaction } from '../../db/connection'
import { member } from '../../db/schema/auth'
import { notify } from '../notices/notify'
import { peopleOfDelegations, secretariatPeople } from '../notices/recipients'

type Told = {
  /** Names the act, with its key: told once however often it is sent. */
  act: string
  /** In words, without an amount: it stands beside the request's title. */
  what: string
  /** Who has to do something now; everybody else concerned is only told. */
  turn: 'institution' | 'lead' | null
  /** A delegation that has to meet a condition. */
  also?: string
}

/** The ask, and the request that it belongs to; without a lead it was announced, and nobody is told. */
type Concerned = {
  ask: { id: string; institutionId: string | null }
  request: { leadDelegationId: string | null; title: string }
}

/**
 * Tells the head of the delegation that leads the request, the institution's people, and coordinators, who run the
 * pipeline. In the act's own transaction.
 */
export async function tellOfMoney(
  tx: Transaction,
  actor: Actor,
  { ask: { id: askId, institutionId }, request: { leadDelegationId: leadId, title } }: Concerned,
  { act, what, turn, also }: Told,
): Promise<void> {
  if (!leadId) return
  const lead = await peopleOfDelegations(tx, [leadId])
  const meets = also ? await peopleOfDelegations(tx, [also]) : []
  const institution = institutionId
    ? (
        await tx.select({ id: member.userId }).from(member).where(eq(member.organizationId, institutionId))
      ).map(({ id }) => id)
    : []
  const waits = [...(turn === 'lead' ? lead : turn === 'institution' ? institution : []), ...meets]
  const everybody = [...lead, ...institution, ...(await secretariatPeople(tx))]
  const notice = {
    act,
    about: { kind: 'ask' as const, id: askId },
    link: `/financing/asks/${askId}`,
    by: actor.userId,
    data: { title, what: `${actor.name}, ${actor.organization.name}, ${what}` },
  }
  await notify(tx, { ...notice, kind: 'money_waits', to: waits })
  await notify(tx, { ...notice, kind: 'money_moved', to: everybody.filter((id) => !waits.includes(id)) })
}
