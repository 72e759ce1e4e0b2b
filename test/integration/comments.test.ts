/** Comments in threads on a passage: who sees them, who writes them, who is told. The wrong person first. */
import { randomUUID } from 'node:crypto'
import { and, eq, like } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CommentInput, Mention } from '../../app/domain/comment'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { proposalPage } from '../../db/queries/proposals'
import { auditEntries, comments, notices, proposals } from '../../db/schema'
import { actOnComments } from '../../server/comments/act'
import { mentionChoices } from '../../server/comments/mentions'
import { readComments } from '../../server/comments/read'
import { grant } from '../../server/documents/grant'
import { withdrawGrant } from '../../server/documents/withdraw-grant'
import { createProject } from '../../server/projects/create'
import { startProposal } from '../../server/proposals/start'
import { testDatabase } from '../harness/database'
import { NOT_FOUND, projectInput, type Records, startRecords } from '../harness/records'

let db: Database
let records: Records
let kenya: Actor
let delegate: Actor
let adviser: Actor
let reader: Actor
let japan: Actor
let congo: Actor
let coordinator: Actor
let documentId: string
let proposalId: string
let turn = 0

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  ;[kenya, delegate, adviser, reader] = await Promise.all([
    records.as('kenya', 'head'),
    records.as('kenya', 'delegate'),
    records.as('kenya', 'adviser'),
    records.as('kenya', 'reader'),
  ])
  ;[japan, congo, coordinator] = await Promise.all([
    records.as('japan', 'head'),
    records.as('congo', 'head'),
    records.as('secretariat', 'coordinator'),
  ])
})

beforeEach(async () => {
  turn += 1
  const projectId = await createProject(db, kenya, projectInput({ title: `Secret Zarafa ${turn}` }), null)
  proposalId = await startProposal(db, kenya, projectId, null)
  documentId = (await proposalPage(db, kenya, proposalId)).document.id
})

const share = (level: 'write' | 'comment' | 'read') =>
  grant(records.parts, kenya, documentId, { delegationId: japan.organization.id, level }, null)
const act = (actor: Actor, input: CommentInput, id = documentId) =>
  actOnComments(records.parts, actor, id, input, null)
const started = (text: string, mentions: Mention[] = [], key: string = randomUUID()): CommentInput => ({
  ...{ act: 'start', key, text, mentions },
  passage: {
    fragment: 'summary',
    ranges: [
      { from: { item: { client: 1, clock: 0 }, assoc: 0 }, to: { item: { client: 1, clock: 4 }, assoc: -1 } },
    ],
    ...{ quote: 'cobalt', before: '', after: '' },
  },
})
const start = async (actor: Actor, text: string, mentions: Mention[] = []) =>
  (await act(actor, started(text, mentions))).thread ?? ''
const reply = (actor: Actor, thread: string, text: string, mentions: Mention[] = []) =>
  act(actor, { act: 'reply', key: randomUUID(), thread, text, mentions })
const seen = async (actor: Actor) => (await readComments(db, actor, documentId)).threads
const person = (actor: Actor): Mention => ({ kind: 'person', id: actor.userId })
const delegation = (actor: Actor): Mention => ({ kind: 'delegation', id: actor.organization.id })
const FORBIDDEN = { fault: 'forbidden' }

