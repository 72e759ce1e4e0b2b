/** Who wrote what and when, what differs, named versions and going back: the wrong person first. */
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentSchema } from '../../app/collab/schema/extensions'
import { type HistoryNode, versionName } from '../../app/domain/history'
import type { Actor } from '../../app/domain/people'
import { FIELDS_MAP } from '../../app/domain/proposal-template'
import type { Database } from '../../db/connection'
import { proposalPage } from '../../db/queries/proposals'
import { auditEntries, documentVersions } from '../../db/schema'
import { grant } from '../../server/documents/grant'
import { nameVersion } from '../../server/documents/name-version'
import { type HistoryWish, readHistory } from '../../server/documents/read-history'
import { restoreVersion } from '../../server/documents/restore-version'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let documentId: string
let proposalId: string
let turn = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'delegate')
  congo = await records.as('congo', 'head')
})

beforeEach(async () => {
  turn += 1
  const projectId = await createProject(db, kenya, projectInput({ title: `Mrima Hill ${turn}` }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  documentId = (await proposalPage(db, kenya, proposalId)).document.id
  await grant(records.parts, kenya, documentId, { delegationId: japan.organization.id, level: 'write' }, null)
})

const history = (actor: Actor, wish: Partial<HistoryWish> = {}, id = documentId) =>
  readHistory(records.parts, actor, id, { at: null, from: null, compare: true, ...wish })

/** Somebody's edit, on top of everything that is written. Gives its seq. */
async function write(actor: Actor, edit: (doc: Y.Doc) => void): Promise<number> {
  const state = await records.channels.load(documentId)
  const doc = new Y.Doc()
  if (state) Y.applyUpdate(doc, state.data)
  const before = Y.encodeStateVector(doc)
  doc.transact(() => edit(doc))
  const author = { userId: actor.userId, organizationId: actor.organization.id }
  return records.channels.append(author, documentId, Y.encodeStateAsUpdate(doc, before))
}

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const summaryIs = (...texts: string[]) =>
  write(kenya, (doc) => {
    const content = texts.map(paragraph)
    prosemirrorJSONToYXmlFragment(documentSchema(), { type: 'doc', content }, doc.getXmlFragment('summary'))
  })
const firstText = (doc: Y.Doc): Y.XmlText => {
  const block = doc.getXmlFragment('summary').get(0)
  const text = block instanceof Y.XmlElement ? block.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('the summary holds no text')
  return text
}
const say = (actor: Actor, at: number, text: string) => write(actor, (doc) => firstText(doc).insert(at, text))

const shown = (nodes: readonly HistoryNode[]): string =>
  nodes
    .map((node) => {
      const inner = node.text ?? `${shown(node.content ?? [])}\n`
      return node.change ? `[${node.change === 'ins' ? '+' : '-'}${inner}]` : inner
    })
    .join('')
type History = Awaited<ReturnType<typeof history>>
const summaryIn = (page: History) =>
  shown(page.sections.find((section) => section.fragment === 'summary')?.blocks ?? []).trim()

const name = (actor: Actor, seq: number, text: string | null, id = documentId) =>
  nameVersion(db, actor, id, { seq, name: text }, null)
const restore = (actor: Actor, seq: number, id = documentId) =>
  restoreVersion(records.parts, actor, id, seq, null)
const acts = async () =>
  (
    await db.select().from(auditEntries).where(eq(auditEntries.objectId, documentId)).orderBy(auditEntries.id)
  ).map(({ act, before, after }) => ({ act, before, after }))

describe('somebody who may not read the document', () => {
  test('is told that there is no such thing, as of an id that does not exist', async () => {
    for (const actor of [congo, await records.as('secretariat', 'coordinator')]) {
      await expect(history(actor)).rejects.toMatchObject(NOT_FOUND)
      await expect(history(actor, {}, 'none')).rejects.toMatchObject(NOT_FOUND)
      for (const id of [documentId, 'none']) {
        await expect(name(actor, 1, 'Mine now', id)).rejects.toMatchObject(NOT_FOUND)
        await expect(restore(actor, 1, id)).rejects.toMatchObject(NOT_FOUND)
      }
    }
  })
})

describe('the history of a proposal', () => {
  test('says who wrote what: account, delegation and time', async () => {
    await summaryIs('The mine opens soon.')
    await say(japan, 8, ' of Mrima')
    const page = await history(kenya, { compare: false })
    expect(summaryIn(page)).toBe('The mine of Mrima opens soon.')
    const runs = page.sections[0]?.blocks[0]?.content?.map(({ text, by }) => [
      text,
      page.sittings[by ?? -1]?.name,
      page.sittings[by ?? -1]?.organization,
    ])
    expect(runs).toEqual([
      ['The mine', 'head@kenya.test', 'Kenya'],
      [' of Mrima', 'delegate@japan.test', 'Japan'],
      [' opens soon.', 'head@kenya.test', 'Kenya'],
    ])
    expect(page.sittings).toMatchObject([
      { name: 'head@kenya.test', iso2: 'KE', came: 4, went: 0, verified: true },
      { name: 'delegate@japan.test', iso2: 'JP', came: 2, went: 0, verified: true },
    ])
    expect(Date.now() - Date.parse(page.sittings[1]?.ended ?? '')).toBeLessThan(60_000)
  })

  test('shows the text of any moment, and what differs between any two', async () => {
    const first = await summaryIs('It opens in 2027.', 'It employs 300 people.')
    const second = await write(kenya, (doc) => {
      firstText(doc).delete(12, 4)
      firstText(doc).insert(12, '2028')
    })
    expect(summaryIn(await history(kenya, { at: first, compare: false }))).toBe(
      'It opens in 2027.\nIt employs 300 people.',
    )
    const expected = 'It opens in [-2027][+2028].\nIt employs 300 people.'
    expect(summaryIn(await history(japan, { at: second, from: first }))).toBe(expected)
    expect(summaryIn(await history(japan, { at: first, from: second }))).toBe(
      'It opens in [-2028][+2027].\nIt employs 300 people.',
    )
    expect(summaryIn(await history(kenya, { at: 999_999, from: first }))).toBe(expected)
  })

  test('tells the key facts that changed, with their units', async () => {
    await write(kenya, (doc) => doc.getMap(FIELDS_MAP).set('capacity', '12500'))
    await write(japan, (doc) => {
      doc.getMap(FIELDS_MAP).set('capacity', '13000')
      doc.getMap(FIELDS_MAP).set('capitalCost', '640000000')
      doc.getMap(FIELDS_MAP).set('currency', 'USD')
    })
    const { facts } = await history(kenya)
    expect(facts.filter((fact) => fact.before !== fact.after)).toEqual([
      {
        label: 'Capacity (t contained a year)',
        before: '12\u202f500 t a year',
        after: '13\u202f000 t a year',
      },
      { label: 'Capital cost', before: null, after: 'USD 640\u202f000\u202f000' },
    ])
    expect(facts).toContainEqual({ label: 'Minerals', before: 'Cobalt', after: 'Cobalt' })
  })
})

describe('named versions', () => {
  test('are named, renamed and taken away by those who may write, and it is recorded', async () => {
    await grant(
      records.parts,
      kenya,
      documentId,
      { delegationId: japan.organization.id, level: 'read' },
      null,
    )
    await expect(name(japan, 1, 'Ours')).rejects.toMatchObject({ fault: 'forbidden' })
    await expect(name(await records.as('kenya', 'adviser'), 1, 'Ours')).rejects.toMatchObject({
      fault: 'forbidden',
    })
    await name(kenya, 1, 'As it began')
    expect((await history(japan)).versions).toMatchObject([
      { seq: 1, name: 'As it began', by: 'head@kenya.test', organization: 'Kenya' },
    ])
    await name(await records.as('kenya', 'delegate'), 1, 'The beginning')
    await name(kenya, 1, null)
    await name(kenya, 1, null)
    expect((await history(japan)).versions).toEqual([])
    expect((await acts()).slice(2)).toEqual([
      { act: 'document.version.name', before: null, after: { seq: 1, name: 'As it began' } },
      {
        act: 'document.version.rename',
        before: { seq: 1, name: 'As it began' },
        after: { seq: 1, name: 'The beginning' },
      },
      { act: 'document.version.remove', before: { seq: 1, name: 'The beginning' }, after: null },
    ])
  })

  test('only of what there is, and at most 200', async () => {
    for (const seq of [0, 2, -1])
      await expect(name(kenya, seq, 'Nowhere')).rejects.toMatchObject({ fault: 'invalid' })
    await summaryIs('One.')
    const { userId, organization } = kenya
    await db.insert(documentVersions).values(
      Array.from({ length: 200 }, (_, i) => ({
        ...{ documentId, seq: 1000 + i, name: `Version ${i}` },
        ...{ userId, organizationId: organization.id },
      })),
    )
    await expect(name(kenya, 1, 'One too many')).rejects.toMatchObject({ fault: 'conflict' })
    await name(kenya, 1000, null)
    await name(kenya, 1, 'One that fits')
  })

  test.each([
    ['ab', false],
    ['a👷', false],
    ['  abc ', true],
    ['a'.repeat(81), false],
    ['👷'.repeat(80), true],
    ['a\0bc', false],
  ])('the name %j', (text, good) => expect(versionName.safeParse(text).success).toBe(good))
})

describe('bringing a version back', () => {
  test('is for those who may write', async () => {
    await grant(
      records.parts,
      kenya,
      documentId,
      { delegationId: japan.organization.id, level: 'comment' },
      null,
    )
    await summaryIs('One.')
    await expect(restore(japan, 1)).rejects.toMatchObject({ fault: 'forbidden' })
    for (const seq of [0, 3]) await expect(restore(kenya, seq)).rejects.toMatchObject({ fault: 'invalid' })
    await expect(restore(kenya, 2)).rejects.toMatchObject({ fault: 'conflict' })
    expect((await records.channels.load(documentId))?.seq).toBe(2)
  })

  test('makes text and key facts what they were, keeps who wrote them, and can be taken back', async () => {
    const first = await summaryIs('The refinery opens in 2027.', 'It employs three hundred people.')
    await write(japan, (doc) => {
      const summary = doc.getXmlFragment('summary')
      summary.delete(1, 1)
      firstText(doc).insert(12, ' of Mombasa')
      firstText(doc).format(0, 3, { bold: {} })
      doc.getMap(FIELDS_MAP).set('capacity', '12500')
      doc.getMap(FIELDS_MAP).delete('minerals')
    })
    const before = await history(kenya, { compare: false })
    await restore(japan, first)
    const after = await history(kenya, { compare: false })
    expect(summaryIn(after)).toBe('The refinery opens in 2027.\nIt employs three hundred people.')
    expect(after.facts.map(({ label, after: value }) => [label, value])).toEqual([
      ['Minerals', 'Cobalt'],
      ['Stages of production', 'Extraction'],
      ['Country of the site', 'Kenya'],
      ['Capacity (t contained a year)', null],
    ])
    const back = after.sections[0]?.blocks[1]?.content?.[0]
    expect(after.sittings[back?.by ?? -1]?.name).toBe('head@kenya.test')
    expect(after.sittings[back?.movedBy ?? -1]).toMatchObject({
      name: 'delegate@japan.test',
      restored: first,
    })
    expect(after.sittings.map(({ restored }) => restored)).toEqual([null, null, first])
    expect((await acts()).at(-1)).toEqual({
      act: 'document.restore',
      before: { version: before.at },
      after: { version: before.at + 1, restored: first },
    })
    await restore(kenya, before.at)
    const undone = await history(kenya, { compare: false })
    expect(summaryIn(undone)).toBe(summaryIn(before))
    expect(undone.sections[0]?.blocks[0]?.content?.[0]).toMatchObject({ marks: [{ type: 'bold' }] })
    expect(
      (await history(kenya, { at: before.at, from: undone.at })).facts.every((f) => f.before === f.after),
    ).toBe(true)
  })

  test('everybody who has it open sees it, and what they wrote meanwhile stays', async () => {
    const first = await summaryIs('One.')
    await say(japan, 0, 'Two and ')
    const heard: number[] = []
    records.channels.onCommitted((channelId, head) => {
      if (channelId === documentId) heard.push(head)
    })
    const [, other] = await Promise.all([
      restore(kenya, first),
      write(japan, (doc) => doc.getMap(FIELDS_MAP).set('operator', 'Somebody')),
    ])
    expect(heard).toContain(other)
    expect(heard).toHaveLength(2)
    expect(summaryIn(await history(kenya, { compare: false }))).toBe('One.')
  })
})
