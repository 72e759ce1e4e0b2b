import { and, eq, inArray } from 'drizzle-orm'
import { conflict, forbidden, notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import { OPEN_PROPOSAL_STATES } from '../../app/domain/project-stage'
import { can } from '../../app/domain/rights'
import type { Database, Queryable, Transaction } from '../../db/connection'
import { scopedProject } from '../../db/queries/project-scope'
import { documents, proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { createChannel } from '../channels/create'
import { newId } from '../ids'
import { firstFields } from './first-fields'

type Start = {
  /** The document's first entry; without it what the project says. */
  first?: Uint8Array | undefined
  returnOf?: { id: string; title: string }
}

/**
 * Starts a delegation's case for a project: a document with the template's sections, whose fields begin with what the
 * project says. Marked restricted. Out: the proposal's id. Throws `notFound`, `forbidden`, and `conflict` when the
 * delegation has an open one (`openProposal` says which).
 */
export async function startProposal(
  db: Database,
  actor: Actor,
  projectId: string,
  from: string | null,
): Promise<string> {
  return db.transaction((tx) => startIn(tx, actor, projectId, {}, from))
}

/** The same within a verb's own transaction, also for a case that comes back. */
export async function startIn(
  tx: Transaction,
  actor: Actor,
  projectId: string,
  { first, returnOf }: Start,
  from: string | null,
): Promise<string> {
  const found = await scopedProject(tx, projectId)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const delegation = delegationOf(actor)
  if (!delegation || !can(actor, 'propose', found.scope)) {
    throw forbidden('A head or delegate of the delegation that keeps the project can start a proposal of it.')
  }
  const { project, minerals } = found
  const [id, documentId] = [newId(), newId()]
  const marking = 'restricted'
  await createChannel(tx, {
    id: documentId,
    kind: 'document',
    author: { userId: actor.userId, organizationId: delegation.id },
    first: first ?? firstFields({ ...project, minerals }),
  })
  const common = { title: returnOf?.title ?? project.title, marking, createdBy: actor.userId } as const
  await tx.insert(documents).values({
    ...common,
    id: documentId,
    channelId: documentId,
    kind: 'proposal',
    ownerDelegationId: delegation.id,
  })
  // The index over open cases decides, also between two people who press the button at the same moment.
  const made = await tx
    .insert(proposals)
    .values({
      ...{ ...common, id, projectId, documentId, leadDelegationId: delegation.id },
      returnOf: returnOf?.id ?? null,
    })
    .onConflictDoNothing()
    .returning({ id: proposals.id })
  if (made.length === 0)
    throw conflict(
      returnOf
        ? 'It came back already, or your delegation has an open proposal of this project. Nothing was changed; look again.'
        : 'Your delegation has an open proposal of this project already.',
    )
  await recordAct(tx, {
    actor,
    from,
    act: 'proposal.start',
    objectKind: 'proposal',
    objectId: id,
    after: { projectId, state: 'draft', marking, ...(returnOf ? { returnOf: returnOf.id } : {}) },
  })
  return id
}

/** The open case of the actor's delegation for a project; null when there is none. */
export async function openProposal(db: Queryable, actor: Actor, projectId: string): Promise<string | null> {
  const delegation = delegationOf(actor)
  if (!delegation) return null
  const [open] = await db
    .select({ id: proposals.id })
    .from(proposals)
    .where(
      and(
        eq(proposals.projectId, projectId),
        eq(proposals.leadDelegationId, delegation.id),
        inArray(proposals.state, [...OPEN_PROPOSAL_STATES]),
      ),
    )
  return open?.id ?? null
}
