import { eq } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { can, type ProposalScope } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { proposals } from '../schema/projects'
import { scopedDocument } from './documents'

/** A proposal with what `can` asks of it; null when there is none. */
export async function scopedProposal(db: Queryable, id: string) {
  if (!isId(id)) return null
  const [row] = await db
    .select({ documentId: proposals.documentId, groupId: proposals.groupId })
    .from(proposals)
    .where(eq(proposals.id, id))
  const document = row && (await scopedDocument(db, row.documentId))
  if (!row || document?.scope.kind !== 'proposal') return null
  const scope: ProposalScope = document.scope
  return { id, groupId: row.groupId, document, scope }
}

/** Before an act on a case's page is read: throws `notFound` where it does not exist for the actor. */
export async function mustReadProposal(db: Queryable, actor: Actor, id: string): Promise<void> {
  const found = await scopedProposal(db, id)
  if (!found || !can(actor, 'read', found.scope)) throw notFound()
}