describe('somebody who takes no part', () => {
  test('is told of every act, and of reading, that there is no such thing', async () => {
    const thread = await start(kenya, 'Between us.')
    const [comment = ''] = (await seen(kenya)).map((one) => one.comments[0]?.id)
    for (const actor of [congo, coordinator]) {
      for (const id of [documentId, 'none', 'a\0b']) {
        const all: (() => Promise<unknown>)[] = [
          () => readComments(db, actor, id),
          () => mentionChoices(db, actor, id, ''),
          () => act(actor, started('Me too.'), id),
          () => act(actor, { act: 'reply', key: randomUUID(), thread, text: 'Hm.', mentions: [] }, id),
          () => act(actor, { act: 'edit', comment, text: 'Mine.', mentions: [] }, id),
          () => act(actor, { act: 'delete', comment }, id),
          () => act(actor, { act: 'resolve', thread }, id),
          () => act(actor, { act: 'reopen', thread }, id),
        ]
        for (const one of all) await expect(one()).rejects.toMatchObject(NOT_FOUND)
      }
    }
    expect(await seen(kenya)).toMatchObject([{ state: 'open', comments: [{ text: 'Between us.' }] }])
  })

  test('a thread is not reached through another text', async () => {
    const thread = await start(kenya, 'Here.')
    const [comment = ''] = (await seen(kenya)).map((one) => one.comments[0]?.id)
    const here = documentId
    const other = await startProposal(
      db,
      congo,
      await createProject(db, congo, projectInput({ title: `Other ${turn}` }), null),
      null,
    )
    documentId = (await proposalPage(db, congo, other)).document.id
    const inputs: CommentInput[] = [
      { act: 'resolve', thread },
      { act: 'reply', key: randomUUID(), thread, text: 'x', mentions: [] },
      { act: 'delete', comment },
    ]
    for (const input of inputs) await expect(act(congo, input)).rejects.toMatchObject(NOT_FOUND)
    documentId = here
    expect(await seen(kenya)).toHaveLength(1)
  })
})

describe('whoever may not comment', () => {
  test('sees the threads and cannot write, resolve or mention', async () => {
    await share('read')
    const thread = await start(kenya, 'For all who read.')
    for (const actor of [reader, japan]) {
      expect(await readComments(db, actor, documentId)).toMatchObject({ mayComment: false, threads: [{}] })
      await expect(mentionChoices(db, actor, documentId, '')).rejects.toMatchObject(FORBIDDEN)
      await expect(start(actor, 'No.')).rejects.toMatchObject(FORBIDDEN)
      await expect(reply(actor, thread, 'No.')).rejects.toMatchObject(FORBIDDEN)
      await expect(act(actor, { act: 'resolve', thread })).rejects.toMatchObject(FORBIDDEN)
    }
  })
})

