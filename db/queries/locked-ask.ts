/** Requests and asks for the verbs: locked, and refused to whom they do not exist. */
import { eq } from 'drizzle-orm'
import { forbidden, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import type { RequestAct } from '../../app/domain/request-rights'
import { type Act, can } from '../../app/domain/rights'
import type { Transaction } from '../connection'
import { financingAsks, financingRequests } from '../schema/financing'
import { scopedAsk, scopedRequest } from './requests'

/** The request, locked, when the actor may do `act`. Throws `notFound` for those who may not see it, `forbidden` with `why`. */
export async function lockedRequest(tx: Transaction, actor: Actor, id: string, act: RequestAct, why: string) {
  if (isId(id))
    await tx
      .select({ id: financingRequests.id })
      .from(financingRequests)
      .where(eq(financingRequests.id, id))
      .for('no key update')
  const found = await scopedRequest(tx, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  if (!can(actor, act, found.scope)) throw forbidden(why)
  return found
}

/**
 * The ask, locked until the caller's transaction ends, when the actor may do `act`. Throws `notFound` for those who may
 * not see it, `forbidden` with `why`. The lock is the one that the database's own checks take.
 */
export async function lockedAsk(tx: Transaction, actor: Actor, id: string, act: Act['ask'], why: string) {
  if (isId(id))
    await tx
      .select({ id: financingAsks.id })
      .from(financingAsks)
      .where(eq(financingAsks.id, id))
      .for('no key update')
  const found = await scopedAsk(tx, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  if (!can(actor, act, found.scope)) throw forbidden(why)
  return found
}
