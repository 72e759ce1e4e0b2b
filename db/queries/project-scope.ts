import { eq, type SQL, sql } from 'drizzle-orm'
import { isId } from '../../app/domain/id'
import type { ProjectScope } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization } from '../schema/auth'
import { financingAsks, financingRequests } from '../schema/financing'
import { documentGrants, projectMinerals, projectReaders, projects, proposals } from '../schema/projects'
import { inPipeline } from './request-visibility'
import { underReview } from './visibility'

const ids = (select: SQL) => sql<string[]>`array(${select})`

/** A project with what decides over it; null when there is none. One query. */
export async function scopedProject(db: Queryable, id: string) {
  if (!isId(id)) return null
  const [found] = await db
    .select({
      project: projects,
      owner: { name: organization.name, iso2: organization.partnerIso2 },
      underReview: underReview(projects.id),
      inPipeline: inPipeline(projects.id),
      asked: ids(
        sql`select distinct ${financingAsks.institutionId} from ${financingAsks} join ${financingRequests} on ${financingRequests.id} = ${financingAsks.requestId} where ${financingRequests.projectId} = ${projects.id} and ${financingAsks.institutionId} is not null`,
      ),
      /** Delegations that a restricted marking names. */
      namedReaders: ids(
        sql`select ${projectReaders.delegationId} from ${projectReaders} where ${projectReaders.projectId} = ${projects.id}`,
      ),
      invited: ids(
        sql`select distinct ${documentGrants.delegationId} from ${documentGrants} join ${proposals} on ${proposals.documentId} = ${documentGrants.documentId} where ${proposals.projectId} = ${projects.id}`,
      ),
      /** As entered or announced, whatever a proposal says. */
      minerals: ids(
        sql`select ${projectMinerals.mineralId} from ${projectMinerals} where ${projectMinerals.projectId} = ${projects.id} order by 1`,
      ),
    })
    .from(projects)
    // Not only for the owner: without a join drizzle names columns without their table, also in the subqueries.
    .leftJoin(organization, eq(organization.id, projects.ownerDelegationId))
    .where(eq(projects.id, id))
    .limit(1)
  if (!found) return null
  const { project, namedReaders, invited, minerals } = found
  const scope: ProjectScope = {
    kind: 'project',
    marking: project.marking,
    ownerDelegationId: project.ownerDelegationId,
    readerDelegationIds: [...namedReaders, ...invited],
    underReview: found.underReview,
    askedIds: found.asked,
    inPipeline: found.inPipeline,
  }
  return { project, owner: found.owner, scope, namedReaders, minerals }
}
