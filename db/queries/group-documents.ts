/** The documents of a working group: notes and minutes of its sessions, and what was attached to their agendas. */
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import type { Actor } from '../../app/domain/people'
import type { SessionText } from '../../app/domain/session-text-rights'
import type { Queryable } from '../connection'
import { financingRequests } from '../schema/financing'
import { documentParts } from '../schema/parts'
import { documents, proposals } from '../schema/projects'
import { agendaDocuments, sessionTexts } from '../schema/session-texts'
import { sessions } from '../schema/sessions'
import { pathOf } from './documents'
import { readableDocument } from './readable-text'
import { attendableSession } from './session-scope'
import { partTitle, textMarking, textTitle, titleOfWhole } from './text-names'

const SHOWN = 100

/**
 * Each once, with the last session that it belongs to, the last session's first: those that the actor may read, of sessions
 * in whose room they may be. At most 100. One statement.
 */
export async function documentsOfGroup(db: Queryable, actor: Actor, groupId: string) {
  const held = and(eq(sessions.groupId, groupId), attendableSession(actor))
  const belonging = union(
    db
      .select({ documentId: sessionTexts.documentId, sessionId: sessionTexts.sessionId })
      .from(sessionTexts)
      .innerJoin(sessions, eq(sessions.id, sessionTexts.sessionId))
      .where(held),
    db
      .select({ documentId: agendaDocuments.documentId, sessionId: agendaDocuments.sessionId })
      .from(agendaDocuments)
      .innerJoin(sessions, eq(sessions.id, agendaDocuments.sessionId))
      .where(held),
  ).as('belonging')
  const each = db
    .selectDistinctOn([documents.id], {
      id: sql<string>`${documents.id}`.as('id'),
      kind: documents.kind,
      title: textTitle.as('name'),
      marking: textMarking.as('marked'),
      proposalId: sql<string | null>`${proposals.id}`.as('proposal_id'),
      requestId: sql<string | null>`${financingRequests.id}`.as('request_id'),
      part: sql<typeof documentParts.$inferSelect.kind | null>`${documentParts.kind}`.as('part'),
      partOf: titleOfWhole.as('part_of'),
      sessionId: sql<string>`${sessions.id}`.as('session_id'),
      sessionTitle: sql<string>`${sessions.title}`.as('session_title'),
      startsAt: sessions.startsAt,
      /** Of its own session; null for what is on an agenda. */
      text: sql<SessionText | null>`${sessionTexts.kind}`.as('text'),
      textOf: sql<string | null>`${sessionTexts.sessionId}`.as('text_of'),
    })
    .from(belonging)
    .innerJoin(sessions, eq(sessions.id, belonging.sessionId))
    .innerJoin(documents, eq(documents.id, belonging.documentId))
    .leftJoin(sessionTexts, eq(sessionTexts.documentId, documents.id))
    .leftJoin(proposals, eq(proposals.documentId, documents.id))
    .leftJoin(financingRequests, eq(financingRequests.documentId, documents.id))
    .leftJoin(documentParts, eq(documentParts.documentId, documents.id))
    .where(readableDocument(actor))
    .orderBy(asc(documents.id), desc(sessions.startsAt))
    .as('each')
  const rows = await db.select().from(each).orderBy(desc(each.startsAt), asc(each.title)).limit(SHOWN)
  return rows.map((row) => ({
    id: row.id,
    title: partTitle(row.part, row.partOf) ?? row.title,
    marking: row.marking,
    path: pathOf({
      ...{ id: row.id, kind: row.kind },
      proposal: row.proposalId ? { id: row.proposalId } : null,
      request: row.requestId ? { id: row.requestId } : null,
      session: row.text && row.textOf ? { id: row.textOf, text: row.text } : null,
    }),
    /** Null for the session's own notes and minutes, which are called after it. */
    onAgendaOf:
      row.text && row.textOf === row.sessionId ? null : { id: row.sessionId, title: row.sessionTitle },
    startsAt: row.startsAt,
  }))
}
