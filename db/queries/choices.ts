/** What lists and forms offer to choose from. */
import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { minerals, partners } from '../schema/partners'

/** Minerals by name. */
export const allMinerals = (db: Queryable) =>
  db
    .select({ id: minerals.id, name: minerals.name, symbol: minerals.symbol })
    .from(minerals)
    .orderBy(asc(minerals.name))

/** Partners by name. */
export const allPartners = (db: Queryable) =>
  db.select({ iso2: partners.iso2, name: partners.name }).from(partners).orderBy(asc(partners.name))

/** Delegations by name: for naming those that may see something restricted. */
export const allDelegations = (db: Queryable) =>
  db
    .select({ id: organization.id, name: organization.name })
    .from(organization)
    .where(eq(organization.kind, 'delegation'))
    .orderBy(asc(organization.name))
