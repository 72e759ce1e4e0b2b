/** A proposal's page. */
import { eq } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { proposalFields, proposals } from '../schema/projects'
import { documentFor, textAccess } from './documents'

/** What the page of a proposal needs for somebody who may read it. Throws `notFound` for everybody else. */
export async function proposalPage(db: Queryable, actor: Actor, id: string) {
  const [row] = await db
    .select({ documentId: proposals.documentId })
    .from(proposals)
    .where(eq(proposals.id, id))
  if (!row) throw notFound()
  const document = await documentFor(db, actor, row.documentId, 'read')
  const access = textAccess(actor, document.scope)
  if (!access || !document.proposal || document.scope.kind !== 'proposal') throw notFound()
  const [read] = await db
    .select({ problems: proposalFields.problems })
    .from(proposalFields)
    .where(eq(proposalFields.proposalId, id))
  return {
    id,
    title: document.proposal.title,
    project: { id: document.proposal.projectId, title: document.proposal.projectTitle },
    state: document.scope.state,
    marking: document.scope.marking,
    lead: document.owner,
    grants: document.grants,
    document: { id: document.id, channelId: document.channelId },
    access,
    mayInvite: can(actor, 'invite', document.scope),
    problems: read?.problems ?? [],
  }
}
