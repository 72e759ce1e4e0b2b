/** What arrives after the right to write ended: kept aside, for a head of the lead to decide. The wrong person first. */
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { auditEntries, channelClients, channelEntries, setAside } from '../../db/schema'
import { grant } from '../../server/documents/grant'
import { importDocument } from '../../server/documents/import'
import { keepAside, MAX_ASIDE_BYTES } from '../../server/documents/set-aside'
import { acceptAside, discardAside, readAside } from '../../server/documents/settle-aside'
import { withdrawGrant } from '../../server/documents/withdraw-grant'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let id: string

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
})

beforeEach(async () => {
  const file = { fileName: 'a.md', bytes: Buffer.from('# The mine\n\nAs imported.'), title: '' }
  ;({ id } = await importDocument(records.parts, kenya, { ...file, marking: 'restricted' }, null))
})

const share = (delegation: Actor, level: 'write' | 'comment' | 'read') =>
  grant(records.parts, kenya, id, { delegationId: delegation.organization.id, level }, null)
const end = (delegation: Actor) => withdrawGrant(records.parts, kenya, id, delegation.organization.id, null)
const keep = (actor: Actor, data: Uint8Array, channel = id) => keepAside({ db }, actor, channel, data, null)
const rows = () => db.select().from(setAside).where(eq(setAside.documentId, id))
const waiting = () => readAside(records.parts, kenya, id)
const acts = async () =>
  (await db.select().from(auditEntries).where(eq(auditEntries.objectId, id)).orderBy(auditEntries.id)).map(
    ({ act }) => act,
  )

async function copy(): Promise<Y.Doc> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await records.channels.load(id))?.data ?? new Uint8Array())
  return doc
}
const textNow = async () => (await copy()).getXmlFragment('body').toJSON()

function paragraph(text: string): Y.XmlElement {
  const made = new Y.XmlElement('paragraph')
  made.insert(0, [new Y.XmlText(text)])
  return made
}

/** What somebody writes offline on top of what they read: each word an update. */
async function offline(...words: string[]) {
  const doc = await copy()
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  for (const word of words) doc.getXmlFragment('body').push([paragraph(word)])
  return { doc, made, all: Y.mergeUpdates(made) }
}

/** Japan may write, writes offline, and may not any more. */
async function lateWork(...words: string[]) {
  await share(japan, 'write')
  const work = await offline(...words)
  await end(japan)
  return work
}

describe('somebody who never could write', () => {
  test('stores nothing, and is told what everybody is told of an id that does not exist', async () => {
    const { all } = await offline('planted')
    await share(congo, 'read')
    const people = [
      japan,
      congo,
      await records.as('kenya', 'reader'),
      await records.as('secretariat', 'coordinator'),
      await records.as('secretariat', 'administrator'),
    ]
    for (const actor of people) {
      for (const [channel, data] of [
        [id, all],
        ['none', all],
        ['a\0b', all],
        [id, Buffer.from('no update')],
        [id, new Uint8Array(MAX_ASIDE_BYTES + 1)],
      ] as const)
        await expect(keep(actor, data, channel)).rejects.toMatchObject(NOT_FOUND)
    }
    expect(await rows()).toEqual([])
    expect(await acts()).toEqual(['document.import', 'document.grant'])
  })

  test('neither sees nor decides over what others left', async () => {
    const { all } = await lateWork('late')
    await keep(japan, all)
    const [{ id: aside } = { id: '' }] = await rows()
    for (const actor of [japan, congo, await records.as('secretariat', 'coordinator')]) {
      await expect(readAside(records.parts, actor, id)).rejects.toMatchObject(NOT_FOUND)
      await expect(acceptAside(records.parts, actor, id, aside, null)).rejects.toMatchObject(NOT_FOUND)
      await expect(discardAside(records.parts, actor, id, aside, null)).rejects.toMatchObject(NOT_FOUND)
    }
    await share(japan, 'write')
    for (const actor of [japan, await records.as('kenya', 'delegate'), await records.as('kenya', 'reader')]) {
      await expect(readAside(records.parts, actor, id)).rejects.toMatchObject({ fault: 'forbidden' })
      await expect(acceptAside(records.parts, actor, id, aside, null)).rejects.toMatchObject({
        fault: 'forbidden',
      })
      await expect(discardAside(records.parts, actor, id, aside, null)).rejects.toMatchObject({
        fault: 'forbidden',
      })
    }
    expect(await rows()).toHaveLength(1)
  })

  test('a head cannot decide over it by way of another document', async () => {
    const { all } = await lateWork('late')
    await keep(japan, all)
    const [{ id: aside } = { id: '' }] = await rows()
    const file = { fileName: 'b.md', bytes: Buffer.from('Other'), title: '', marking: 'restricted' as const }
    const other = await importDocument(records.parts, congo, file, null)
    await expect(acceptAside(records.parts, congo, other.id, aside, null)).rejects.toMatchObject({
      fault: 'conflict',
    })
    await expect(discardAside(records.parts, congo, other.id, aside, null)).rejects.toMatchObject({
      fault: 'conflict',
    })
    expect(await rows()).toHaveLength(1)
  })
})

