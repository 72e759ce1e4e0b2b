import { and, eq, notInArray } from 'drizzle-orm'
import { conflict, forbidden, notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProject } from '../../db/queries/project-scope'
import { documents, projectMinerals, proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { createChannel } from '../channels/create'
import { newId } from '../ids'
import { firstFields } from './first-fields'

/**
 * Starts a delegation's case for a project: a document with the template's sections, whose fields begin with what the
 * project says. Marked restricted. Out: the proposal's id. Throws `conflict` when the delegation has an open one.
 */
export async function startProposal(
  db: Database,
  actor: Actor,
  projectId: string,
  from: string | null,
): Promise<string> {
  const found = await scopedProject(db, projectId)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const delegation = delegationOf(actor)
  if (!delegation || !can(actor, 'propose', found.scope)) {
    throw forbidden('A head or delegate of the delegation that keeps the project can start a proposal of it.')
  }
  const { project } = found
  const contained = await db.select().from(projectMinerals).where(eq(projectMinerals.projectId, projectId))
  const first = firstFields({ ...project, minerals: contained.map((row) => row.mineralId) })
  return db.transaction(async (tx) => {
    const open = await tx
      .select({ id: proposals.id })
      .from(proposals)
      .where(
        and(
          eq(proposals.projectId, projectId),
          eq(proposals.leadDelegationId, delegation.id),
          notInArray(proposals.state, ['endorsed', 'declined', 'withdrawn']),
        ),
      )
    if (open.length > 0)
      throw conflict('Your delegation has an open proposal of this project already. It is on your desk.')
    const [id, documentId] = [newId(), newId()]
    const author = { userId: actor.userId, organizationId: delegation.id }
    await createChannel(tx, { id: documentId, kind: 'document', author, first })
    await tx.insert(documents).values({
      id: documentId,
      channelId: documentId,
      kind: 'proposal',
      title: project.title,
      marking: 'restricted',
      ownerDelegationId: delegation.id,
      createdBy: actor.userId,
    })
    await tx.insert(proposals).values({
      id,
      projectId,
      documentId,
      title: project.title,
      leadDelegationId: delegation.id,
      createdBy: actor.userId,
    })
    await recordAct(tx, {
      actor,
      from,
      act: 'proposal.start',
      objectKind: 'proposal',
      objectId: id,
      after: { projectId, state: 'draft', marking: 'restricted' },
    })
    return id
  })
}
