/** Sixty delegations of five people each, with accounts, seats in a group, and a session of it. */
import { hashPassword } from 'better-auth/crypto'
import { asc, eq } from 'drizzle-orm'
import type { Actor, DelegationRole } from '../../../app/domain/people'
import type { Database } from '../../../db/connection'
import { account, groupMembers, member, organization, user, workingGroups } from '../../../db/schema'
import { newId } from '../../../server/ids'

export const DELEGATIONS = 60
const ROLES: readonly DelegationRole[] = ['head', 'delegate', 'delegate', 'adviser', 'reader']
export const PASSWORD = 'a long enough password'

export type Crowd = {
  groupId: string
  /** The secretariat's. */
  secretary: Actor
  people: Actor[]
  /** One a delegation; the first is the chair's. */
  heads: Actor[]
}

/** Everybody has the same password; the first delegation has the chair. */
export async function seedCrowd(db: Database): Promise<Crowd> {
  const hash = await hashPassword(PASSWORD)
  const person = async (home: typeof organization.$inferSelect, role: string, nth: number) => {
    const userId = newId()
    const [name, email] = [`${home.name}, ${role} ${nth}`, `${nth}.${role}.${home.slug}@bench.test`]
    await db.insert(user).values({ id: userId, name, email })
    const credential = { accountId: userId, providerId: 'credential', userId, password: hash }
    await db.insert(account).values({ id: newId(), ...credential })
    await db.insert(member).values({ id: newId(), organizationId: home.id, userId, role })
    const within = { id: home.id, name: home.name }
    return {
      ...{ userId, name, email, sessionId: 'none' },
      organization:
        home.kind === 'delegation'
          ? { kind: 'delegation', ...within, partnerIso2: home.partnerIso2, role }
          : { kind: 'secretariat', ...within, role },
    } as Actor
  }
  const homes = await db
    .select()
    .from(organization)
    .where(eq(organization.kind, 'delegation'))
    .orderBy(asc(organization.name))
    .limit(DELEGATIONS)
  if (homes.length < DELEGATIONS) throw new Error(`there are only ${homes.length} delegations`)
  const people: Actor[] = []
  for (const home of homes)
    for (const [nth, role] of ROLES.entries()) people.push(await person(home, role, nth))
  const [office] = await db.select().from(organization).where(eq(organization.kind, 'secretariat'))
  const [group] = await db.select().from(workingGroups).where(eq(workingGroups.code, 'PG'))
  if (!office || !group) throw new Error('the portal has no secretariat or no group')
  await db.insert(groupMembers).values(
    homes.map(({ id }, nth) => ({
      ...{ id: newId(), groupId: group.id, delegationId: id, from: '2026-02-04' },
      role: nth === 0 ? ('chair' as const) : ('member' as const),
    })),
  )
  return {
    groupId: group.id,
    secretary: await person(office, 'secretary', 0),
    people,
    heads: people.filter(({ organization: { role } }) => role === 'head'),
  }
}
