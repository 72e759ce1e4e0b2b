/** Which texts link to an object of the portal: those that the reader may read, and of all others not even their number. */
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import { type PortalRef, refKey } from '../../app/domain/portal-link'
import type { Queryable } from '../connection'
import { documentLinks } from '../schema/document-links'
import { financingRequests } from '../schema/financing'
import { documentParts } from '../schema/parts'
import { documents, proposals } from '../schema/projects'
import { pathOf } from './documents'
import { readableDocument } from './readable-text'
import { partTitle, textMarking, textTitle, titleOfWhole } from './text-names'

/** Those last written; a mineral may stand in hundreds of texts. */
const SHOWN = 20

/** One statement. For whoever may see the object: the caller has asked. */
export async function mentionedIn(db: Queryable, actor: Actor, ref: PortalRef) {
  const rows = await db
    .select({
      id: documents.id,
      kind: documents.kind,
      title: textTitle,
      marking: textMarking,
      proposal: { id: proposals.id, state: proposals.state },
      request: { id: financingRequests.id, state: financingRequests.state },
      part: documentParts.kind,
      partOf: titleOfWhole,
      writtenAt: documentLinks.writtenAt,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(documentLinks)
    .innerJoin(documents, eq(documents.id, documentLinks.documentId))
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .leftJoin(financingRequests, eq(financingRequests.documentId, documents.id))
    .leftJoin(documentParts, eq(documentParts.documentId, documents.id))
    .where(and(sql`${documentLinks.refs} @> array[${refKey(ref)}]::text[]`, readableDocument(actor)))
    .orderBy(sql`${documentLinks.writtenAt} desc nulls last`, asc(documents.id))
    .limit(SHOWN)
  return {
    total: rows[0]?.total ?? 0,
    texts: rows.map(({ total: _total, part, partOf, proposal, request, ...row }) => ({
      ...row,
      title: partTitle(part, partOf) ?? row.title,
      path: pathOf({ ...row, proposal, request }),
      state: proposal?.state ?? null,
      requestState: request?.state ?? null,
    })),
  }
}
