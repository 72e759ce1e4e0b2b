/** Pictures of a document and links to objects: the wrong person first; by content, kept once, in a bucket where one is set. */
import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Actor } from '../../app/domain/people'
import { pictureRef } from '../../app/domain/picture'
import type { Database } from '../../db/connection'
import { labelsOf, suggestLinks } from '../../db/queries/portal-links'
import { proposalPage } from '../../db/queries/proposals'
import { documentPictures, pictures, proposalVersions, reviews } from '../../db/schema'
import { grant } from '../../server/documents/grant'
import { adoptPicture, keepPicture } from '../../server/pictures/keep'
import { s3Store } from '../../server/pictures/object-store'
import { readPicture, seePicture } from '../../server/pictures/read'
import { sweepPictures } from '../../server/pictures/sweep'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let japan: Actor
let congo: Actor
let projectId: string
let proposalId: string
let documentId: string
let png: Buffer

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  kenya = await records.as('kenya', 'head')
  japan = await records.as('japan', 'head')
  congo = await records.as('congo', 'head')
  projectId = await createProject(db, kenya, projectInput({ title: 'Velquorite mine' }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  documentId = (await proposalPage(db, kenya, proposalId)).document.id
  png = await readFile('test/fixtures/pictures/site.png')
  await grant(records.parts, kenya, documentId, { delegationId: japan.organization.id, level: 'read' }, null)
})

/** Another picture each time: what follows a PNG's end is not read. */
const another = () => Buffer.concat([png, Buffer.from(randomUUID())])
const refOf = (src: string) => {
  const ref = pictureRef(src)
  if (!ref) throw new Error(`no picture: ${src}`)
  return ref
}

function name(src: string) {
  const doc = new Y.Doc()
  const image = new Y.XmlElement('image')
  image.setAttribute('src', src)
  doc.getXmlFragment('summary').push([image])
  const author = { userId: kenya.userId, organizationId: kenya.organization.id }
  return records.channels.append(author, documentId, Y.encodeStateAsUpdate(doc))
}

describe('the wrong person', () => {
  test('sees no picture, by no way, as of one that there is not', async () => {
    const ref = refOf(await keepPicture(records.parts, kenya, documentId, another()))
    const none = { documentId, sha256: 'f'.repeat(64) }
    for (const actor of [congo, await records.as('secretariat', 'coordinator')]) {
      for (const each of [ref, none, { ...ref, documentId: 'none' }]) {
        await expect(readPicture(records.parts, actor, each)).rejects.toMatchObject(NOT_FOUND)
        await expect(seePicture(db, actor, each)).rejects.toMatchObject(NOT_FOUND)
      }
      await expect(keepPicture(records.parts, actor, documentId, another())).rejects.toMatchObject(NOT_FOUND)
    }
    await expect(keepPicture(records.parts, japan, documentId, another())).rejects.toMatchObject({
      fault: 'forbidden',
    })
    expect((await readPicture(records.parts, japan, ref)).type).toBe('image/png')
  })

  test('is told nothing of what a link names, nor finds it to link to', async () => {
    const refs = [
      { kind: 'project', id: projectId },
      { kind: 'mineral', id: 'cobalt' },
      { kind: 'decision', id: 'none\0' },
    ] as const
    const mine = await labelsOf(db, kenya, refs)
    expect(mine[`project:${projectId}`]).toEqual({ label: 'Velquorite mine', path: `/projects/${projectId}` })
    const theirs = await labelsOf(db, congo, refs)
    expect(theirs).toEqual({
      [`project:${projectId}`]: null,
      'mineral:cobalt': { label: 'Cobalt', path: '/minerals/cobalt' },
      'decision:none\0': null,
    })
    expect((await suggestLinks(db, kenya, 'Velquo')).map(({ id }) => id)).toEqual([projectId])
    expect(await suggestLinks(db, congo, 'Velquo')).toEqual([])
    expect((await suggestLinks(db, congo, 'Kenya')).map(({ kind, id }) => `${kind}:${id}`)).toContain(
      'partner:KE',
    )
  })
})

