import { eq } from 'drizzle-orm'
import type { ProjectScope } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { documentGrants, projectReaders, projects, proposals } from '../schema/projects'

/** A project with what decides over it; null when there is none. Three queries at most. */
export async function scopedProject(db: Queryable, id: string) {
  const [project] = await db.select().from(projects).where(eq(projects.id, id)).limit(1)
  if (!project) return null
  const [named, invited] = await Promise.all([
    db
      .select({ id: projectReaders.delegationId })
      .from(projectReaders)
      .where(eq(projectReaders.projectId, id)),
    db
      .selectDistinct({ id: documentGrants.delegationId })
      .from(documentGrants)
      .innerJoin(proposals, eq(proposals.documentId, documentGrants.documentId))
      .where(eq(proposals.projectId, id)),
  ])
  const scope: ProjectScope = {
    kind: 'project',
    marking: project.marking,
    ownerDelegationId: project.ownerDelegationId,
    readerDelegationIds: [...named, ...invited].map((row) => row.id),
  }
  return { project, scope, namedReaders: named.map((row) => row.id) }
}
