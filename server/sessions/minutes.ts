/** Minutes: as the log tells them, as a text that is written together, and as they were approved. */
import { notFound, unavailable } from '../../app/domain/fault'
import type { HistorySection } from '../../app/domain/history'
import { MARKING_LABEL } from '../../app/domain/marking'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { MinutesPart } from '../../app/domain/session/minutes'
import { SESSION_STATUS_LABEL, WITH_MINUTES } from '../../app/domain/session/model'
import { wallClock } from '../../app/domain/zoned'
import type { Queryable } from '../../db/connection'
import type { ScopedSession } from '../../db/queries/session-scope'
import { minutesVersion, minutesVersionsOf, readableSessionText } from '../../db/queries/session-texts'
import { sessionFor } from '../../db/queries/sessions'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { writeFile } from '../documents/export'
import type { TextNode } from '../documents/formats/read-document'
import { frozenText } from '../documents/frozen-text'
import type { DocumentWorker } from '../documents/worker-client'
import type { PictureParts } from '../pictures/keep'
import { minutesInLog } from './draft-minutes'

type Version = { number: number; sha256: string; decision: string; approvedAt: Date }

/**
 * - `log`: nobody has drafted a text yet, or it was approved before minutes were one
 * - `draft`: a text that is written together, on its channel
 * - `approved`: frozen
 */
type Shown =
  | { is: 'log'; parts: MinutesPart[] }
  | { is: 'draft'; documentId: string }
  | { is: 'approved'; version: Version & { data: Buffer } }

/**
 * The minutes of a session, once it is closed: a draft for those who may be in its room, what was approved for whoever
 * may know of it. `number`: an approved version; null: what is current. Throws `notFound`.
 */
async function minutesFor(db: Queryable, actor: Actor, sessionId: string, number: number | null) {
  const found = await sessionFor(db, actor, sessionId)
  const versions = await minutesVersionsOf(db, found.session.id)
  return { ...found, versions, shown: await shownTo(db, actor, found, { versions, number }) }
}

async function shownTo(
  db: Queryable,
  actor: Actor,
  found: ScopedSession,
  { versions, number }: { versions: readonly Version[]; number: number | null },
): Promise<Shown> {
  const { session, scope } = found
  const { id, status } = session
  if (number === null && status === 'minutes_draft') {
    const documentId = await readableSessionText(db, actor, found, 'minutes')
    if (documentId) return { is: 'draft', documentId }
  }
  const wanted = number ?? versions[0]?.number
  const version = wanted === undefined ? null : await minutesVersion(db, id, wanted)
  if (version) return { is: 'approved', version }
  const open = status === 'minutes_approved' || can(actor, 'attend', scope)
  if (number !== null || !WITH_MINUTES.includes(status) || !open) throw notFound()
  return { is: 'log', parts: await minutesInLog(db, session) }
}

/** Whether there are minutes that somebody may read, who may know of the session. */
export async function hasMinutes(db: Queryable, actor: Actor, { session, scope }: ScopedSession) {
  if (session.status === 'minutes_approved') return true
  if (WITH_MINUTES.includes(session.status) && can(actor, 'attend', scope)) return true
  return (await minutesVersionsOf(db, session.id)).length > 0
}

/** What the page of minutes shows; frozen text by section. Throws `notFound`. */
export async function minutesPage(
  { db, documents }: { db: Queryable; documents: Pick<DocumentWorker, 'run'> },
  actor: Actor,
  sessionId: string,
  number: number | null,
) {
  const { session, group, scope, versions, shown } = await minutesFor(db, actor, sessionId, number)
  const mayRun = can(actor, 'run', scope)
  const page = {
    ...{ session, group, versions },
    mayAttend: can(actor, 'attend', scope),
    mayDraft: mayRun && session.status === 'closed',
    mayCorrect: mayRun && session.status === 'minutes_approved' && versions.length > 0,
  }
  if (shown.is !== 'approved') return { ...page, shown }
  const { data, ...version } = shown.version
  const at = version.approvedAt
  const sections: HistorySection[] = await frozenText(documents, { data, at }, group.id, {})
  return { ...page, shown: { is: shown.is, version, sections } }
}

