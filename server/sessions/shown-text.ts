import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { agendaTexts } from '../../app/domain/session/hall'
import type { Queryable } from '../../db/connection'
import { pathOf, type ScopedDocument, scopedDocument, templateOf } from '../../db/queries/documents'
import { type Ask, headsOf } from '../../db/queries/parts'
import { sessionFor } from '../../db/queries/sessions'
import { readSession } from './log'

/**
 * - `open`: the reader may read it: on its own channel or page, which check that again
 * - `ask`: they may know of it, and whom they ask
 * - `closed`: to them it does not exist; all they know is the title that stands on the agenda
 */
export type ShownText =
  | { is: 'open'; channelId: string; template: 'proposal' | 'request' | 'text'; path: string }
  | { is: 'ask'; ask: Ask }
  | { is: 'closed' }

/**
 * A document of a session's agenda, as far as somebody in its room may read it: the room opens no text. Throws `notFound`
 * also for a document that is not on the agenda.
 */
export async function shownText(
  db: Queryable,
  actor: Actor,
  sessionId: string,
  documentId: string,
): Promise<ShownText> {
  const { session, scope } = await sessionFor(db, actor, sessionId)
  if (!can(actor, 'attend', scope)) throw notFound()
  const { state } = await readSession(db, session.channelId)
  if (!agendaTexts(state).some(({ id }) => id === documentId)) throw notFound()
  const document = await scopedDocument(db, documentId)
  if (!document) return { is: 'closed' }
  if (can(actor, 'read', document.scope)) {
    const { channelId } = document
    return { is: 'open', channelId, template: templateOf(document), path: pathOf(document) }
  }
  if (!knowsOf(actor, document)) return { is: 'closed' }
  const { id, name } = document.owner
  return { is: 'ask', ask: { delegation: name, heads: await headsOf(db, id) } }
}

/** Of a restricted part whoever reads the whole. */
const knowsOf = (actor: Actor, { scope, part }: ScopedDocument): boolean =>
  part ? can(actor, 'read', part.whole.scope) : can(actor, 'see', scope)
