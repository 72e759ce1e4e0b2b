/** A project's minerals and readers, as its form has them. */
import { and, eq, inArray } from 'drizzle-orm'
import { invalid } from '../../app/domain/fault'
import type { ProjectInput } from '../../app/domain/project-form'
import type { Transaction } from '../../db/connection'
import { organization } from '../../db/schema/auth'
import { minerals } from '../../db/schema/partners'
import { projectMinerals, projectReaders } from '../../db/schema/projects'

/** What the form says about the project's own row. */
export const columnsOf = ({ minerals: _minerals, readers: _readers, ...columns }: ProjectInput) => ({
  ...columns,
  updatedAt: new Date(),
})

/** Replaces both lists. Throws `invalid` for an id that no list offers. */
export async function setLists(tx: Transaction, id: string, ownerId: string | null, input: ProjectInput) {
  const known = await tx
    .select({ id: minerals.id })
    .from(minerals)
    .where(inArray(minerals.id, input.minerals))
  if (known.length !== new Set(input.minerals).size) {
    throw invalid('A mineral is not known.', { minerals: ['Choose minerals of the list.'] })
  }
  await tx.delete(projectMinerals).where(eq(projectMinerals.projectId, id))
  await tx.insert(projectMinerals).values(known.map((mineral) => ({ projectId: id, mineralId: mineral.id })))
  await tx.delete(projectReaders).where(eq(projectReaders.projectId, id))
  const named = input.marking === 'restricted' ? input.readers.filter((reader) => reader !== ownerId) : []
  if (named.length === 0) return
  const delegations = await tx
    .select({ id: organization.id })
    .from(organization)
    .where(and(inArray(organization.id, named), eq(organization.kind, 'delegation')))
  if (delegations.length !== new Set(named).size) {
    throw invalid('A delegation is not known.', { readers: ['Choose delegations of the list.'] })
  }
  await tx.insert(projectReaders).values(delegations.map((one) => ({ projectId: id, delegationId: one.id })))
}