type Parts = PictureParts & { channels: Channels; documents: DocumentWorker }

/**
 * The minutes on paper, with marking and state on every page: what was approved from its frozen text. `number` as above.
 * Throws `notFound`, `unavailable`.
 */
export async function minutesFile(
  parts: Parts,
  actor: Actor,
  sessionId: string,
  { format, number }: { format: 'pdf' | 'docx'; number: number | null },
  from: string | null,
): Promise<{ bytes: Uint8Array; name: string }> {
  const { db } = parts
  const { session, group, shown } = await minutesFor(db, actor, sessionId, number)
  const day = wallClock(session.startsAt, session.zone).slice(0, 10)
  const facts: [string, string][] = [
    ['Working group', group.name],
    ['Held', `${day} (times in ${session.zone.replaceAll('_', ' ')})`],
  ]
  const bytes =
    shown.is === 'log'
      ? await logFile(parts, format, session, facts, shown.parts)
      : await textFile(parts, actor, format, session, facts, shown)
  const version = shown.is === 'approved' ? shown.version.number : null
  await db.transaction((tx) =>
    recordAct(tx, {
      ...{ actor, from, act: 'session.minutes_export', objectKind: 'session', objectId: session.id },
      after: { format, version },
    }),
  )
  return { bytes, name: `${group.code} ${day} minutes${version ? ` v${version}` : ''}.${format}` }
}

type Session = ScopedSession['session']

/** A draft as it is now, or what was approved, under its SHA-256. */
async function textFile(
  parts: Parts,
  actor: Actor,
  format: 'pdf' | 'docx',
  session: Session,
  facts: [string, string][],
  shown: Exclude<Shown, { is: 'log' }>,
): Promise<Uint8Array> {
  const { title, marking } = session
  const more = {
    ...{ kind: 'text' as const, title, marking, owner: '', participants: [], project: null },
    ...{ restricted: [], state: null },
  }
  if (shown.is === 'draft') {
    const state = await parts.channels.load(shown.documentId)
    if (!state) throw unavailable('The minutes cannot be read at this moment. Try again in a minute.')
    return writeFile(parts, actor, format, {
      ...more,
      ...{ data: state.data, version: state.seq },
      session: { paper: 'Minutes (draft)', facts: [...facts, ['State', 'Draft, not approved']] },
    })
  }
  const { number, sha256, decision, approvedAt, data } = shown.version
  const day = approvedAt.toISOString().slice(0, 10)
  return writeFile(parts, actor, format, {
    ...more,
    ...{ data: new Uint8Array(data), version: number },
    session: {
      paper: 'Minutes',
      facts: [
        ...facts,
        ['State', `Version ${number}, approved on ${day} (UTC) by decision ${decision}`],
        ['SHA-256', sha256],
      ],
    },
  })
}

function logFile(
  { documents }: Pick<Parts, 'documents'>,
  format: 'pdf' | 'docx',
  { title, marking, status }: Session,
  facts: [string, string][],
  parts: readonly MinutesPart[],
): Promise<Uint8Array> {
  const { tlp, label } = MARKING_LABEL[marking]
  return documents.run(format === 'pdf' ? 'printOutline' : 'writeOutline', {
    ...{ title, kind: 'Minutes', marking: `${tlp} · ${label}` },
    version: SESSION_STATUS_LABEL[status],
    date: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    facts: [...facts, ['State', SESSION_STATUS_LABEL[status]]],
    sections: parts.map(({ heading, lines }) => ({
      heading,
      blocks: lines.map(({ kind, text }) => (kind === 'quote' ? quoted(text) : paragraph(text))),
    })),
  })
}

const paragraph = (text: string): TextNode => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const quoted = (text: string): TextNode => ({
  type: 'blockquote',
  content: text.split(/\n+/).flatMap((line) => (line.trim() ? [paragraph(line)] : [])),
})