describe('keeping aside', () => {
  test('stores it apart: nothing of it is in the document; sent again it is kept once', async () => {
    const { all } = await lateWork('late')
    const before = await textNow()
    expect(await keep(japan, all)).toEqual({ lead: null })
    expect(await keep(japan, all)).toEqual({ lead: null })
    expect(await textNow()).toBe(before)
    expect(await rows()).toMatchObject([
      { userId: japan.userId, organizationId: japan.organization.id, reason: 'none' },
    ])
    expect((await acts()).filter((act) => act === 'document.aside.keep')).toHaveLength(1)
  })

  test('names the lead to those who may still read', async () => {
    await share(japan, 'write')
    const { all } = await offline('late')
    await share(japan, 'read')
    expect(await keep(japan, all)).toEqual({ lead: 'Kenya' })
    expect(await rows()).toMatchObject([{ reason: 'read' }])
  })

  test('not of what can be written as usual, is no update, holds what no editor knows, or is too large', async () => {
    await share(japan, 'write')
    const { all } = await offline('in time')
    await expect(keep(japan, all)).rejects.toMatchObject({ fault: 'conflict' })
    await end(japan)
    const video = new Y.Doc()
    video.getXmlFragment('body').insert(0, [new Y.XmlElement('video')])
    for (const data of [
      Buffer.from('no update'),
      Y.encodeStateAsUpdate(video),
      new Uint8Array(MAX_ASIDE_BYTES + 1),
    ])
      await expect(keep(japan, data)).rejects.toMatchObject({ fault: 'invalid' })
    expect(await rows()).toEqual([])
  })

  test("not under a colleague's client id", async () => {
    await share(japan, 'write')
    const [{ clientId } = { clientId: 0 }] = await db
      .select()
      .from(channelClients)
      .where(eq(channelClients.channelId, id))
    const doc = await copy()
    const before = Y.encodeStateVector(doc)
    doc.clientID = clientId
    doc.getXmlFragment('body').push([paragraph('Kenya said this')])
    await end(japan)
    await expect(keep(japan, Y.encodeStateAsUpdate(doc, before))).rejects.toMatchObject({ fault: 'invalid' })
    expect(await rows()).toEqual([])
  })

  test('at most ten of a person in a document, however many at once', async () => {
    const { made } = await lateWork(...Array.from({ length: 14 }, (_, i) => `${i}`))
    const kept = await Promise.allSettled(made.map((data) => keep(japan, data)))
    expect(kept.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect(await rows()).toHaveLength(10)
  })
})

describe('a head of the lead', () => {
  test('sees who, when and what it would change, and nothing else', async () => {
    await share(japan, 'write')
    const { doc, made } = await offline('First thought', 'Second thought')
    doc.getXmlFragment('body').delete(1, 1)
    await end(japan)
    await keep(japan, Y.mergeUpdates(made))
    expect(await waiting()).toMatchObject([
      {
        author: japan.name,
        organization: 'Japan',
        at: expect.any(Date),
        preview: {
          fits: true,
          changes: [{ where: 'Text', removed: ['As imported.'], added: ['First thought', 'Second thought'] }],
        },
      },
    ])
    expect((await waiting())[0]).not.toHaveProperty('updates')
  })

  test('accepts: merged as an entry of its author, beside what was written meanwhile, and recorded', async () => {
    const { all, doc } = await lateWork('Late')
    const meanwhile = await offline('Meanwhile')
    const own = { userId: kenya.userId, organizationId: kenya.organization.id }
    await records.channels.append(own, id, meanwhile.all)
    await keep(japan, all)
    const [{ id: aside } = { id: '' }] = await rows()
    await acceptAside(records.parts, kenya, id, aside, null)
    const text = await textNow()
    for (const words of ['As imported.', 'Late', 'Meanwhile']) expect(text).toContain(words)
    expect(await rows()).toEqual([])
    const entries = await db.select().from(channelEntries).where(eq(channelEntries.channelId, id))
    expect(entries.at(-1)).toMatchObject({ userId: japan.userId, organizationId: japan.organization.id })
    const clients = await db.select().from(channelClients).where(eq(channelClients.channelId, id))
    expect(clients).toContainEqual(expect.objectContaining({ clientId: doc.clientID, userId: japan.userId }))
    expect((await acts()).slice(-2)).toEqual(['document.aside.keep', 'document.aside.accept'])
    await expect(acceptAside(records.parts, kenya, id, aside, null)).rejects.toMatchObject({
      fault: 'conflict',
    })
  })

  test('accepts the rest of what had arrived in part', async () => {
    await share(japan, 'write')
    const { made, all } = await offline('One', 'Two')
    const author = { userId: japan.userId, organizationId: japan.organization.id }
    await records.channels.append(author, id, made[0] ?? new Uint8Array())
    await end(japan)
    await keep(japan, all)
    const [{ id: aside } = { id: '' }] = await rows()
    await acceptAside(records.parts, kenya, id, aside, null)
    expect((await textNow()).match(/One|Two/g)).toEqual(['One', 'Two'])
  })

  test('is told when it builds on what is not there, and nothing is lost', async () => {
    const { made } = await lateWork('One', 'Two')
    await keep(japan, made[0] ?? new Uint8Array())
    await keep(japan, made[1] ?? new Uint8Array())
    const [first, second] = await waiting()
    expect([first?.preview?.fits, second?.preview?.fits]).toEqual([true, false])
    await expect(acceptAside(records.parts, kenya, id, second?.id ?? '', null)).rejects.toMatchObject({
      fault: 'conflict',
      message: expect.stringContaining('builds on'),
    })
    expect(await rows()).toHaveLength(2)
    await acceptAside(records.parts, kenya, id, first?.id ?? '', null)
    await acceptAside(records.parts, kenya, id, second?.id ?? '', null)
    expect((await textNow()).match(/One|Two/g)).toEqual(['One', 'Two'])
  })

  test('discards: it is gone, recorded, and the document as it was', async () => {
    const { all } = await lateWork('Late')
    await keep(japan, all)
    const before = await textNow()
    const [{ id: aside } = { id: '' }] = await rows()
    await discardAside({ db }, kenya, id, aside, null)
    expect([await rows(), await textNow()]).toEqual([[], before])
    expect((await acts()).at(-1)).toBe('document.aside.discard')
  })

  test('two decisions at the same moment: one counts', async () => {
    const { all } = await lateWork('Late')
    await keep(japan, all)
    const [{ id: aside } = { id: '' }] = await rows()
    const both = await Promise.allSettled([
      acceptAside(records.parts, kenya, id, aside, null),
      acceptAside(records.parts, kenya, id, aside, null),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await textNow()).match(/Late/g)).toHaveLength(1)
  })
})
