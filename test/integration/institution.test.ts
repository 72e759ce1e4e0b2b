/** An institution's person sees what they were asked, and nothing else: wherever something can be read, found or counted. */
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import type { LoaderFunction } from '@remix-run/node'
import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { auditFilterFrom } from '../../app/domain/audit-filter'
import { askForm } from '../../app/domain/money-forms'
import type { Actor } from '../../app/domain/people'
import { pipelineWish } from '../../app/domain/pipeline'
import { proposalFilterFrom } from '../../app/domain/proposal-filter'
import { queueFilterFrom } from '../../app/domain/queue'
import type { Database } from '../../db/connection'
import { auditEntriesFor } from '../../db/queries/audit'
import { visibleCapacities } from '../../db/queries/capacities'
import { deadlinesOf } from '../../db/queries/deadlines'
import { documentFor, readableDocuments } from '../../db/queries/documents'
import { requestPage } from '../../db/queries/financing'
import { groupList, groupPage } from '../../db/queries/groups'
import { noticeList } from '../../db/queries/notices'
import { objectRecord } from '../../db/queries/object-record'
import { pictureFor } from '../../db/queries/pictures'
import { allInstitutions, draftRequests } from '../../db/queries/pipeline'
import { pipelineInstitutions, pipelineSums, pipelineTable } from '../../db/queries/pipeline-asks'
import { labelsOf, suggestLinks } from '../../db/queries/portal-links'
import { projectPage } from '../../db/queries/project-page'
import { listProjects } from '../../db/queries/projects'
import { everyProposal, proposalPage } from '../../db/queries/proposals'
import { queueRows } from '../../db/queries/queue'
import { search } from '../../db/queries/search'
import { comingSessions } from '../../db/queries/sessions'
import { decisionList, silenceList } from '../../db/queries/silence'
import { financingFiles } from '../../db/schema/financing'
import { workingGroups } from '../../db/schema/groups'
import { notices } from '../../db/schema/notices'
import { seedAnnouncedMoney } from '../../db/seed/announced-money'
import { ensureGroups } from '../../db/seed/groups'
import { postgresLog } from '../../server/channels/log-postgres'
import { readSince } from '../../server/channels/read-since'
import { mentionChoices } from '../../server/comments/mentions'
import { readComments } from '../../server/comments/read'
import { startThread } from '../../server/comments/start'
import { peopleOf } from '../../server/delegations/people'
import { exportDocument } from '../../server/documents/export'
import { readHistory } from '../../server/documents/read-history'
import { askInstitutions } from '../../server/financing/ask'
import { readFile } from '../../server/financing/files'
import { moveAsk } from '../../server/financing/move'
import { askAuthorsOfRequest } from '../../server/financing/questions'
import { startRequest } from '../../server/financing/start'
import { setSeat } from '../../server/groups/seats'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { keepView } from '../../server/views/saved'
import { testDatabase } from '../harness/database'
import { asksOf } from '../harness/loaders'
import { NOT_FOUND, projectFilter, projectInput, type Records, startRecords } from '../harness/records'

const ASKED = 'p010'
let db: Database
let records: Records
let kenya: Actor
let exim: Actor
let jbic: Actor
/** A project of Kenya's, open to every delegation, with its case; and a request for the same money that went to nobody. */
let other: { project: string; proposal: string; document: string; request: string }
/** What EXIM was asked. */
let asked: { request: string; document: string }

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  await seedAnnouncedMoney(db)
  kenya = await records.as('kenya', 'head')
  exim = await records.as('exim', 'head')
  jbic = await records.as('jbic', 'officer')
  const project = await createProject(
    db,
    kenya,
    projectInput({ title: 'Zarafa concentrator', marking: 'forge' }),
    null,
  )
  const proposal = await startProposal(db, kenya, project, null)
  const { document } = await proposalPage(db, kenya, proposal)
  const title = { key: randomUUID(), title: 'Zarafa money' }
  const request = await startRequest(db, kenya, ASKED, title, null)
  other = { project, proposal, document: document.id, request }
  asked = await ask()
})

