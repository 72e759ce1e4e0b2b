/** Working groups and the reviewers to try. Sources stand with each mandate. */
import { eq, inArray } from 'drizzle-orm'
import { v7 as newId } from 'uuid'
import type { GroupRole } from '../../app/domain/groups'
import type { Database } from '../connection'
import { organization, user } from '../schema/auth'
import { groupMembers, workingGroups } from '../schema/groups'
import { reviewers } from '../schema/reviews'

/** Of FORGE itself no group is published: these are the streams of the Minerals Security Partnership that it inherits. */
const GROUPS = [
  {
    code: 'PG',
    name: 'Project Group',
    mandate:
      'Shares information on projects, hears their sponsors and decides which proposals FORGE endorses. Inherited from the Minerals Security Partnership Forum, where the United States led it.',
    source:
      'https://policy.trade.ec.europa.eu/news/eu-and-us-welcome-new-members-minerals-security-partnership-2024-09-27_en',
  },
  {
    code: 'PDG',
    name: 'Policy Dialogue Group',
    mandate:
      'Policies that make production sustainable and keep value at home: local capacity, regulatory cooperation, standards. Inherited from the Minerals Security Partnership Forum, where the European Union led it.',
    source:
      'https://policy.trade.ec.europa.eu/news/eu-and-us-welcome-new-members-minerals-security-partnership-2024-09-27_en',
  },
  {
    code: 'FN',
    name: 'Finance Network',
    mandate:
      'Development finance institutions and export credit agencies exchange information on projects and finance them together. Inherited from the Minerals Security Partnership Finance Network.',
    source:
      'https://ieu-monitoring.com/editorial/joint-statement-on-establishing-the-minerals-security-partnership-finance-network/442751',
  },
  {
    code: 'RP',
    name: 'Reference Prices Group',
    mandate:
      'Reference prices for critical minerals at each stage of production, and price support where markets fail: methods, data, coverage and rules of origin.',
    source: 'https://www.dutyclaims.com/blog/critical-minerals-price-floors-march-19-2026',
  },
] as const

/** The groups, empty of members. Those that exist stay as they are. */
export async function ensureGroups(db: Database): Promise<void> {
  await db
    .insert(workingGroups)
    .values(GROUPS.map((group) => ({ id: newId(), ...group })))
    .onConflictDoNothing()
}

/** Seats to try: delegations by slug. */
const SEATS: readonly [code: string, slug: string, role: GroupRole][] = [
  ['PG', 'kr', 'chair'],
  ['PG', 'jp', 'vice_chair'],
  ['PG', 'ke', 'member'],
  ['PG', 'cd', 'member'],
  ['PG', 'us', 'member'],
  ['PG', 'ca', 'observer'],
  ['PDG', 'jp', 'chair'],
  ['PDG', 'ke', 'member'],
  ['FN', 'us', 'chair'],
  ['FN', 'jp', 'member'],
  ['FN', 'kr', 'member'],
  ['RP', 'kr', 'chair'],
  ['RP', 'cd', 'member'],
]

const REVIEWERS = [
  'delegate.korea@portal.example',
  'delegate.congo@portal.example',
  'delegate.unitedstates@portal.example',
  'delegate.canada@portal.example',
]

/** Members of the groups and people on the list of reviewers, for a portal with its own database; once. */
export async function seedSeats(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const held = await tx.select({ id: groupMembers.id }).from(groupMembers).limit(1)
    if (held.length === 0) {
      const groups = await tx.select({ id: workingGroups.id, code: workingGroups.code }).from(workingGroups)
      const homes = await tx
        .select({ id: organization.id, slug: organization.slug })
        .from(organization)
        .where(eq(organization.kind, 'delegation'))
      const rows = SEATS.flatMap(([code, slug, role]) => {
        const [group, home] = [
          groups.find((one) => one.code === code),
          homes.find((one) => one.slug === slug),
        ]
        return group && home
          ? [{ id: newId(), groupId: group.id, delegationId: home.id, role, from: '2026-02-04' }]
          : []
      })
      await tx.insert(groupMembers).values(rows)
    }
    const people = await tx.select({ id: user.id }).from(user).where(inArray(user.email, REVIEWERS))
    if (people.length > 0)
      await tx
        .insert(reviewers)
        .values(people.map(({ id }) => ({ userId: id })))
        .onConflictDoNothing()
  })
}
