/** The texts of a session: who reads and writes its notes and its minutes, on the channel, over HTTP, and nowhere else. */
import { randomUUID } from 'node:crypto'
import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node'
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import { can, seesComments, seesHistory } from '../../app/domain/rights'
import { type SessionActInput, sessionAct } from '../../app/domain/session/acts'
import { SESSION_STATUSES, type SessionStatus } from '../../app/domain/session/model'
import { loader as documentPage } from '../../app/routes/documents.$id'
import { loader as exportFile } from '../../app/routes/documents.$id_.export'
import { loader as historyPage } from '../../app/routes/documents.$id_.history'
import { loader as sharePage } from '../../app/routes/documents.$id_.share'
import { loader as shownText } from '../../app/routes/sessions.$id_.texts.$document'
import type { Database } from '../../db/connection'
import { readableDocuments, scopedDocument, textAccess } from '../../db/queries/documents'
import { readableDocument } from '../../db/queries/readable-text'
import { search } from '../../db/queries/search'
import { readableSessionText, sessionTextOf } from '../../db/queries/session-texts'
import {
  documents,
  financingRequests,
  groupMembers,
  proposals,
  sessionReaders,
  sessions,
  workingGroups,
} from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { createChannel } from '../../server/channels/create'
import { resolveAccess } from '../../server/documents/access'
import { keepAside } from '../../server/documents/set-aside'
import { newId } from '../../server/ids'
import { actInSession } from '../../server/sessions/act'
import { createSession } from '../../server/sessions/create'
import { readSession } from '../../server/sessions/log'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let groupId: string
/** Japan chairs, Kenya is a member, Congo observes, Canada has no seat. */
let chair: Actor
let kenya: Actor
let adviser: Actor
let observer: Actor
let outsider: Actor
let secretary: Actor
let coordinator: Actor
let administrator: Actor

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  await ensureGroups(db)
  chair = await records.as('japan', 'head')
  kenya = await records.as('kenya', 'head')
  adviser = await records.as('kenya', 'adviser')
  observer = await records.as('congo', 'head')
  outsider = await records.as('canada', 'head')
  secretary = await records.as('secretariat', 'secretary')
  coordinator = await records.as('secretariat', 'coordinator')
  administrator = await records.as('secretariat', 'administrator')
  const [group] = await db.select().from(workingGroups).where(eq(workingGroups.code, 'PG'))
  groupId = group?.id ?? ''
  for (const [actor, role] of [
    [chair, 'chair'],
    [kenya, 'member'],
    [observer, 'observer'],
  ] as const)
    await db
      .insert(groupMembers)
      .values({ id: newId(), groupId, delegationId: actor.organization.id, role, from: '2026-02-04' })
}, 60_000)

const HOUR = 3_600_000
const prepare = (
  more: { marking?: 'group' | 'restricted' | 'forge'; readers?: string[]; chatham?: boolean } = {},
) =>
  createSession(
    db,
    secretary,
    groupId,
    {
      ...{ key: randomUUID(), title: 'Tenth session', zone: 'Asia/Tokyo', starts: '', ends: '' },
      ...{ startsAt: new Date(Date.now() + 200 * HOUR), endsAt: new Date(Date.now() + 204 * HOUR) },
      ...{ marking: 'group', chatham: false, readers: [], ...more },
    },
    null,
  )

const act = (actor: Actor, id: string, input: SessionActInput) =>
  actInSession(records.parts, actor, id, { key: randomUUID(), act: sessionAct.parse(input) }, '192.0.2.7')

const notesOf = async (id: string) => (await sessionTextOf(db, id, 'notes')) ?? ''
const become = (id: string, status: SessionStatus) =>
  db.update(sessions).set({ status }).where(eq(sessions.id, id))

const accessOf = async (actor: Actor, documentId: string) => {
  const document = await scopedDocument(db, documentId)
  return document && textAccess(actor, document.scope)
}

