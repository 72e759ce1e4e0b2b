/** A working group for the verbs: locked, and refused to whom it does not exist. */
import { eq } from 'drizzle-orm'
import { forbidden, notFound } from '../../app/domain/fault'
import type { GroupAct } from '../../app/domain/group-rights'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Transaction } from '../connection'
import { workingGroups } from '../schema/groups'
import { seatsToday } from './session-scope'

/**
 * The group, locked until the caller's transaction ends (what is done in it comes one after the other), with the seats
 * that hold today, when the actor may do `act`. Throws `notFound` for those who may not see it, `forbidden` with `why`.
 */
export async function lockedGroup(tx: Transaction, actor: Actor, id: string, act: GroupAct, why: string) {
  if (!isId(id)) throw notFound()
  const [group] = await tx.select().from(workingGroups).where(eq(workingGroups.id, id)).for('update')
  if (!group) throw notFound()
  const seats = await seatsToday(tx, id)
  const scope = { kind: 'group', seats } as const
  if (!can(actor, 'see', scope)) throw notFound()
  if (!can(actor, act, scope)) throw forbidden(why)
  return { group, seats }
}
