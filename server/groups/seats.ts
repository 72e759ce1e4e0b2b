import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { conflict, invalid } from '../../app/domain/fault'
import { GROUP_ROLE_LABEL, GROUP_ROLES } from '../../app/domain/groups'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { lockedGroup } from '../../db/queries/locked-group'
import { organization } from '../../db/schema/auth'
import { groupMembers } from '../../db/schema/groups'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { notify } from '../notices/notify'
import { peopleOfDelegations } from '../notices/recipients'

export const seatForm = z.object({
  delegationId: z.string().min(1, 'Choose a delegation.').max(64),
  /** Empty: the seat ends. */
  role: z.union([z.enum(GROUP_ROLES), z.literal('')], 'Choose a role.'),
})
export type SeatInput = z.output<typeof seatForm>

/**
 * Gives a delegation a seat, another role, or ends its seat (`role` empty), from today on. Nothing is overwritten: the
 * seat that held ends and another begins. Throws `notFound`, `forbidden`, `invalid`, and `conflict` for a second chair.
 */
export async function setSeat(
  db: Database,
  actor: Actor,
  groupId: string,
  { delegationId, role }: SeatInput,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const why = 'The chair’s and the secretary’s heads of delegation and coordinators decide who sits here.'
    const { group, seats } = await lockedGroup(tx, actor, groupId, 'seat', why)
    const [delegation] = await tx
      .select({ id: organization.id, name: organization.name })
      .from(organization)
      .where(and(eq(organization.id, delegationId), eq(organization.kind, 'delegation')))
    if (!delegation) throw invalid('Not changed.', { delegationId: ['Choose a delegation of the list.'] })
    const held = seats.find((seat) => seat.delegationId === delegationId)
    if ((held?.role ?? '') === role) return
    if (role === 'chair' && seats.some((seat) => seat.role === 'chair'))
      throw conflict('The group has a chair. Give the chair another role first.')
    const day = new Date().toISOString().slice(0, 10)
    if (held) await tx.update(groupMembers).set({ to: day }).where(eq(groupMembers.id, held.id))
    if (role)
      await tx
        .insert(groupMembers)
        .values({ id: newId(), groupId, delegationId, role, from: day, setBy: actor.userId })
    await recordAct(tx, {
      actor,
      from,
      act: 'group.seat',
      objectKind: 'group',
      objectId: groupId,
      before: { delegation: delegation.name, role: held ? GROUP_ROLE_LABEL[held.role] : null },
      after: { delegation: delegation.name, role: role ? GROUP_ROLE_LABEL[role] : null },
    })
    await notify(tx, {
      ...{ kind: 'seat_changed', act: `group.seat ${groupId} ${newId()}`, link: `/groups/${groupId}` },
      ...{ about: { kind: 'group', id: groupId }, by: actor.userId },
      ...{ to: await peopleOfDelegations(tx, [delegationId]) },
      data: {
        ...{ group: group.name, by: actor.organization.name },
        role: role ? GROUP_ROLE_LABEL[role] : 'none: it has ended',
      },
    })
  })
}
