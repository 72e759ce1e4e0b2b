/** Working groups: who sits in them, what is before them, what they decided. */
import { and, asc, count, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { type Actor, institutionOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { groupMembers, workingGroups } from '../schema/groups'
import { minerals } from '../schema/partners'
import { proposals } from '../schema/projects'
import { decisionList } from './silence'
import { visibleProposal } from './visibility'

const today = () => new Date().toISOString().slice(0, 10)

/** Seats that hold on a day. */
const seated = (day: string) =>
  and(lte(groupMembers.from, day), or(isNull(groupMembers.to), gt(groupMembers.to, day)))

/** Every group with the number of its delegations, for delegations and the secretariat. */
export async function groupList(db: Queryable, actor: Actor) {
  if (institutionOf(actor)) return []
  const seats = db
    .select({ groupId: groupMembers.groupId, n: count().as('n') })
    .from(groupMembers)
    .where(seated(today()))
    .groupBy(groupMembers.groupId)
    .as('seats')
  return db
    .select({
      id: workingGroups.id,
      code: workingGroups.code,
      name: workingGroups.name,
      mandate: workingGroups.mandate,
      members: sql<number>`coalesce(${seats.n}, 0)::int`,
    })
    .from(workingGroups)
    .leftJoin(seats, eq(seats.groupId, workingGroups.id))
    .orderBy(asc(workingGroups.name))
}

/** A group with its seats, past ones too, and what the reader may know of its work. Throws `notFound`. */
export async function groupPage(db: Queryable, actor: Actor, id: string) {
  if (!isId(id) || !can(actor, 'see', { kind: 'group', seats: [] })) throw notFound()
  const [group] = await db.select().from(workingGroups).where(eq(workingGroups.id, id))
  if (!group) throw notFound()
  const [seats, before, decided, covers] = await Promise.all([
    db
      .select({
        id: groupMembers.id,
        delegationId: groupMembers.delegationId,
        name: organization.name,
        iso2: organization.partnerIso2,
        role: groupMembers.role,
        from: groupMembers.from,
        to: groupMembers.to,
      })
      .from(groupMembers)
      .innerJoin(organization, eq(organization.id, groupMembers.delegationId))
      .where(eq(groupMembers.groupId, id))
      .orderBy(
        sql`array_position(array['chair','vice_chair','secretary','member','observer'], ${groupMembers.role})`,
        asc(organization.name),
        desc(groupMembers.from),
      ),
    db
      .select({
        id: proposals.id,
        title: proposals.title,
        lead: organization.name,
        iso2: organization.partnerIso2,
      })
      .from(proposals)
      .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
      .where(and(eq(proposals.groupId, id), eq(proposals.state, 'in_decision'), visibleProposal(actor)))
      .orderBy(asc(proposals.title)),
    decisionList(db, actor, id),
    db
      .select({ id: minerals.id, name: minerals.name })
      .from(minerals)
      .where(inArray(minerals.id, group.minerals))
      .orderBy(asc(minerals.name)),
  ])
  const day = today()
  const members = seats.filter((seat) => seat.from <= day && (seat.to === null || seat.to > day))
  return {
    group,
    /** None: it covers all. */
    covers,
    members,
    maySeat: can(actor, 'seat', { kind: 'group', seats: members }),
    mayRule: can(actor, 'rules', { kind: 'group', seats: members }),
    mayConvene: can(actor, 'convene', { kind: 'group', seats: members }),
    former: seats.filter((seat) => seat.to !== null && seat.to <= day),
    before,
    decided,
  }
}
