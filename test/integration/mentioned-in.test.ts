/** Which texts link to an object: the wrong person first; as the texts are written, and of texts of before. */
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import type { PortalRef } from '../../app/domain/portal-link'
import { BODY_FRAGMENT } from '../../app/domain/proposal-template'
import type { Database } from '../../db/connection'
import { mentionedIn } from '../../db/queries/mentioned-in'
import { proposalPage } from '../../db/queries/proposals'
import { channels, documentLinks } from '../../db/schema'
import { grant } from '../../server/documents/grant'
import { nameAudiences } from '../../server/documents/name-audiences'
import { startPart } from '../../server/documents/start-part'
import { projectDocument } from '../../server/projection/project-document'
import { startProjection } from '../../server/projection/projection'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let coordinator: Actor
let project: PortalRef
let proposalId: string
let wholeId: string
let partId: string
const mineral: PortalRef = { kind: 'mineral', id: 'cobalt' }

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
  coordinator = await records.as('secretariat', 'coordinator')
  const id = await createProject(db, kenya, projectInput({ title: 'Kwale', marking: 'forge' }), null)
  project = { kind: 'project', id }
  proposalId = await startProposal(db, kenya, id, null)
  wholeId = (await proposalPage(db, kenya, proposalId)).document.id
  partId = await startPart(db, kenya, wholeId, 'commercial_terms', null)
  await share(wholeId, japan)
})

const share = (id: string, { organization }: Actor) =>
  grant(records.parts, kenya, id, { delegationId: organization.id, level: 'read' }, null)

/** Puts a paragraph with these links in the text's place, and has it read. */
async function link(channelId: string, fragment: string, refs: readonly PortalRef[]) {
  const doc = new Y.Doc()
  const held = await records.channels.load(channelId)
  if (held) Y.applyUpdate(doc, held.data)
  const before = Y.encodeStateVector(doc)
  doc.clientID = Number.parseInt(randomUUID().slice(0, 8), 16)
  doc.transact(() => {
    const text = doc.getXmlFragment(fragment)
    text.delete(0, text.length)
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(
      0,
      refs.map(({ kind, id }) => {
        const element = new Y.XmlElement('portalLink')
        element.setAttribute('kind', kind)
        element.setAttribute('id', id)
        return element
      }),
    )
    text.push([paragraph])
  })
  const author = { userId: kenya.userId, organizationId: kenya.organization.id }
  await records.channels.append(author, channelId, Y.encodeStateAsUpdate(doc, before))
  await projectDocument(records.parts, channelId)
}

const seenBy = async (actor: Actor, ref: PortalRef) => {
  const { total, texts } = await mentionedIn(db, actor, ref)
  return { total, paths: texts.map(({ path }) => path).sort() }
}
const NOTHING = { total: 0, paths: [] }

test('whoever may not read a text finds neither it nor its number; nor a part, whoever reads only the whole', async () => {
  await link(wholeId, 'summary', [project, mineral])
  await link(partId, BODY_FRAGMENT, [mineral])
  for (const actor of [congo, coordinator, await records.as('exim', 'head')])
    for (const ref of [project, mineral]) expect(await seenBy(actor, ref)).toEqual(NOTHING)
  const whole = { total: 1, paths: [`/proposals/${proposalId}`] }
  expect(await seenBy(japan, project)).toEqual(whole)
  expect(await seenBy(japan, mineral)).toEqual(whole)
  const both = { total: 2, paths: [`/documents/${partId}`, `/proposals/${proposalId}`] }
  expect(await seenBy(kenya, mineral)).toEqual(both)
  // Named for the part, and then once more for all of it.
  await share(partId, japan)
  expect(await seenBy(japan, mineral)).toEqual(both)
  // Coordinators, once the whole is with the secretariat: whom the lead names.
  await nameAudiences(records.parts, kenya, partId, ['coordinators'], null)
  expect(await seenBy(coordinator, mineral)).toEqual(NOTHING)
  await db.execute(sql`update proposals set state = 'submitted' where id = ${proposalId}`)
  expect(await seenBy(coordinator, mineral)).toEqual(both)
  expect(
    (await mentionedIn(db, coordinator, mineral)).texts.map(({ title, kind }) => ({ title, kind })),
  ).toEqual([
    { title: 'Commercial terms of Kwale', kind: 'part' },
    { title: 'Kwale', kind: 'proposal' },
  ])
})

test('a link that is taken out of a text is gone; texts of before are read when the projection catches up', async () => {
  await link(wholeId, 'summary', [
    { kind: 'partner', id: 'JP' },
    { kind: 'mineral', id: 'a\0b' },
  ])
  expect(await seenBy(kenya, project)).toEqual(NOTHING)
  const partner = { kind: 'partner', id: 'JP' } as const
  expect((await seenBy(kenya, partner)).total).toBe(1)
  await db.delete(documentLinks)
  await db.update(channels).set({ projected: 0 }).where(eq(channels.id, wholeId))
  expect(await seenBy(kenya, partner)).toEqual(NOTHING)
  const projection = startProjection(records.parts)
  try {
    await expect.poll(async () => (await seenBy(kenya, partner)).total, { timeout: 20_000 }).toBe(1)
  } finally {
    await projection.stop()
  }
})
