/** Search finds what one may see, in several languages, and leaves no trace of anything else. */
import { beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import type { SearchKind } from '../../app/domain/search'
import type { Database } from '../../db/connection'
import { proposalPage } from '../../db/queries/proposals'
import { search } from '../../db/queries/search'
import { grant } from '../../server/documents/grant'
import { projectDocument } from '../../server/projection/project-document'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let congo: Actor
let coordinator: Actor
let projectId: string
let proposalId: string
let documentId: string

const TEXT =
  'The hydrometallurgical zanthrium refineries stand in Kwale. Les raffineries traitent le minerai. <b>Bold</b> & "quoted".'

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
  projectId = await createProject(db, kenya, projectInput({ title: 'Quillonite plant' }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  const { document } = await proposalPage(db, kenya, proposalId)
  documentId = document.id
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(TEXT)])
  doc.getXmlFragment('summary').push([paragraph])
  await records.channels.append(
    { userId: kenya.userId, organizationId: kenya.organization.id },
    document.channelId,
    Y.encodeStateAsUpdate(doc),
  )
  await projectDocument(records.parts, document.channelId)
})

const find = (actor: Actor, text: string, kind: SearchKind | null = null) => search(db, actor, { text, kind })
const ids = async (actor: Actor, text: string) =>
  (await find(actor, text)).flatMap(({ hits }) => hits.map(({ id }) => id))

describe('the wrong person', () => {
  test('has no hit and no count: not of the project, nor of the draft’s text', async () => {
    for (const actor of [congo, coordinator, await records.as('secretariat', 'administrator')]) {
      for (const text of ['zanthrium', 'Quillonite', 'raffinerie', 'zanth'])
        expect(await find(actor, text)).toEqual([])
    }
    expect(await ids(kenya, 'Quillonite')).toContain(projectId)
    expect(await ids(kenya, 'zanthrium')).toEqual([proposalId])
  })

  test('has one once they are invited', async () => {
    await grant(
      records.parts,
      kenya,
      documentId,
      { delegationId: congo.organization.id, level: 'read' },
      null,
    )
    expect(await ids(congo, 'zanthrium')).toEqual([proposalId])
  })
})

test('by stem in several languages, by the beginning of a word, by a phrase', async () => {
  for (const text of ['refinery', 'raffinerie', 'zanth', '"zanthrium refineries"', 'Kwale zanthrium'])
    expect(await ids(kenya, text), text).toContain(proposalId)
  expect(await ids(kenya, '"refineries zanthrium"')).not.toContain(`never ${proposalId}`)
})

test('shows where, as text', async () => {
  const [group] = await find(kenya, 'zanthrium', 'proposal')
  const pieces = group?.hits[0]?.pieces ?? []
  expect(pieces.filter(({ match }) => match).map(({ text }) => text)).toEqual(['zanthrium'])
  expect(pieces.map(({ text }) => text).join('')).toContain('hydrometallurgical zanthrium refineries')
})

test('marks what is found by its stem, too, in the language of the stem', async () => {
  for (const [text, word] of [
    ['refinery', 'refineries'],
    ['raffinerie', 'raffineries'],
  ] as const) {
    const pieces = (await find(kenya, text, 'proposal'))[0]?.hits[0]?.pieces ?? []
    expect(pieces.filter(({ match }) => match).map((piece) => piece.text)).toContain(word)
  }
})

test('partners and minerals by name, code and symbol', async () => {
  expect((await find(kenya, 'Kenya', 'partner'))[0]?.hits[0]?.path).toBe('/partners/KE')
  expect((await find(kenya, 'cobalt', 'mineral'))[0]?.hits[0]?.path).toBe('/minerals/cobalt')
  expect((await find(kenya, 'Co', 'mineral'))[0]?.hits.map(({ id }) => id)).toContain('cobalt')
})

test('whatever is typed is a search and never an error', async () => {
  for (const text of [
    '',
    '   ',
    '!',
    "' or 1=1 --",
    'a & | ! ( :*',
    '%',
    '\\',
    '"',
    '-',
    '<script>',
    '日本',
    '🙂',
    'x'.repeat(200),
  ])
    await expect(find(kenya, text)).resolves.toBeInstanceOf(Array)
})
