/** A delegation's own projects: entering one and changing it. */
import { and, eq, inArray } from 'drizzle-orm'
import { forbidden, invalid, notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import type { ProjectInput } from '../../app/domain/project-form'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { scopedProject } from '../../db/queries/project-scope'
import { organization } from '../../db/schema/auth'
import { minerals } from '../../db/schema/partners'
import { projectMinerals, projectPartners, projectReaders, projects } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { newId } from '../ids'

const columnsOf = ({ minerals: _minerals, readers: _readers, ...columns }: ProjectInput) => ({
  ...columns,
  updatedAt: new Date(),
})

/** Enters a project of the actor's delegation, in state `idea`. Out: its id. */
export async function createProject(
  db: Database,
  actor: Actor,
  input: ProjectInput,
  from: string | null,
): Promise<string> {
  const delegation = delegationOf(actor)
  if (!delegation || !can(actor, 'create_project', { kind: 'delegation', id: delegation.id })) {
    throw forbidden('A head or delegate of a delegation can enter a project.')
  }
  const id = newId()
  await db.transaction(async (tx) => {
    await tx.insert(projects).values({
      id,
      ...columnsOf(input),
      state: 'idea',
      ownerDelegationId: delegation.id,
      leadPartnerIso2: delegation.partnerIso2,
      createdBy: actor.userId,
    })
    await tx.insert(projectPartners).values({ projectId: id, partnerIso2: delegation.partnerIso2 })
    await setLists(tx, id, delegation.id, input)
    await recordAct(tx, {
      actor,
      from,
      act: 'project.create',
      objectKind: 'project',
      objectId: id,
      after: input,
    })
  })
  return id
}

/** Changes a project of the actor's delegation. */
export async function editProject(
  db: Database,
  actor: Actor,
  id: string,
  input: ProjectInput,
  from: string | null,
): Promise<void> {
  const found = await scopedProject(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  if (!can(actor, 'edit', found.scope)) {
    throw forbidden('Only a head or delegate of the delegation that entered the project can change it.')
  }
  await db.transaction(async (tx) => {
    await tx.update(projects).set(columnsOf(input)).where(eq(projects.id, id))
    await setLists(tx, id, found.project.ownerDelegationId, input)
    const { title, marking } = found.project
    await recordAct(tx, {
      actor,
      from,
      act: 'project.edit',
      objectKind: 'project',
      objectId: id,
      before: { title, marking, readers: found.namedReaders },
      after: input,
    })
  })
}

async function setLists(tx: Transaction, id: string, ownerId: string | null, input: ProjectInput) {
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
