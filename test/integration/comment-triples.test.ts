/**
 * Every act on comments by everybody, while a proposal is written and while it is screened: in threads that are
 * open and resolved, on one's own comments, others' and deleted ones. Sent over HTTP, as an open page does: what the table
 * allows works; everything else is refused, as something that does not exist to whoever may not read the text, and changes
 * nothing.
 */
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { type CommentInput, THREAD_STATES, type ThreadState } from '../../app/domain/comment'
import type { CommentAct, CommentScope } from '../../app/domain/comment-rights'
import type { Actor } from '../../app/domain/people'
import type { ProposalState } from '../../app/domain/project-stage'
import { can, type ProposalScope } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { comments, commentThreads } from '../../db/schema'
import { actOnComments } from '../../server/comments/act'
import { type Cases, startCases } from '../harness/cases'
import { testDatabase } from '../harness/database'
import { startPages } from '../harness/portal-pages'
import { type Records, startRecords } from '../harness/records'
import { nameOf, type Try, watchTries } from '../harness/triples'

const STATES: readonly ProposalState[] = ['draft', 'screening']
const ACTS = ['start', 'reply', 'edit', 'delete', 'resolve', 'reopen'] as const
const OWN = ['edit', 'delete'] as const

let db: Database
let records: Records
let cases: Cases
let sendJson: Awaited<ReturnType<typeof startPages>>['sendJson']
let tries: ReturnType<typeof watchTries>
let people: Actor[]
let grants: { to: Actor; level: 'write' | 'comment' | 'read' }[]

beforeAll(async () => {
  ;({ db } = await testDatabase())
  records = await startRecords(db)
  cases = await startCases(db, records)
  const { as } = records
  const [japan, canada, france] = [
    await as('japan', 'head'),
    await as('canada', 'delegate'),
    await as('france', 'head'),
  ]
  grants = [
    { to: japan, level: 'write' },
    { to: canada, level: 'comment' },
    { to: france, level: 'read' },
  ]
  people = [
    ...[
      cases.kenya,
      await as('kenya', 'delegate'),
      await as('kenya', 'adviser'),
      await as('kenya', 'reader'),
    ],
    ...[japan, canada, france, await as('congo', 'head')],
    ...[cases.coordinator, await as('secretariat', 'administrator'), await as('exim', 'head')],
  ]
  ;({ sendJson } = await startPages(records, people))
  tries = watchTries(db, ['comment_threads', 'comments'])
}, 120_000)

const passage = { fragment: 'summary', ranges: [], quote: 'cobalt', before: '', after: '' }
const words = (text: string) => ({ key: randomUUID(), text, mentions: [] })

/** A thread, with a second comment: whose it is, and whether it was deleted. */
async function threadOf(documentId: string, by: Actor, state: ThreadState, deleted: boolean) {
  const act = (input: CommentInput) => actOnComments(records.parts, cases.kenya, documentId, input, null)
  const thread = (await act({ act: 'start', ...words('How pure?'), passage })).thread ?? ''
  const [first] = await db.select().from(comments).where(eq(comments.threadId, thread))
  if (!first) throw new Error('no comment')
  // As by its author, who need not be allowed to comment now.
  const comment = randomUUID()
  await db.insert(comments).values({
    ...{
      ...first,
      id: comment,
      key: randomUUID(),
      text: deleted ? '' : '99.8 %',
      deletedAt: deleted ? new Date() : null,
    },
    ...{ userId: by.userId, organizationId: by.organization.id },
  })
  if (state === 'resolved') await act({ act: 'resolve', thread })
  return { thread, comment }
}

test('comments in each state', async () => {
  const [, delegate] = people
  if (!delegate) throw new Error('nobody')
  for (const state of STATES) {
    const { id, documentId } = await cases.at(state, { grants, bare: true })
    const text = (await scopedProposal(db, id))?.scope
    if (!text) throw new Error('no such proposal')
    for (const thread of THREAD_STATES)
      for (const deleted of [false, true]) {
        const shared = await threadOf(documentId, delegate, thread, deleted)
        const all: ReturnType<typeof trying>[] = []
        for (const by of people) {
          const about = { documentId, text, thread, deleted }
          const own = await threadOf(documentId, by, thread, deleted)
          all.push(
            ...ACTS.map((name) => trying(by, name, { ...about, author: delegate, at: shared })),
            ...OWN.map((name) => trying(by, name, { ...about, author: by, at: own })),
          )
        }
        await tries.expectRefused(all.filter(({ allowed }) => !allowed))
        for (const one of all.filter(({ allowed }) => allowed)) {
          // Each has a thread in which nothing was done yet.
          one.at = await threadOf(documentId, one.author, thread, deleted)
          await tries.expectDone(one, 200, one.recorded)
          await expectAfter(one)
        }
      }
  }
})

type About = {
  documentId: string
  text: ProposalScope
  thread: ThreadState
  deleted: boolean
  author: Actor
  at: { thread: string; comment: string }
}

function trying(by: Actor, name: (typeof ACTS)[number], about: About) {
  const { documentId, text, thread, deleted, author } = about
  const scope: CommentScope<ProposalScope> = {
    kind: 'comment',
    text,
    thread,
    deleted,
    authorId: author.userId,
  }
  // Words of its own, by which it is found again.
  const question = `And how dry? ${randomUUID()}`
  const body = (): CommentInput => {
    const { thread, comment } = one.at
    switch (name) {
      case 'start':
        return { act: 'start', ...words(question), passage }
      case 'reply':
        return { act: 'reply', ...words('Very.'), thread }
      case 'edit':
        return { act: 'edit', text: '99.9 %', mentions: [], comment }
      case 'delete':
        return { act: 'delete', comment }
      default:
        return { act: name, thread }
    }
  }
  const one: Try & About & { name: (typeof ACTS)[number]; question: string; recorded: boolean } = {
    ...about,
    name,
    question,
    words: `${nameOf(by)}: ${name} in a thread that is ${thread}, ${author === by ? 'their own' : 'another’s'} comment${deleted ? ', deleted' : ''}, while ${text.state}`,
    by,
    send: () => sendJson(by, `/documents/${documentId}/comments`, body()),
    allowed: name === 'start' ? can(by, 'comment', text) : can(by, name satisfies CommentAct, scope),
    sees: can(by, 'read', text),
    recorded: name === 'delete' || name === 'resolve' || name === 'reopen',
  }
  return one
}

async function expectAfter(one: ReturnType<typeof trying>): Promise<void> {
  const { by, name, at, question, words: said, documentId } = one
  const [thread] = await db.select().from(commentThreads).where(eq(commentThreads.id, at.thread))
  const [comment] = await db.select().from(comments).where(eq(comments.id, at.comment))
  const inThread = await db.select().from(comments).where(eq(comments.threadId, at.thread))
  if (name === 'start') {
    const started = await db
      .select({ userId: comments.userId, documentId: commentThreads.documentId })
      .from(comments)
      .innerJoin(commentThreads, eq(commentThreads.id, comments.threadId))
      .where(eq(comments.text, question))
    expect(started, said).toEqual([{ userId: by.userId, documentId }])
  }
  if (name === 'reply') expect(inThread, said).toHaveLength(3)
  if (name === 'edit') expect(comment?.text, said).toBe('99.9 %')
  if (name === 'delete') expect(comment?.deletedAt, said).not.toBeNull()
  if (name === 'resolve') expect(thread?.resolvedAt, said).not.toBeNull()
  if (name === 'reopen') expect(thread?.resolvedAt, said).toBeNull()
}
