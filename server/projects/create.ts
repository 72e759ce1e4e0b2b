import { forbidden } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import type { ProjectInput } from '../../app/domain/project-form'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { projectPartners, projects } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { columnsOf, setLists } from './lists'

/** Enters a project of the actor's delegation, in state `idea`. Out: its id. Throws `forbidden`, `invalid`. */
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