describe('an adviser and a delegation that comments', () => {
  test('begin, answer, resolve and reopen, in any state of the proposal; each change is on record', async () => {
    await share('comment')
    const thread = await start(adviser, 'Which year is this price?')
    await reply(japan, thread, '2025.')
    await act(japan, { act: 'resolve', thread })
    expect(await seen(adviser)).toMatchObject([
      {
        state: 'resolved',
        resolved: { by: { organization: 'Japan' } },
        comments: [{ by: { userId: adviser.userId } }, { text: '2025.' }],
      },
    ])
    await expect(act(adviser, { act: 'resolve', thread })).rejects.toMatchObject({ fault: 'conflict' })
    await expect(reply(adviser, thread, 'But?')).rejects.toMatchObject({ fault: 'conflict' })
    await db.update(proposals).set({ state: 'submitted' }).where(eq(proposals.id, proposalId))
    await act(adviser, { act: 'reopen', thread })
    await reply(adviser, thread, 'But?')
    expect((await seen(coordinator))[0]?.comments).toHaveLength(3)
    await expect(start(coordinator, 'No.')).rejects.toMatchObject(FORBIDDEN)
    const acts = await db.select().from(auditEntries).where(eq(auditEntries.objectId, documentId))
    expect(acts.map((one) => one.act).filter((one) => one.startsWith('comment'))).toEqual([
      'comment.resolve',
      'comment.reopen',
    ])
  })

  test('what was sent twice is stored once', async () => {
    const input = started('Once.')
    await Promise.all([act(adviser, input), act(adviser, input), act(adviser, input)])
    const [thread] = await seen(kenya)
    const answer: CommentInput = {
      act: 'reply',
      key: randomUUID(),
      thread: thread?.id ?? '',
      text: 'Once.',
      mentions: [],
    }
    await Promise.all([act(kenya, answer), act(kenya, answer)])
    expect((await seen(kenya)).map((one) => one.comments.length)).toEqual([2])
  })

  test('two resolve at the same moment: one does, the other is told', async () => {
    const thread = await start(adviser, 'Well?')
    const both = await Promise.allSettled([
      act(kenya, { act: 'resolve', thread }),
      act(delegate, { act: 'resolve', thread }),
    ])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('one’s own comment', () => {
  test('is edited, which shows, and taken back: its words are gone; nobody else does so', async () => {
    await share('write')
    const thread = await start(adviser, 'Teh price?')
    const [first = ''] = (await seen(kenya)).map((one) => one.comments[0]?.id)
    for (const actor of [kenya, japan]) {
      await expect(
        act(actor, { act: 'edit', comment: first, text: 'Mine.', mentions: [] }),
      ).rejects.toMatchObject(FORBIDDEN)
      await expect(act(actor, { act: 'delete', comment: first })).rejects.toMatchObject(FORBIDDEN)
    }
    await act(adviser, { act: 'edit', comment: first, text: 'The price?', mentions: [] })
    expect((await seen(kenya))[0]?.comments).toMatchObject([
      { text: 'The price?', editedAt: expect.any(String), mayEdit: false },
    ])
    await reply(kenya, thread, '2025.')
    await act(adviser, { act: 'delete', comment: first })
    expect((await seen(kenya))[0]?.comments).toMatchObject([{ text: '', deleted: true }, { text: '2025.' }])
    await expect(act(adviser, { act: 'delete', comment: first })).rejects.toMatchObject(FORBIDDEN)
    const [row] = await db.select().from(comments).where(eq(comments.id, first))
    expect(row).toMatchObject({ text: '', mentions: [] })
  })

  test('a thread of which all was taken back is gone', async () => {
    await start(adviser, 'Never mind.')
    const [comment = ''] = (await seen(adviser)).map((one) => one.comments[0]?.id)
    await act(adviser, { act: 'delete', comment })
    expect(await seen(kenya)).toEqual([])
  })
})

describe('mentions', () => {
  test('offer and take only those who may read the text', async () => {
    const offered = async () => (await mentionChoices(db, kenya, documentId, '')).map(({ name }) => name)
    expect(await offered()).not.toContain('Japan')
    for (const wrong of [
      person(japan),
      delegation(japan),
      person(coordinator),
      { kind: 'person', id: 'none' } as const,
    ])
      await expect(start(kenya, 'Look.', [wrong])).rejects.toMatchObject({ fault: 'invalid' })
    expect(await seen(kenya)).toEqual([])
    await share('comment')
    expect(await offered()).toEqual(expect.arrayContaining(['Kenya', 'Japan', japan.name]))
    expect(await offered()).not.toContain(kenya.name)
    expect(await mentionChoices(db, kenya, documentId, 'jap')).toMatchObject([
      { kind: 'delegation', name: 'Japan' },
    ])
  })

  test('one notice to each who is named or spoke in the thread', async () => {
    await share('comment')
    const told = () =>
      db
        .select({ userId: notices.userId, kind: notices.kind, link: notices.link, mail: notices.mailWords })
        .from(notices)
        .where(and(eq(notices.objectId, proposalId), like(notices.kind, 'comment%')))
        .orderBy(notices.id)
    const thread = await start(adviser, 'Ask @Japan about Zarafa.', [delegation(japan)])
    await reply(kenya, thread, 'Yes.', [person(kenya)])
    const link = `/proposals/${proposalId}#thread-${thread}`
    expect(await told()).toEqual([
      { userId: japan.userId, kind: 'comment_mention', link, mail: null },
      { userId: adviser.userId, kind: 'comment_reply', link, mail: null },
    ])
    const [comment = ''] = (await seen(adviser)).map((one) => one.comments[0]?.id)
    const mentions = [delegation(japan), person(kenya)]
    await act(adviser, { act: 'edit', comment, text: 'Ask @Japan and me.', mentions })
    expect((await told()).slice(2)).toMatchObject([{ userId: kenya.userId, kind: 'comment_mention' }])
    await withdrawGrant(records.parts, kenya, documentId, japan.organization.id, null)
    await reply(kenya, thread, 'Gone?')
    expect((await told()).slice(3)).toMatchObject([{ userId: adviser.userId, kind: 'comment_reply' }])
    await expect(seen(japan)).rejects.toMatchObject(NOT_FOUND)
  })
})