async function ask() {
  const request = await startRequest(db, kenya, ASKED, { key: randomUUID(), title: 'A loan' }, null)
  const bodies = await allInstitutions(db)
  const input = askForm.parse({
    ...{ key: randomUUID(), institutions: bodies.flatMap(({ id, code }) => (code === 'EXIM' ? [id] : [])) },
    ...{ instrument: 'direct_loan', amount: '100', currency: 'USD', purpose: 'Construction' },
  })
  await askInstitutions(records.parts, kenya, request, input, null)
  const { document } = await requestPage(db, kenya, request)
  return { request, document: document?.id ?? '' }
}

test('the page of anything else answers as what does not exist', async () => {
  await ensureGroups(db)
  const [group] = await db.select().from(workingGroups)
  const nowhere = randomUUID()
  const pages: [string, (id: string) => Promise<unknown>, string][] = [
    ['project', (id) => projectPage(db, exim, id), other.project],
    ['proposal', (id) => proposalPage(db, exim, id), other.proposal],
    ['request', (id) => requestPage(db, exim, id), other.request],
    ['document', (id) => documentFor(db, exim, id, 'read'), other.document],
    ['history', (id) => readHistory(records.parts, exim, id, HISTORY), other.document],
    ['export', (id) => exportDocument(records.parts, exim, id, 'pdf', null), other.document],
    ['comments', (id) => readComments(db, exim, id), other.document],
    ['mentions', (id) => mentionChoices(db, exim, id, ''), other.document],
    ['group', (id) => groupPage(db, exim, id), group?.id ?? ''],
    ['seat', (id) => setSeat(db, exim, id, { delegationId: 'a', role: 'member' }, null), group?.id ?? ''],
    ['people', (id) => peopleOf(db, exim, id), kenya.organization.id],
    ['record', (id) => objectRecord(db, exim, 'project', id), other.project],
    [
      'the history of what it was asked',
      (id) => readHistory(records.parts, exim, id, HISTORY),
      asked.document,
    ],
    ['its own request for another', (id) => requestPage(db, jbic, id), asked.request],
    ['its text', (id) => documentFor(db, jbic, id, 'read'), asked.document],
    ['a picture', (id) => pictureFor(db, exim, { documentId: id, sha256: 'a'.repeat(64) }), other.document],
  ]
  for (const [name, page, id] of pages) {
    expect(id, name).not.toBe('')
    await expect(page(id), name).rejects.toMatchObject(NOT_FOUND)
    await expect(page(nowhere), name).rejects.toMatchObject(NOT_FOUND)
  }
  await expect(auditEntriesFor(db, exim, auditFilterFrom(new URLSearchParams()))).rejects.toMatchObject(
    NOT_FOUND,
  )
  await expect(queueRows(db, exim, queueFilterFrom(new URLSearchParams()))).rejects.toMatchObject(NOT_FOUND)
})

const HISTORY = { at: null, from: null, compare: false }

test('lists, searches, sums and counts hold what was asked of it only', async () => {
  for (const [actor, own] of [
    [exim, [ASKED]],
    [jbic, await announcedOf('JBIC')],
  ] as const) {
    const may = new Set([...own, ...(actor === exim ? await announcedOf('EXIM') : [])])
    const listed = await listProjects(db, actor, projectFilter())
    expect(listed.rows.every(({ id }) => may.has(id))).toBe(true)
    expect(listed.total).toBe(may.size)
    expect((await visibleCapacities(db, actor)).every(({ projectId }) => may.has(projectId))).toBe(true)
    const found = await search(db, actor, { text: 'Zarafa', kind: null })
    expect(found).toEqual([])
    const everywhere = await search(db, actor, { text: 'project', kind: 'project' })
    expect(
      everywhere.flatMap(({ hits }) => hits).every(({ path }) => may.has(path.split('/')[2] ?? '')),
    ).toBe(true)
    expect(await suggestLinks(db, actor, 'Zarafa')).toEqual([])
    expect(await labelsOf(db, actor, [{ kind: 'project', id: other.project }])).toEqual({
      [`project:${other.project}`]: null,
    })
    expect(await everyProposal(db, actor, proposalFilterFrom(new URLSearchParams()))).toEqual([])
    expect(await readableDocuments(db, actor)).toEqual([])
    expect(await groupList(db, actor)).toEqual([])
    expect(await comingSessions(db, actor)).toEqual([])
    expect(await decisionList(db, actor)).toEqual([])
    expect(await silenceList(db, actor)).toEqual([])
    expect(await deadlinesOf(db, actor)).toEqual([])
    expect(await draftRequests(db, actor)).toEqual([])
  }
})

