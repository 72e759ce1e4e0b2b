import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProject } from '../../db/queries/project-scope'
import { financingRequests } from '../../db/schema/financing'
import { documents } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { createChannel } from '../channels/create'
import { newId } from '../ids'

const ENDED = ['withdrawn', 'closed']

/**
 * Starts a delegation's request for a project's money: a text with the template's sections, marked restricted. The
 * project is announced, or proposed by the delegation. Out: the request's id; the same key again gives the same. Throws
 * `notFound`, `forbidden`, `conflict` for an idea that nobody proposed yet.
 */
export async function startRequest(
  db: Database,
  actor: Actor,
  projectId: string,
  { key, title }: { key: string; title: string },
  from: string | null,
): Promise<string> {
  return db
    .transaction(async (tx) => {
      const found = await scopedProject(tx, projectId)
      if (!found || !can(actor, 'see', found.scope)) throw notFound()
      const delegation = delegationOf(actor)
      if (!delegation || !can(actor, 'propose', found.scope))
        throw forbidden('A head or delegate of the delegation that keeps the project can ask for its money.')
      const [id, documentId] = [newId(), newId()]
      const { state } = found.project
      if (ENDED.includes(state)) throw conflict('The project is over: nobody can ask for its money.')
      if (state === 'idea' && !found.scope.underReview)
        throw conflict('It is an idea so far: start a proposal of the project and submit it first.')
      await createChannel(tx, {
        ...{ id: documentId, kind: 'document' },
        author: { userId: actor.userId, organizationId: delegation.id },
      })
      const common = { title, marking: 'restricted', createdBy: actor.userId } as const
      await tx.insert(documents).values({
        ...common,
        ...{ id: documentId, channelId: documentId, kind: 'request', ownerDelegationId: delegation.id },
      })
      const made = await tx
        .insert(financingRequests)
        .values({ ...common, id, key, projectId, documentId, leadDelegationId: delegation.id })
        .onConflictDoNothing()
        .returning({ id: financingRequests.id })
      if (made.length === 0) throw new Repeated()
      await recordAct(tx, {
        actor,
        from,
        act: 'financing.start',
        objectKind: 'financing_request',
        objectId: id,
        after: { projectId, state: 'draft', marking: common.marking },
      })
      return id
    })
    .catch(async (error: unknown) => {
      if (!(error instanceof Repeated)) throw error
      return repeated(db, actor, projectId, key)
    })
}

/** The key was there already: nothing of this attempt stays. */
class Repeated extends Error {}

async function repeated(db: Database, actor: Actor, projectId: string, key: string): Promise<string> {
  const [same] = await db.select().from(financingRequests).where(eq(financingRequests.key, key))
  if (same?.projectId !== projectId || same.leadDelegationId !== actor.organization.id)
    throw invalid('This key was used for something else. Load the page again.')
  return same.id
}
