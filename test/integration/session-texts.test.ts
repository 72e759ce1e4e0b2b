/** The texts of a session: who reads and writes its notes and its minutes, on the channel, over HTTP, and nowhere else. */
import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { and, eq, inArray, sql } from 'drizzle-orm'
import JSZip from 'jszip'
import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import { can, seesComments, seesHistory } from '../../app/domain/rights'
import type { SessionActInput } from '../../app/domain/session/acts'
import { SESSION_STATUSES, type SessionStatus } from '../../app/domain/session/model'
import { loader as documentPage } from '../../app/routes/documents.$id'
import { loader as exportFile } from '../../app/routes/documents.$id_.export'
import { loader as historyPage } from '../../app/routes/documents.$id_.history'
import { loader as sharePage } from '../../app/routes/documents.$id_.share'
import { loader as groupPage } from '../../app/routes/groups.$id'
import { loader as minutesRoute } from '../../app/routes/sessions.$id_.minutes._index'
import { loader as minutesFileRoute } from '../../app/routes/sessions.$id_.minutes.$format'
import { loader as shownText } from '../../app/routes/sessions.$id_.texts.$document'
import type { Database } from '../../db/connection'
import { readableDocuments, scopedDocument, textAccess } from '../../db/queries/documents'
import { documentsOfGroup } from '../../db/queries/group-documents'
import { noticeList } from '../../db/queries/notices'
import { proposalPage } from '../../db/queries/proposals'
import { readableDocument } from '../../db/queries/readable-text'
import { search } from '../../db/queries/search'
import { scopedSession } from '../../db/queries/session-scope'
import { readableSessionText, sessionTextOf } from '../../db/queries/session-texts'
import {
  agendaDocuments,
  channelEntries,
  channels,
  documents,
  financingRequests,
  minutesVersions,
  proposals,
  sessionReaders,
  sessions,
  workingGroups,
} from '../../db/schema'
import { ensureGroups } from '../../db/seed/groups'
import { createChannel } from '../../server/channels/create'
import { actOnComments } from '../../server/comments/act'
import { resolveAccess } from '../../server/documents/access'
import { keepAside } from '../../server/documents/set-aside'
import { newId } from '../../server/ids'
import { projectDocument } from '../../server/projection/project-document'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { readSession } from '../../server/sessions/log'
import { minutesFile, minutesPage } from '../../server/sessions/minutes'
import { testDatabase } from '../harness/database'
import { asksOf } from '../harness/loaders'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'
import { doAct, openSession, prepareSession, seatAll } from '../harness/sessions'

let db: Database
let records: Records
let asks: ReturnType<typeof asksOf>
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
  await seatAll(db, groupId, [
    [chair.organization.id, 'chair'],
    [kenya.organization.id, 'member'],
    [observer.organization.id, 'observer'],
  ])
  asks = asksOf(records)
}, 60_000)

const prepare = (
  more: {
    marking?: 'group' | 'restricted' | 'forge'
    readers?: string[]
    chatham?: boolean
    startsAt?: Date
  } = {},
) => prepareSession(db, secretary, groupId, { title: 'Tenth session', ...more })

const act = (actor: Actor, id: string, input: SessionActInput) => doAct(records.parts, actor, id, input)

/** A session that was held, with its minutes in draft; out: its id. */
async function held(more: Parameters<typeof prepare>[0] = {}): Promise<string> {
  const id = await prepare(more)
  await act(secretary, id, { act: 'add_item', title: 'The cobalt refinery', minutes: null })
  await act(secretary, id, { act: 'announce' })
  for (const person of [chair, kenya]) await act(person, id, { act: 'enter' })
  await act(chair, id, { act: 'open' })
  await act(chair, id, { act: 'close' })
  await act(chair, id, { act: 'draft_minutes' })
  return id
}

/** Another session approves minutes; out: the number of the decision. */
async function approve(minutesOf: string): Promise<string> {
  const id = await prepare()
  await openSession(records.parts, id, { secretary, chair, people: [chair, kenya], item: 'Minutes' })
  const text = 'The minutes are approved.'
  await act(kenya, id, { act: 'propose', title: 'Minutes', text, approves: minutesOf })
  const motionId = (await readSession(db, id)).state.motions[0]?.id ?? ''
  await act(chair, id, { act: 'second', motionId })
  await act(chair, id, { act: 'ask_consensus', motionId })
  await act(chair, id, { act: 'conclude', motionId })
  return (await readSession(db, id)).state.motions[0]?.number ?? ''
}