test('the pipeline’s rows, sums and choices are those asked of it', async () => {
  const wish = pipelineWish(new URLSearchParams())
  const rows = await pipelineTable(db, exim, wish, { page: 1, size: 500, now: new Date() })
  expect(rows.some(({ requestId }) => requestId === asked.request)).toBe(true)
  expect(rows.every(({ institutionId }) => institutionId === exim.organization.id)).toBe(true)
  const { stages } = await pipelineSums(db, exim, wish)
  expect(stages.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length)
  const names = new Set(rows.map(({ institution }) => institution))
  expect(new Set((await pipelineInstitutions(db, exim)).map(({ name }) => name))).toEqual(names)
})

test('it reads the request’s text, not what those who ask say to each other beside it, and nobody may call it there', async () => {
  const passage = { fragment: 'request_proceeds', ranges: [], quote: '', before: '', after: '' }
  const words = { key: randomUUID(), text: 'We would take seven per cent.', mentions: [] }
  await startThread(records.parts, kenya, asked.document, { ...words, passage })
  expect((await readComments(db, kenya, asked.document)).threads).toHaveLength(1)
  const seen = await readComments(db, exim, asked.document)
  expect(seen.threads).toEqual([])
  expect(seen.mayComment).toBe(false)
  const offered = await mentionChoices(db, kenya, asked.document, '')
  expect(offered.map(({ id }) => id)).not.toContain(exim.userId)
})

test('what was deleted before it was asked is in nothing that its browser is sent, from whatever seq it asks', async () => {
  const request = await startRequest(db, kenya, ASKED, { key: randomUUID(), title: 'A second loan' }, null)
  const text = await requestPage(db, kenya, request)
  const document = await documentFor(db, kenya, text.document?.id ?? '', 'read')
  const author = { userId: kenya.userId, organizationId: kenya.organization.id }
  const doc = new Y.Doc()
  const begun = await records.channels.load(document.channelId)
  if (begun) Y.applyUpdate(doc, begun.data)
  const words = new Y.XmlText()
  const write = async (change: () => void) => {
    const before = Y.encodeStateVector(doc)
    doc.transact(change)
    await records.channels.append(author, document.channelId, Y.encodeStateAsUpdate(doc, before))
  }
  await write(() => doc.getXmlFragment('purpose').push([words]))
  await write(() => words.insert(0, 'We would take the least that Zarafa offers. '))
  await write(() => words.delete(0, words.length))
  await write(() => words.insert(0, 'A loan for the plant.'))
  await write(() => words.insert(words.length, ' Twelve years.'))
  const sent = async () => {
    const log = postgresLog(db, () => {})
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, since) => readSince(log, document.channelId, since)),
    )
    return answers.map((answer) =>
      Buffer.concat([
        answer?.snapshot?.data ?? Buffer.alloc(0),
        ...(answer?.entries ?? []).map(([, , , data]) => data),
      ]).toString('latin1'),
    )
  }
  expect((await sent()).filter((bytes) => bytes.includes('Zarafa')).length).toBeGreaterThan(0)
  const bodies = await allInstitutions(db)
  const input = askForm.parse({
    ...{ key: randomUUID(), institutions: bodies.flatMap(({ id, code }) => (code === 'EXIM' ? [id] : [])) },
    ...{ instrument: 'direct_loan', amount: '100', currency: 'USD', purpose: 'Construction' },
  })
  const japan = await records.as('japan', 'head')
  await expect(askInstitutions(records.parts, japan, request, input, null)).rejects.toMatchObject(NOT_FOUND)
  await askInstitutions(records.parts, kenya, request, input, null)
  expect((await sent()).filter((bytes) => bytes.includes('Zarafa'))).toEqual([])
  expect((await sent())[0]).toContain('A loan for the plant.')
  // Those who share the text can still read it in its history.
  const wish = { at: null, from: null, compare: true }
  const { sittings } = await readHistory(records.parts, kenya, document.id, wish)
  expect(sittings.map(({ userId }) => userId)).toContain(kenya.userId)
  await expect(readHistory(records.parts, exim, document.id, wish)).rejects.toMatchObject(NOT_FOUND)
})