describe('a picture', () => {
  test('is told by its content: an SVG, a text and a large file are refused in words', async () => {
    for (const wrong of ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'GIF89a', ''])
      await expect(keepPicture(records.parts, kenya, documentId, Buffer.from(wrong))).rejects.toMatchObject({
        fault: 'invalid',
      })
    const large = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)])
    await expect(keepPicture(records.parts, kenya, documentId, large)).rejects.toMatchObject({
      message: 'A picture has at most 10 MB.',
    })
  })

  test('is kept once, and belongs to a document that it is copied to', async () => {
    const bytes = another()
    const [first, again] = [
      await keepPicture(records.parts, kenya, documentId, bytes),
      await keepPicture(records.parts, kenya, documentId, bytes),
    ]
    expect(again).toBe(first)
    const { sha256 } = refOf(first)
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    const otherId = await startProposal(
      db,
      kenya,
      await createProject(db, kenya, projectInput({ title: 'Another' }), null),
      null,
    )
    const other = (await proposalPage(db, kenya, otherId)).document.id
    const copied = await adoptPicture(records.parts, kenya, other, sha256)
    expect(Buffer.from((await readPicture(records.parts, kenya, refOf(copied))).data)).toEqual(bytes)
    await expect(readPicture(records.parts, japan, refOf(copied))).rejects.toMatchObject(NOT_FOUND)
    expect(await db.$count(pictures, eq(pictures.sha256, sha256))).toBe(1)
  })

  test('that no text ever held goes after a while; one that a text held stays', async () => {
    const [held, left] = [
      await keepPicture(records.parts, kenya, documentId, another()),
      await keepPicture(records.parts, kenya, documentId, another()),
    ]
    await name(held)
    await db.update(documentPictures).set({ at: new Date('2020-01-01') })
    await db.update(pictures).set({ createdAt: new Date('2020-01-01') })
    expect(await sweepPictures(records.parts)).toBeGreaterThan(0)
    await seePicture(db, kenya, refOf(held))
    await expect(seePicture(db, kenya, refOf(left))).rejects.toMatchObject(NOT_FOUND)
    expect(await db.$count(pictures, eq(pictures.sha256, refOf(left).sha256))).toBe(0)
  })

  test('is seen by a reviewer of a version frozen after it came, and not one that came later', async () => {
    const before = refOf(await keepPicture(records.parts, kenya, documentId, another()))
    const versionId = randomUUID()
    await db.insert(proposalVersions).values({
      ...{ id: versionId, proposalId, number: 1, seq: 1, data: Buffer.from([0, 0]), sha256: '0', words: {} },
      submittedBy: kenya.userId,
    })
    const later = refOf(await keepPicture(records.parts, kenya, documentId, another()))
    const reviewer = await records.as('secretariat', 'secretary')
    await expect(seePicture(db, reviewer, before)).rejects.toMatchObject(NOT_FOUND)
    await db.insert(reviews).values({
      ...{ id: randomUUID(), proposalId, versionId, reviewerId: reviewer.userId, askedBy: kenya.userId },
      ...{ organizationId: reviewer.organization.id, dueOn: '2026-12-31', state: 'accepted' },
    })
    await seePicture(db, reviewer, before)
    await expect(seePicture(db, reviewer, later)).rejects.toMatchObject(NOT_FOUND)
  })
})

describe('with a bucket', () => {
  const kept = new Map<string, Buffer>()
  let server: Server
  let objects: ReturnType<typeof s3Store>

  beforeAll(async () => {
    // A bucket as a client sees it: objects by path, requests signed.
    server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        const path = request.url ?? ''
        const signed = /^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-central-1\/s3\/aws4_request/
        if (!signed.test(request.headers.authorization ?? '')) return response.writeHead(403).end()
        if (request.method === 'PUT') kept.set(path, Buffer.concat(pieces))
        if (request.method === 'DELETE') kept.delete(path)
        const found = kept.get(path)
        if (request.method === 'GET') return response.writeHead(found ? 200 : 404).end(found)
        response.writeHead(request.method === 'DELETE' ? 204 : 200).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    objects = s3Store(`http://key:secret@127.0.0.1:${port}/bucket?region=eu-central-1`)
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  test('its bytes are there and not in the database, and go with it', async () => {
    const parts = { ...records.parts, objects }
    const bytes = another()
    const ref = refOf(await keepPicture(parts, kenya, documentId, bytes))
    expect(kept.get(`/bucket/pictures/${ref.sha256}`)).toEqual(bytes)
    const [row] = await db.select().from(pictures).where(eq(pictures.sha256, ref.sha256))
    expect(row?.data).toBeNull()
    expect(Buffer.from((await readPicture(parts, japan, ref)).data)).toEqual(bytes)
    await db.update(documentPictures).set({ at: new Date('2020-01-01') })
    await db.update(pictures).set({ createdAt: new Date('2020-01-01') })
    await sweepPictures(parts)
    expect(kept.size).toBe(0)
  })
})
