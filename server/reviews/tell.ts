/** Whom an act on a review or a question is news for. */
import { eq, sql } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import { PROPOSAL_SECTIONS } from '../../app/domain/proposal-template'
import type { ReviewAct } from '../../app/domain/review'
import type { Transaction } from '../../db/connection'
import { documentGrants, proposals } from '../../db/schema/projects'
import type { reviewQuestions, reviews } from '../../db/schema/reviews'
import { notify } from '../notices/notify'
import { peopleOfDelegations, secretariatPeople } from '../notices/recipients'

const DONE: Partial<Record<ReviewAct, string>> = {
  accept: 'accepted the review',
  recuse: 'stepped back from the review',
  disclose: 'disclosed an interest',
  hand_in: 'handed in a review',
}

type Told = { review: typeof reviews.$inferSelect; title: string; act: ReviewAct; at: Date }

/** The reviewer of what coordinators do, the coordinators of what the reviewer does. Without a mark: they may be hidden. */
export async function tellOfReview(tx: Transaction, actor: Actor, told: Told): Promise<void> {
  const { review, title, act, at } = told
  const done = DONE[act]
  const notice = {
    act: `review.${act} ${review.id} ${at.toISOString()}`,
    about: { kind: 'review' as const, id: review.id },
    link: `/reviews/${review.id}`,
    by: actor.userId,
  }
  if (done)
    await notify(tx, {
      ...{ ...notice, kind: 'review_answered', data: { title, by: actor.name, done } },
      ...{ link: `/proposals/${review.proposalId}/case`, to: await secretariatPeople(tx) },
    })
  if (act === 'remind')
    await notify(tx, {
      ...{ ...notice, kind: 'review_reminded', data: { title, due: review.dueOn }, to: [review.reviewerId] },
    })
  if (act === 'release')
    await notify(tx, {
      ...{ ...notice, kind: 'review_released', data: {}, to: [review.reviewerId], link: '/reviews' },
      // Who was let go reads nothing of it any more.
      about: { kind: 'self', id: review.reviewerId },
    })
}

const sectionOf = (fragment: string) =>
  PROPOSAL_SECTIONS.find((section) => section.fragment === fragment)?.title ?? fragment

async function writersOf(tx: Transaction, proposalId: string) {
  const [row] = await tx
    .select({
      title: proposals.title,
      lead: proposals.leadDelegationId,
      guests: sql<
        string[]
      >`array(select ${documentGrants.delegationId} from ${documentGrants} where ${documentGrants.documentId} = ${proposals.documentId} and ${documentGrants.level} = 'write')`,
    })
    .from(proposals)
    .where(eq(proposals.id, proposalId))
  return row ?? null
}

/** A question goes to those who write the proposal, without the name of who asks. */
export async function tellOfQuestion(
  tx: Transaction,
  actor: Actor,
  { id, proposalId, fragment }: { id: string; proposalId: string; fragment: string },
): Promise<void> {
  const writers = await writersOf(tx, proposalId)
  if (!writers) return
  await notify(tx, {
    ...{ kind: 'question_asked', act: `review.question ${id}`, by: actor.userId },
    ...{ about: { kind: 'proposal_text', id: proposalId }, link: `/proposals/${proposalId}/case#questions` },
    data: { title: writers.title, section: sectionOf(fragment) },
    to: await peopleOfDelegations(tx, [writers.lead, ...writers.guests], ['head', 'delegate']),
  })
}

/** An answer goes to who asked. */
export async function tellOfAnswer(
  tx: Transaction,
  actor: Actor,
  question: typeof reviewQuestions.$inferSelect,
): Promise<void> {
  const writers = await writersOf(tx, question.proposalId)
  const [review] = await tx
    .execute<{ id: string }>(
      sql`select id from reviews where proposal_id = ${question.proposalId} and reviewer_id = ${question.askedBy} order by asked_at desc limit 1`,
    )
    .then(({ rows }) => rows)
  await notify(tx, {
    ...{ kind: 'question_answered', act: `review.answer ${question.id}`, by: actor.userId },
    ...(review
      ? { about: { kind: 'review' as const, id: review.id }, link: `/reviews/${review.id}` }
      : {
          about: { kind: 'proposal_text' as const, id: question.proposalId },
          link: `/proposals/${question.proposalId}/case#questions`,
        }),
    ...{
      data: { title: writers?.title ?? '', section: sectionOf(question.fragment) },
      to: [question.askedBy],
    },
  })
}