const cookies = new Map<string, string>()
async function cookieOf({ email }: Actor): Promise<string> {
  const cookie = cookies.get(email) ?? (await records.people.cookieOf(email))
  cookies.set(email, cookie)
  return cookie
}

/** What a page answers somebody: the status with the body, or the data. */
async function page(
  loader: (args: LoaderFunctionArgs) => unknown,
  actor: Actor,
  params: Record<string, string>,
  path = '/',
): Promise<string> {
  const request = new Request(`${records.parts.origin}${path}`, {
    headers: records.people.browser('192.0.2.9', await cookieOf(actor)),
  })
  const context = {
    ...{ portal: { ...records.parts, config: records.people.config, auth: records.people.auth } },
    ...{ from: null, requestId: 'none' },
  } as unknown as AppLoadContext
  const answer: unknown = await Promise.resolve(loader({ request, params, context })).catch(
    (thrown: unknown) => thrown,
  )
  return JSON.stringify(answer instanceof Response ? [answer.status, await answer.text()] : answer)
}

const everybody = () => [chair, kenya, adviser, observer, outsider, secretary, coordinator, administrator]
const named = (rights: readonly (string | null)[]) =>
  Object.fromEntries(everybody().map(({ email }, nth) => [email, rights[nth]]))
/** Also holds the rules as SQL, which lists ask, to those as code. */
async function accesses(id: string): Promise<Record<string, string | null>> {
  const all: Record<string, string | null> = {}
  for (const one of everybody()) {
    all[one.email] = await accessOf(one, id)
    const listed = await db
      .select({ id: documents.id })
      .from(documents)
      .leftJoin(proposals, eq(proposals.documentId, documents.id))
      .leftJoin(financingRequests, eq(financingRequests.documentId, documents.id))
      .where(and(eq(documents.id, id), readableDocument(one)))
    expect(listed.length > 0, one.email).toBe(all[one.email] !== null)
  }
  return all
}

test('notes: members write, advisers comment, observers and coordinators read; to others they do not exist', async () => {
  const id = await prepare()
  const notes = await notesOf(id)
  // In preparation: for those who prepare it.
  expect(await accesses(notes)).toEqual(named(['write', null, null, null, null, 'write', 'read', null]))
  await act(secretary, id, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, id, { act: 'announce' })
  for (const status of SESSION_STATUSES.slice(1, -1)) {
    await become(id, status)
    expect(await accesses(notes), status).toEqual(
      named(['write', 'write', 'comment', 'read', null, 'write', 'read', null]),
    )
  }
  await become(id, 'minutes_approved')
  expect(await accesses(notes)).toEqual(named(['read', 'read', 'read', 'read', null, 'read', 'read', null]))
  const document = await scopedDocument(db, notes)
  if (!document) throw new Error('the session has no notes')
  for (const actor of everybody())
    for (const never of ['rename', 'invite', 'mark'] as const)
      expect(can(actor, never, document.scope), `${never} by ${actor.email}`).toBe(false)
  expect(can(secretary, 'settle', document.scope)).toBe(true)
  expect(can(kenya, 'settle', document.scope)).toBe(false)
})

test('a restricted session’s notes are for the delegations named, whatever the document’s own row says', async () => {
  const id = await prepare({ marking: 'restricted', readers: [chair.organization.id] })
  const notes = await notesOf(id)
  await act(secretary, id, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, id, { act: 'announce' })
  await db.update(documents).set({ marking: 'public' }).where(eq(documents.id, notes))
  expect(await accesses(notes)).toEqual(named(['write', null, null, null, null, 'write', null, null]))
  await db
    .delete(sessionReaders)
    .where(and(eq(sessionReaders.sessionId, id), eq(sessionReaders.delegationId, chair.organization.id)))
  expect(await accessOf(chair, notes)).toBeNull()
})

