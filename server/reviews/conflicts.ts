/** Who may not review a proposal, or has an interest in it: found from what the portal knows. Everything else its people declare themselves. */
import { and, eq, sql } from 'drizzle-orm'
import { countryName } from '../../app/domain/country'
import { FINANCING_STAGE_LABEL, type FinancingStage } from '../../app/domain/money-stages'
import { CONFLICT_LABEL, type Conflict } from '../../app/domain/review'
import type { Queryable } from '../../db/connection'
import { organization } from '../../db/schema/auth'
import { financingAsks, financingRequests, institutions } from '../../db/schema/financing'
import { documentGrants, projects, proposalFields, proposals } from '../../db/schema/projects'

export type Parties = {
  /** Ids of delegations that lead, take part or keep the project. */
  parties: ReadonlySet<string>
  /** ISO codes of the site's country: as the project has it and as the proposal's text has it. */
  hosts: ReadonlySet<string>
  /** Where the operator's ultimate owner is at home, in the same two places, and the operator's name. */
  operator: { name: string | null; countries: ReadonlySet<string> }
  /** Institutions that were asked, or announced, to finance the project and have not ended it. */
  financiers: readonly { id: string; name: string; iso2: string; stage: FinancingStage }[]
}

/** What decides over conflicts with a proposal; null when there is none. Two queries. */
export async function partiesOf(db: Queryable, proposalId: string): Promise<Parties | null> {
  const [row] = await db
    .select({
      projectId: proposals.projectId,
      lead: proposals.leadDelegationId,
      owner: projects.ownerDelegationId,
      country: projects.countryIso2,
      written: proposalFields.countryIso2,
      operator: sql<string | null>`coalesce(${proposalFields.operator}, ${projects.operator})`,
      owned: projects.operatorCountryIso2,
      ownedAsWritten: proposalFields.operatorCountryIso2,
      granted: sql<
        string[]
      >`array(select ${documentGrants.delegationId} from ${documentGrants} where ${documentGrants.documentId} = ${proposals.documentId})`,
    })
    .from(proposals)
    .innerJoin(projects, eq(projects.id, proposals.projectId))
    .leftJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
    .where(eq(proposals.id, proposalId))
  if (!row) return null
  return {
    parties: new Set([row.lead, ...(row.owner ? [row.owner] : []), ...row.granted]),
    hosts: given(row.country, row.written),
    operator: { name: row.operator, countries: given(row.owned, row.ownedAsWritten) },
    financiers: await financiersOf(db, row.projectId),
  }
}

const given = (...countries: (string | null)[]) => new Set(countries.filter((iso2) => iso2 !== null))

const financiersOf = (db: Queryable, projectId: string) =>
  db
    .selectDistinct({
      id: organization.id,
      name: organization.name,
      iso2: institutions.partnerIso2,
      stage: financingAsks.stage,
    })
    .from(financingAsks)
    .innerJoin(financingRequests, eq(financingRequests.id, financingAsks.requestId))
    .innerJoin(institutions, eq(institutions.organizationId, financingAsks.institutionId))
    .innerJoin(organization, eq(organization.id, institutions.organizationId))
    .where(
      and(
        eq(financingRequests.projectId, projectId),
        sql`${financingRequests.state} in ('asked', 'announced')`,
        sql`${financingAsks.stage} not in ('declined', 'withdrawn', 'cancelled')`,
      ),
    )
    .orderBy(organization.name)

/** From the approval on money stands behind it; before it the institution was asked, no more. */
const FINANCES: readonly FinancingStage[] = ['approved', 'committed', 'effective', 'disbursing', 'completed']

/** Every conflict of somebody of an organization with a proposal, those that keep them from reviewing it first. */
export function conflictsOf(
  { parties, hosts, operator, financiers }: Parties,
  of: { id: string; name: string; iso2: string | null },
): Conflict[] {
  const found: Conflict[] = []
  if (parties.has(of.id))
    found.push({ kind: 'party', effect: 'block', why: `${of.name} ${CONFLICT_LABEL.party}` })
  if (of.iso2 !== null && hosts.has(of.iso2))
    found.push({ kind: 'host', effect: 'block', why: `${countryName(of.iso2)} ${CONFLICT_LABEL.host}` })
  if (of.iso2 !== null && operator.countries.has(of.iso2))
    found.push({
      ...{ kind: 'operator_nationality', effect: 'block' },
      why: `the operator${operator.name ? `, ${operator.name},` : ''} is owned from ${countryName(of.iso2)}`,
    })
  for (const { id, name, iso2, stage } of financiers) {
    if (iso2 !== of.iso2 && id !== of.id) continue
    const isBehindIt = FINANCES.includes(stage)
    found.push({
      ...{ kind: 'financier', effect: isBehindIt ? 'block' : 'disclose' },
      why: `${name} (${countryName(iso2)}) ${isBehindIt ? 'finances' : 'was asked to finance'} the project: ${FINANCING_STAGE_LABEL[stage].toLowerCase()}`,
    })
  }
  return found.sort((a, b) => Number(a.effect === 'disclose') - Number(b.effect === 'disclose'))
}

export const isBlocked = (conflicts: readonly Conflict[]): boolean =>
  conflicts.some(({ effect }) => effect === 'block')
