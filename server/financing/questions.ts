import { and, eq, isNull } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { REQUEST_SECTIONS } from '../../app/domain/request-template'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { lockedAsk } from '../../db/queries/locked-ask'
import { financingQuestions } from '../../db/schema/financing'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { tellOfMoney } from './tell'

/**
 * An institution's question to the authors, at a section of the request's text. Other institutions do not see it. The same
 * key again is the same question. Throws `notFound`, `forbidden`, `invalid` for a section that does not exist.
 */
export async function askAuthorsOfRequest(
  db: Database,
  actor: Actor,
  askId: string,
  { key, fragment, text }: { key: string; fragment: string; text: string },
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockedAsk(
      tx,
      actor,
      askId,
      'question',
      'The people of the institution ask the authors.',
    )
    if (!REQUEST_SECTIONS.some((section) => section.fragment === fragment))
      throw invalid('There is no such section.', { fragment: ['Choose a section.'] })
    const [made] = await tx
      .insert(financingQuestions)
      .values({ id: newId(), askId, key, fragment, text, askedBy: actor.userId })
      .onConflictDoNothing()
      .returning({ id: financingQuestions.id })
    if (!made) return
    await recordAct(tx, {
      actor,
      from,
      act: 'financing.question',
      objectKind: 'financing_ask',
      objectId: askId,
      after: { question: made.id, fragment },
    })
    await tellOfMoney(tx, actor, found, {
      ...{ act: `financing.question ${made.id}`, what: 'asks a question', turn: 'lead' },
    })
  })
}

/** The authors' answer; given once. Throws `notFound`, `forbidden`, and `conflict` when somebody answered meanwhile. */
export async function answerInstitution(
  db: Database,
  actor: Actor,
  { question: id, answer }: { question: string; answer: string },
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (!isId(id)) throw notFound()
    const [question] = await tx.select().from(financingQuestions).where(eq(financingQuestions.id, id))
    if (!question) throw notFound()
    const found = await lockedAsk(tx, actor, question.askId, 'see', '')
    const { request } = found.scope
    if (!can(actor, 'read', request)) throw notFound()
    if (!can(actor, 'answer', request)) throw forbidden('Those who write the request answer.')
    const answered = await tx
      .update(financingQuestions)
      .set({ answer, answeredBy: actor.userId, answeredAt: new Date() })
      .where(and(eq(financingQuestions.id, id), isNull(financingQuestions.answer)))
      .returning({ id: financingQuestions.id })
    if (answered.length === 0) throw conflict('Somebody answered it meanwhile. Look again.')
    await recordAct(tx, {
      actor,
      from,
      act: 'financing.answer',
      objectKind: 'financing_ask',
      objectId: question.askId,
      after: { question: id },
    })
    await tellOfMoney(tx, actor, found, {
      ...{ act: `financing.answer ${id}`, what: 'answered a question', turn: 'institution' },
    })
  })
}