/** Somebody writes a line at the end of a text, or of a field of it. */
async function write(actor: Actor, documentId: string, words: string, fragment = 'body') {
  const state = await records.channels.load(documentId)
  const doc = new Y.Doc()
  if (state) Y.applyUpdate(doc, state.data)
  const before = Y.encodeStateVector(doc)
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  doc.getXmlFragment(fragment).push([paragraph])
  const author = { userId: actor.userId, organizationId: actor.organization.id }
  await records.channels.append(author, documentId, Y.encodeStateAsUpdate(doc, before))
}

const shownMinutes = (actor: Actor, id: string, number: number | null = null) =>
  minutesPage(records.parts, actor, id, number)
const textIn = (shown: Awaited<ReturnType<typeof shownMinutes>>['shown']) =>
  shown.is === 'approved' ? JSON.stringify(shown.sections) : ''

const notesOf = async (id: string) => (await sessionTextOf(db, id, 'notes')) ?? ''
const become = (id: string, status: SessionStatus) =>
  db.update(sessions).set({ status }).where(eq(sessions.id, id))

const accessOf = async (actor: Actor, documentId: string) => {
  const document = await scopedDocument(db, documentId)
  return document && textAccess(actor, document.scope)
}

/** What a page answers somebody: the status, and all that it says. */
const page = async (...asked: Parameters<typeof asks>) => JSON.stringify(await asks(...asked))

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
    const ofGroup = await documentsOfGroup(db, one, groupId)
    expect(
      ofGroup.some((text) => text.id === id),
      one.email,
    ).toBe(all[one.email] !== null)
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

/** Of the whole text. */
const PASSAGE = { fragment: 'body', ranges: [], quote: '', before: '', after: '' }