test('over HTTP and on the socket notes answer whoever may not read them as what does not exist, and are in no list', async () => {
  const id = await prepare({ marking: 'forge' })
  const notes = await notesOf(id)
  await act(secretary, id, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, id, { act: 'announce' })
  // A word of their own, so that it can be looked for.
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('Zanzibarite was mentioned.')])
  doc.getXmlFragment('body').insert(0, [paragraph])
  const author = { userId: kenya.userId, organizationId: kenya.organization.id }
  await records.channels.append(author, notes, Y.encodeStateAsUpdate(doc))
  const pages = [documentPage, exportFile, historyPage, sharePage]
  for (const loader of pages) {
    const none = await page(loader, outsider, { id: randomUUID() }, '/?format=docx')
    for (const one of [outsider, administrator])
      expect(await page(loader, one, { id: notes }, '/?format=docx'), one.email).toBe(none)
    expect(await page(loader, observer, { id: notes }, '/?format=docx')).not.toBe(none)
  }
  expect(await readableSessionText(db, outsider, id, 'notes')).toBeNull()
  expect(await readableSessionText(db, observer, id, 'notes')).toBe(notes)
  expect(await readableSessionText(db, observer, id, 'minutes')).toBeNull()
  for (const one of everybody()) {
    expect((await readableDocuments(db, one)).map((line) => line.id)).not.toContain(notes)
    expect(await search(db, one, { text: 'Zanzibarite', kind: null })).toEqual([])
  }
  expect(await resolveAccess(db)('nobody', notes)).toBeNull()
  // What somebody wrote who never could is kept for nobody to decide over.
  const update = Y.encodeStateAsUpdate(new Y.Doc())
  await expect(keepAside({ db }, outsider, notes, update, null)).rejects.toMatchObject(NOT_FOUND)
  await expect(keepAside({ db }, observer, notes, update, null)).rejects.toMatchObject(NOT_FOUND)
})

test('under the Chatham House Rule notes name nobody: no history, no comments, no delegations in the file', async () => {
  const id = await prepare({ chatham: true })
  await act(secretary, id, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, id, { act: 'announce' })
  const document = await scopedDocument(db, await notesOf(id))
  if (!document) throw new Error('the session has no notes')
  expect(document.grants).toEqual([])
  for (const actor of everybody()) {
    expect(seesHistory(actor, document.scope)).toBe(false)
    expect(seesComments(actor, document.scope)).toBe(false)
    expect(can(actor, 'comment', document.scope)).toBe(false)
  }
  expect(await accessOf(adviser, document.id)).toBe('read')
  expect(await accessOf(kenya, document.id)).toBe('write')
})

test('in the room, a document that is off the agenda is none, whoever may read it elsewhere', async () => {
  const id = await prepare()
  await act(secretary, id, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, id, { act: 'announce' })
  const made = newId()
  const author = { userId: kenya.userId, organizationId: kenya.organization.id }
  await db.transaction(async (tx) => {
    await createChannel(tx, { id: made, kind: 'document', author })
    await tx.insert(documents).values({
      ...{ id: made, channelId: made, kind: 'text', title: 'A public text', marking: 'public' },
      ...{ ownerDelegationId: kenya.organization.id, createdBy: kenya.userId },
    })
  })
  expect(await accessOf(kenya, made)).toBe('write')
  const none = await page(shownText, kenya, { id, document: randomUUID() })
  expect(none).toContain('404')
  for (const one of [kenya, chair, observer, secretary, outsider, administrator])
    for (const document of [made, await notesOf(id)])
      expect(await page(shownText, one, { id, document }), one.email).toBe(none)
  const itemId = (await readSession(db, id)).state.items[0]?.id ?? ''
  await act(secretary, id, { act: 'attach_document', itemId, documentId: made })
  expect(await page(shownText, observer, { id, document: made })).toContain(made)
  // On the agenda: for those who may be in the room.
  for (const one of [outsider, administrator])
    expect(await page(shownText, one, { id, document: made })).toBe(none)
})
