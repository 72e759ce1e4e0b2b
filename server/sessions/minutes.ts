import { asc, eq } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { MARKING_LABEL } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { decodeEvent } from '../../app/domain/session/events'
import { minutesOf } from '../../app/domain/session/minutes'
import { SESSION_STATUS_LABEL, type SessionStatus } from '../../app/domain/session/model'
import { wallClock } from '../../app/domain/zoned'
import type { Database, Queryable } from '../../db/connection'
import { sessionFor } from '../../db/queries/sessions'
import { channelEntries } from '../../db/schema/channels'
import { recordAct } from '../audit/record'
import type { TextNode } from '../documents/formats/read-document'
import type { DocumentWorker } from '../documents/worker-client'

const WITH_MINUTES: readonly SessionStatus[] = ['closed', 'minutes_draft', 'minutes_approved']

/**
 * The minutes of a session as its log tells them, once it is closed; times in the session's zone. Drafts are for those
 * who may be in its room, approved ones for whoever may know of it. Throws `notFound`.
 */
export async function minutesPage(db: Queryable, actor: Actor, sessionId: string) {
  const { session, group, scope } = await sessionFor(db, actor, sessionId)
  const open = session.status === 'minutes_approved' || can(actor, 'attend', scope)
  if (!WITH_MINUTES.includes(session.status) || !open) throw notFound()
  const entries = await db
    .select({ data: channelEntries.data })
    .from(channelEntries)
    .where(eq(channelEntries.channelId, session.channelId))
    .orderBy(asc(channelEntries.seq))
  const events = entries.flatMap(({ data }) => decodeEvent(data) ?? [])
  const parts = minutesOf(events, (at) => wallClock(new Date(at), session.zone).slice(11))
  return { session, group, parts }
}

/** The minutes on paper, with marking and state on every page. Throws `notFound`. */
export async function minutesFile(
  { db, documents }: { db: Database; documents: Pick<DocumentWorker, 'run'> },
  actor: Actor,
  sessionId: string,
  format: 'pdf' | 'docx',
  from: string | null,
): Promise<{ bytes: Uint8Array; name: string }> {
  const { session, group, parts } = await minutesPage(db, actor, sessionId)
  const { tlp, label } = MARKING_LABEL[session.marking]
  const day = wallClock(session.startsAt, session.zone).slice(0, 10)
  const outline = {
    ...{ title: session.title, kind: 'Minutes', marking: `${tlp} · ${label}` },
    version: SESSION_STATUS_LABEL[session.status],
    date: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    facts: [
      ['Working group', group.name],
      ['Held', `${day} (times in ${session.zone.replaceAll('_', ' ')})`],
      ['State', SESSION_STATUS_LABEL[session.status]],
    ] as [string, string][],
    sections: parts.map(({ heading, lines }) => ({
      heading,
      blocks: lines.map(({ kind, text }) => (kind === 'quote' ? quoted(text) : paragraph(text))),
    })),
  }
  const bytes = await documents.run(format === 'pdf' ? 'printOutline' : 'writeOutline', outline)
  await db.transaction((tx) =>
    recordAct(tx, {
      ...{ actor, from, act: 'session.minutes_export', objectKind: 'session', objectId: session.id },
      after: { format },
    }),
  )
  return { bytes, name: `${group.code} ${day} minutes.${format}` }
}

const paragraph = (text: string): TextNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const quoted = (text: string): TextNode => ({
  type: 'blockquote',
  content: text.split(/\n+/).flatMap((line) => (line.trim() ? [paragraph(line)] : [])),
})
