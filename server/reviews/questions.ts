import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import { can } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { user } from '../../db/schema/auth'
import { reviewQuestions, reviews } from '../../db/schema/reviews'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { tellOfAnswer, tellOfQuestion } from './tell'

type Asked = { key: string; fragment: string; text: string }

const isSection = (fragment: string) => PROPOSAL_SECTIONS.some((section) => section.fragment === fragment)

/**
 * A question to the authors at a section, from a reviewer (`reviewId`) or a coordinator (`proposalId`). The same key again
 * is the same question. Throws `notFound`, `forbidden`, `invalid` for a section that does not exist.
 */
export async function askAuthors(
  db: Database,
  actor: Actor,
  where: { reviewId: string } | { proposalId: string },
  { key, fragment, text }: Asked,
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const proposalId =
      'reviewId' in where ? await proposalOfReview(tx, actor, where.reviewId) : where.proposalId
    if (!('reviewId' in where)) {
      const found = await scopedProposal(tx, proposalId)
      if (!found || !can(actor, 'read', found.scope)) throw notFound()
      if (!can(actor, 'steer', found.scope))
        throw forbidden('Only reviewers and coordinators ask the authors.')
    }
    if (!isSection(fragment)) throw invalid('There is no such section.', { fragment: ['Choose a section.'] })
    const made = await tx
      .insert(reviewQuestions)
      .values({ id: newId(), proposalId, key, fragment, text, askedBy: actor.userId })
      .onConflictDoNothing()
      .returning({ id: reviewQuestions.id })
    const [question] = made
    if (!question) return
    await recordAct(tx, {
      actor,
      from,
      act: 'review.question',
      objectKind: 'proposal',
      objectId: proposalId,
      after: { question: question.id, fragment },
    })
    await tellOfQuestion(tx, actor, { id: question.id, proposalId, fragment })
  })
}

async function proposalOfReview(
  tx: Parameters<Parameters<Database['transaction']>[0]>[0],
  actor: Actor,
  reviewId: string,
): Promise<string> {
  if (!isId(reviewId)) throw notFound()
  const [review] = await tx.select().from(reviews).where(eq(reviews.id, reviewId))
  if (!review) throw notFound()
  const scope = { kind: 'review', reviewerId: review.reviewerId, state: review.state } as const
  if (!can(actor, 'see', scope)) throw notFound()
  if (review.reviewerId !== actor.userId || (review.state !== 'accepted' && review.state !== 'handed_in'))
    throw forbidden('Accept the review first.')
  return review.proposalId
}

/** The authors' answer; given once. Throws `notFound`, `forbidden`, and `conflict` when somebody answered meanwhile. */
export async function answerQuestion(
  db: Database,
  actor: Actor,
  proposalId: string,
  { question: id, answer }: { question: string; answer: string },
  from: string | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await scopedProposal(tx, proposalId)
    if (!found || !can(actor, 'read', found.scope)) throw notFound()
    if (!can(actor, 'answer', found.scope)) throw forbidden('Those who write the proposal answer.')
    const [question] = await tx.select().from(reviewQuestions).where(eq(reviewQuestions.id, id)).for('update')
    if (!question || question.proposalId !== proposalId) throw notFound()
    if (question.answer !== null) {
      const [by] = await tx
        .select({ name: user.name })
        .from(user)
        .where(eq(user.id, question.answeredBy ?? ''))
      throw conflict(`${by?.name ?? 'Somebody'} answered it meanwhile. Nothing was changed; look again.`)
    }
    const at = new Date()
    await tx
      .update(reviewQuestions)
      .set({ answer, answeredBy: actor.userId, answeredAt: at })
      .where(eq(reviewQuestions.id, id))
    await recordAct(tx, {
      actor,
      from,
      act: 'review.answer',
      objectKind: 'proposal',
      objectId: proposalId,
      after: { question: id },
    })
    await tellOfAnswer(tx, actor, question)
  })
}