test('whoever is named in a comment on notes is told, as long as they may be in the room', async () => {
  const id = await prepare()
  await act(secretary, id, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, id, { act: 'announce' })
  const notes = await notesOf(id)
  const mentions = [chair, outsider].map(({ userId }) => ({ kind: 'person' as const, id: userId }))
  const comment = { act: 'start' as const, key: randomUUID(), text: 'Is this right?' }
  await expect(
    actOnComments(records.parts, adviser, notes, { ...comment, mentions, passage: PASSAGE }, null),
  ).rejects.toMatchObject({ fault: 'invalid' })
  const named = { ...comment, mentions: mentions.slice(0, 1), passage: PASSAGE }
  await expect(actOnComments(records.parts, observer, notes, named, null)).rejects.toMatchObject({
    fault: 'forbidden',
  })
  await expect(actOnComments(records.parts, outsider, notes, named, null)).rejects.toMatchObject(NOT_FOUND)
  await actOnComments(records.parts, adviser, notes, named, null)
  const told = async () =>
    (await noticeList(db, chair, { unread: false, topic: null, page: 1 })).notices.filter(
      ({ kind, line }) => kind === 'comment_mention' && line.includes('Notes: Tenth session'),
    )
  expect(await told()).toHaveLength(1)
  await db.update(sessions).set({ marking: 'restricted' }).where(eq(sessions.id, id))
  expect(await told()).toEqual([])
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
  // A word of their own, so that it can be looked for; and in a proposal, where it is found.
  await write(kenya, notes, 'Zanzibarite was mentioned.')
  const project = await createProject(db, kenya, projectInput({ title: 'A mine' }), null)
  const proposal = await startProposal(db, kenya, project, null)
  const { document } = await proposalPage(db, kenya, proposal)
  await write(kenya, document.id, 'Zanzibarite is mined.', 'summary')
  for (const text of [notes, document.id]) await projectDocument(records.parts, text)
  const pages = [documentPage, exportFile, historyPage, sharePage]
  for (const loader of pages) {
    const none = await page(loader, outsider, { id: randomUUID() }, '/?format=docx')
    for (const one of [outsider, administrator])
      expect(await page(loader, one, { id: notes }, '/?format=docx'), one.email).toBe(none)
    expect(await page(loader, observer, { id: notes }, '/?format=docx')).not.toBe(none)
  }
  const found = await scopedSession(db, id)
  if (!found) throw new Error('no session')
  expect(await readableSessionText(db, outsider, found, 'notes')).toBeNull()
  expect(await readableSessionText(db, observer, found, 'notes')).toBe(notes)
  expect(await readableSessionText(db, observer, found, 'minutes')).toBeNull()
  for (const one of everybody()) {
    expect((await readableDocuments(db, one)).map((line) => line.id)).not.toContain(notes)
    const found = await search(db, one, { text: 'Zanzibarite', kind: null })
    const isTheirs = (await accessOf(one, document.id)) !== null
    expect(
      found.flatMap(({ hits }) => hits.map((hit) => hit.id)),
      one.email,
    ).toEqual(isTheirs ? [proposal] : [])
    expect(isTheirs, one.email).toBe([kenya, adviser].includes(one))
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

/** A text of somebody's delegation; out: its id. */
async function textBy(actor: Actor, marking: 'public' | 'restricted'): Promise<string> {
  const id = newId()
  const author = { userId: actor.userId, organizationId: actor.organization.id }
  await db.transaction(async (tx) => {
    await createChannel(tx, { id, kind: 'document', author })
    await tx.insert(documents).values({
      ...{ id, channelId: id, kind: 'text', title: `A ${marking} text`, marking },
      ...{ ownerDelegationId: actor.organization.id, createdBy: actor.userId },
    })
  })
  return id
}

test('a group’s page lists what stands on its agendas to whoever may be in the room and read it, once, until its item goes', async () => {
  const first = await prepare({ startsAt: new Date(Date.now() + 100 * 3_600_000) })
  const later = await prepare()
  const [open, own, ofLater] = [
    await textBy(kenya, 'public'),
    await textBy(chair, 'restricted'),
    await textBy(chair, 'public'),
  ]
  const items: string[] = []
  for (const [session, attached] of [
    [first, [open, own]],
    [later, [open, ofLater]],
  ] as const) {
    await act(secretary, session, { act: 'add_item', title: 'An item', minutes: null })
    const itemId = (await readSession(db, session)).state.items[0]?.id ?? ''
    items.push(itemId)
    await act(secretary, session, { act: 'announce' })
    for (const documentId of attached)
      await act(chair, session, { act: 'attach_document', itemId, documentId })
  }
  const listed = async (actor: Actor) => {
    const all = await documentsOfGroup(db, actor, groupId)
    expect(new Set(all.map(({ id }) => id)).size, actor.email).toBe(all.length)
    return [open, own, ofLater].map((id) => all.find((one) => one.id === id)?.onAgendaOf?.id ?? null)
  }
  for (const one of [kenya, adviser, observer, secretary, coordinator])
    expect(await listed(one), one.email).toEqual([later, null, later])
  expect(await listed(chair)).toEqual([later, first, later])
  // Both texts are open to them, and the sessions are not.
  for (const one of [outsider, administrator]) {
    expect(await listed(one), one.email).toEqual([null, null, null])
    const told = await page(groupPage, one, { id: groupId })
    for (const id of [open, own, ofLater, first, later]) expect(told).not.toContain(id)
  }
  const told = await page(groupPage, observer, { id: groupId })
  expect(told).toContain(`/documents/${open}`)
  expect(told).not.toContain(own)
  // What sessions from before the list say of their agendas is taken from their logs.
  const rows = () =>
    db.select().from(agendaDocuments).orderBy(agendaDocuments.documentId, agendaDocuments.itemId)
  await act(chair, later, { act: 'remove_item', itemId: items[1] ?? '' })
  const kept = await rows()
  await db.delete(agendaDocuments)
  // Nor does an event of another kind stop it that PostgreSQL takes for no JSON.
  const odd = { at: 1, by: null, body: { is: 'pointed', documentId: first, place: 'bo\0dy' } }
  const [at] = await db
    .update(channels)
    .set({ head: sql`${channels.head} + 1` })
    .where(
      inArray(
        channels.id,
        db.select({ id: sessions.channelId }).from(sessions).where(eq(sessions.id, later)),
      ),
    )
    .returning({ channelId: channels.id, seq: channels.head })
  if (!at) throw new Error('no such session')
  await db.insert(channelEntries).values({
    ...{ ...at, writer: 'an-older-portal', ref: 1, userId: 'portal', organizationId: 'portal' },
    data: Buffer.from(JSON.stringify(odd)),
  })
  await db.execute(sql.raw(await readFile('db/migrations/0028_fill_agenda_documents.sql', 'utf8')))
  expect(await rows()).toEqual(kept)
  expect(await listed(kenya)).toEqual([first, null, null])
})

test('in the room, a document that is off the agenda is none, whoever may read it elsewhere', async () => {
  const id = await prepare()
  await act(secretary, id, { act: 'add_item', title: 'An item', minutes: null })
  await act(secretary, id, { act: 'announce' })
  const made = await textBy(kenya, 'public')
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

test('minutes: the chair and secretaries write, members comment, observers read; approved they are frozen and nobody writes', async () => {
  const id = await held()
  const minutes = (await sessionTextOf(db, id, 'minutes')) ?? ''
  expect(await accesses(minutes)).toEqual(
    named(['write', 'comment', 'comment', 'read', null, 'write', 'read', null]),
  )
  await write(secretary, minutes, 'Zinnwaldite was mentioned.')
  expect((await shownMinutes(observer, id)).shown).toMatchObject({ is: 'draft', documentId: minutes })
  for (const one of [outsider, administrator])
    await expect(shownMinutes(one, id), one.email).rejects.toMatchObject(NOT_FOUND)
  await expect(shownMinutes(observer, id, 1)).rejects.toMatchObject(NOT_FOUND)

  const number = await approve(id)
  const first = await shownMinutes(kenya, id)
  expect(first.shown).toMatchObject({ is: 'approved', version: { number: 1, decision: number } })
  expect(textIn(first.shown)).toContain('Zinnwaldite')
  expect(textIn(first.shown)).toContain('The session was opened')
  const [row] = await db.select().from(minutesVersions).where(eq(minutesVersions.sessionId, id))
  expect(row?.sha256).toBe(
    createHash('sha256')
      .update(row?.data ?? '')
      .digest('hex'),
  )
  expect(await accesses(minutes)).toEqual(named(['read', 'read', 'read', 'read', null, 'read', 'read', null]))
  await expect(shownMinutes(outsider, id)).rejects.toMatchObject(NOT_FOUND)

  // A correction is a new version; the first stays as it was, and is what holds until the next is approved.
  for (const one of [kenya, observer])
    await expect(act(one, id, { act: 'correct_minutes', reason: 'a name' })).rejects.toMatchObject({
      fault: 'forbidden',
    })
  await act(secretary, id, { act: 'correct_minutes', reason: 'A mineral is missing' })
  await write(secretary, minutes, 'Xenotime, too.')
  expect((await shownMinutes(kenya, id)).shown.is).toBe('draft')
  const held1 = await shownMinutes(kenya, id, 1)
  expect(textIn(held1.shown)).toBe(textIn(first.shown))
  await approve(id)
  const second = await shownMinutes(observer, id)
  expect(second.shown).toMatchObject({ is: 'approved', version: { number: 2 } })
  expect(textIn(second.shown)).toContain('Xenotime')
  expect(textIn((await shownMinutes(observer, id, 1)).shown)).not.toContain('Xenotime')
  expect(second.versions.map((version) => version.number)).toEqual([2, 1])
})

test('minutes over HTTP: page, files and text of their own answer outsiders as what does not exist; a public session’s approved ones are for all', async () => {
  const id = await held({ marking: 'forge' })
  const minutes = (await sessionTextOf(db, id, 'minutes')) ?? ''
  const none = await page(minutesRoute, outsider, { id: randomUUID() })
  const noFile = await page(minutesFileRoute, outsider, { id: randomUUID(), format: 'docx' })
  for (const one of [outsider, administrator]) {
    expect(await page(minutesRoute, one, { id }), one.email).toBe(none)
    expect(await page(minutesFileRoute, one, { id, format: 'docx' }), one.email).toBe(noFile)
    for (const loader of [documentPage, historyPage, sharePage, exportFile])
      expect(await page(loader, one, { id: minutes }, '/?format=docx'), one.email).toBe(
        await page(loader, one, { id: randomUUID() }, '/?format=docx'),
      )
  }
  // To those who may be in the room it is the minutes’ page; it is printed there and nowhere else.
  expect(await page(documentPage, observer, { id: minutes })).toContain('302')
  expect(await page(exportFile, chair, { id: minutes }, '/?format=docx')).toContain('404')
  await approve(id)
  expect(await page(minutesRoute, outsider, { id })).toContain('The session was opened')
  expect(await page(documentPage, outsider, { id: minutes })).toContain('404')
  await act(secretary, id, { act: 'correct_minutes', reason: 'A name' })
  await write(secretary, minutes, 'Xenotime, too.')
  const told = await page(minutesRoute, outsider, { id })
  expect(told).toContain('The session was opened')
  expect(told).not.toContain(minutes)
  expect(told).not.toContain('Xenotime')
  const file = await minutesFile(records.parts, outsider, id, { format: 'docx', number: null }, null)
  const zip = await JSZip.loadAsync(file.bytes)
  const printed = (await zip.file('word/document.xml')?.async('string')) ?? ''
  expect(printed).toContain('SHA-256')
  expect(printed).not.toContain('Xenotime')
  expect(file.name).toMatch(/minutes v1\.docx$/)
})
