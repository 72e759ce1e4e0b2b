/** A picture for whoever may read the document that it belongs to, or a frozen version that may hold it. */
import { and, desc, eq, gte } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { canReadFrozenPart } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import type { PictureRef, PictureType } from '../../app/domain/picture'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { proposalVersions } from '../schema/cases'
import { documentPictures, pictures } from '../schema/pictures'
import { type ScopedDocument, scopedDocument } from './documents'
import { isReviewer, mayReadFrozen } from './frozen'
import { wasApprovedSince } from './session-texts'

export type KeptPicture = { sha256: string; type: PictureType; data: Buffer | null }

/** Throws `notFound` for whoever may not see it, as for one that there is not. */
export async function pictureFor(
  db: Queryable,
  actor: Actor,
  { documentId, sha256 }: PictureRef,
): Promise<KeptPicture> {
  const document = await scopedDocument(db, documentId)
  if (!document || document.id !== documentId) throw notFound()
  const [found] = await db
    .select({ sha256: pictures.sha256, type: pictures.type, data: pictures.data, at: documentPictures.at })
    .from(documentPictures)
    .innerJoin(pictures, eq(pictures.sha256, documentPictures.sha256))
    .where(and(eq(documentPictures.documentId, documentId), eq(documentPictures.sha256, sha256)))
  if (!found) throw notFound()
  if (!can(actor, 'read', document.scope) && !(await readsVersionSince(db, actor, document, found.at)))
    throw notFound()
  return { sha256: found.sha256, type: found.type, data: found.data }
}

/** Whether the actor may read a version that was frozen after the picture came: one frozen before does not hold it. */
async function readsVersionSince(
  db: Queryable,
  actor: Actor,
  document: ScopedDocument,
  at: Date,
): Promise<boolean> {
  if (document.scope.kind === 'session_text') {
    const { text, session } = document.scope
    const approved = text === 'minutes' && can(actor, 'see', session) ? document.session : null
    return approved ? wasApprovedSince(db, approved.id, at) : false
  }
  const proposal = document.part ? document.part.whole.proposal : document.proposal
  if (!proposal) return false
  const versions = await db
    .select({ id: proposalVersions.id })
    .from(proposalVersions)
    .where(and(eq(proposalVersions.proposalId, proposal.id), gte(proposalVersions.submittedAt, at)))
    .orderBy(desc(proposalVersions.number))
  for (const { id } of versions) {
    if (!(await mayReadFrozen(db, actor, id))) continue
    if (document.scope.kind !== 'part') return true
    if (canReadFrozenPart(actor, document.scope, await isReviewer(db, actor, id))) return true
  }
  return false
}
