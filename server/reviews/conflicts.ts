/** Who may not review a proposal: found from what the portal knows. Everything else its people declare themselves. */
import { eq, sql } from 'drizzle-orm'
import type { ConflictKind } from '../../app/domain/review'
import type { Queryable } from '../../db/connection'
import { documentGrants, projects, proposalFields, proposals } from '../../db/schema/projects'

export type Parties = {
  /** Ids of delegations that lead, take part or keep the project. */
  parties: ReadonlySet<string>
  /** ISO codes of the site's country: as the project has it and as the proposal's text has it. */
  hosts: ReadonlySet<string>
}

/** What decides over conflicts with a proposal; null when there is none. */
export async function partiesOf(db: Queryable, proposalId: string): Promise<Parties | null> {
  const [row] = await db
    .select({
      lead: proposals.leadDelegationId,
      owner: projects.ownerDelegationId,
      country: projects.countryIso2,
      written: proposalFields.countryIso2,
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
    hosts: new Set([row.country, row.written].filter((iso2) => iso2 !== null)),
  }
}

/** Why somebody of an organization may not review it; null when they may. */
export function conflictOf(
  { parties, hosts }: Parties,
  organization: { id: string; iso2: string | null },
): ConflictKind | null {
  if (parties.has(organization.id)) return 'party'
  return organization.iso2 !== null && hosts.has(organization.iso2) ? 'host' : null
}