test('its people are told of what they were asked, and nobody else’s; a mail names nothing of it', async () => {
  const officer = await records.as('exim', 'officer')
  const { request } = await ask()
  const told = async (actor: Actor) =>
    (await noticeList(db, actor, { unread: false, topic: 'money', page: 1 })).notices.map(
      ({ kind, line }) => ({
        kind,
        line,
      }),
    )
  const line = `A loan: ${kenya.name}, Kenya, asks your institution for money`
  expect(await told(officer)).toEqual([{ kind: 'money_waits', line }])
  expect(await told(jbic)).toEqual([])
  expect(await told(kenya)).toEqual([])
  const mails = await db.select({ words: notices.mailWords }).from(notices)
  expect(mails.every(({ words }) => words === null)).toBe(true)
  const [own] = (await requestPage(db, exim, request)).asks
  const words = { key: randomUUID(), fragment: 'request_proceeds', text: 'At what price?' }
  await askAuthorsOfRequest(db, officer, own?.id ?? '', words, null)
  expect(await told(kenya)).toEqual([
    { kind: 'money_waits', line: `A loan: ${officer.name}, ${officer.organization.name}, asks a question` },
  ])
})

// It loads every route of the portal first, which takes most of a slow machine’s minute.
test('no page, export or file that a browser can ask for tells of anything else', async () => {
  const head = await records.as('jbic', 'head')
  const mine = await records.as('exim', 'officer')
  // Beside what EXIM was asked: another institution's answer with its letter, and a view that somebody keeps.
  const bodies = await allInstitutions(db)
  const input = askForm.parse({
    ...{ key: randomUUID(), institutions: bodies.flatMap(({ id, code }) => (code === 'JBIC' ? [id] : [])) },
    ...{ instrument: 'guarantee', amount: '7654321', currency: 'USD', purpose: 'Zarafa in another way' },
  })
  await askInstitutions(records.parts, kenya, asked.request, input, null)
  const [its] = (await requestPage(db, head, asked.request)).asks
  const letter = { name: 'Zarafa letter.pdf', bytes: new TextEncoder().encode('%PDF-1.7 of interest') }
  const wish = { key: randomUUID(), move: 'issue_letter' as const, reason: '', date: '2030-01-31' }
  await moveAsk(db, head, its?.id ?? '', wish, letter, null)
  const [file] = await db.select({ id: financingFiles.id }).from(financingFiles)
  await keepView(db, kenya, '/pipeline', { name: 'Zarafa view', query: 'view=table' })
  expect((await readFile(db, head, file?.id ?? '')).name).toBe(letter.name)

  const answerOf = asksOf(records)
  const foreign = [...Object.values(other), its?.id ?? '', file?.id ?? '', kenya.organization.id]
  const tells = new RegExp(`Zarafa|7654321|${foreign.slice(0, -1).join('|')}`)
  const nowhere = randomUUID()
  const folder = new URL('../../app/routes/', import.meta.url)
  let [lists, pages] = [0, 0]
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.tsx'))) {
    const { loader } = (await import(new URL(name, folder).pathname)) as { loader?: LoaderFunction }
    if (!loader) continue
    const asks = (id: string, query = '') => {
      const path = `/${name.replace('.tsx', '').replaceAll('_index', '').replaceAll('.', '/')}`
      const params = { id, number: id, sha256: id, iso2: id, motion: id, kind: 'project', format: 'pdf' }
      return answerOf(loader, mine, params, `${path.replace(/\$\w+/g, id)}${query}`)
    }
    if (name.includes('$')) {
      for (const id of foreign) {
        pages += 1
        expect({ name, ...(await asks(id)) }).toEqual({ name, ...(await asks(nowhere)) })
      }
    } else {
      for (const query of ['', '?q=zarafa', '?view=table&format=csv', '?view=map&size=committed']) {
        lists += 1
        const { text } = await asks('', query)
        expect(text, `${name}${query}`).not.toMatch(tells)
      }
    }
  }
  expect(lists).toBeGreaterThan(60)
  expect(pages).toBeGreaterThan(100)
}, 180_000)

/** Projects for which the institution is among the announced sources. */
async function announcedOf(code: string): Promise<string[]> {
  const bodies = await allInstitutions(db)
  const id = bodies.find((one) => one.code === code)?.id ?? ''
  const rows = await db.execute<{ id: string }>(
    // Asked over the tables themselves, not over the rule that is tested.
    `select distinct p.id from projects p join financing_requests r on r.project_id = p.id
     join financing_asks a on a.request_id = r.id where a.institution_id = '${id}'`,
  )
  return rows.rows.map((row) => row.id)
}
