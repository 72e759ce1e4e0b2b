/** Who wrote what and when, what differs, named versions and going back: the wrong person first. */
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentSchema } from '../../app/collab/schema/extensions'
import type { HistoryNode } from '../../app/domain/history'
import type { Actor } from '../../app/domain/people'
import { FIELDS_MAP } from '../../app/domain/proposal-template'
import type { Database } from '../../db/connection'
import { proposalPage } from '../../db/queries/proposals'
import { grant } from '../../server/documents/grant'
import { type HistoryWish, readHistory } from '../../server/documents/read-history'
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

describe('somebody who may not read the document', () => {
  test('is told that there is no such thing, as of an id that does not exist', async () => {
    for (const actor of [congo, await records.as('secretariat', 'coordinator')]) {
      await expect(history(actor)).rejects.toMatchObject(NOT_FOUND)
      await expect(history(actor, {}, 'none')).rejects.toMatchObject(NOT_FOUND)
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
