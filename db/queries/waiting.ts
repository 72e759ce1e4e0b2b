/** What waits for a person besides their delegation's texts: consents, reviews, texts under silence, questions of reviewers. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import type { Queryable } from '../connection'
import { silenceProcedures } from '../schema/decisions'
import { proposals } from '../schema/projects'
import { reviewQuestions, reviews } from '../schema/reviews'
import { consentsWaiting } from './consents'
import { visibleSilence } from './silence'
import { readableProposal } from './visibility'

export type WaitingAct = { id: string; path: string; title: string; what: string; due: Date | string | null }

/** The next due first. */
export async function actsWaiting(db: Queryable, actor: Actor): Promise<WaitingAct[]> {
  const [asked, silent, questions, consents] = await Promise.all([
    db
      .select({ id: reviews.id, title: proposals.title, state: reviews.state, dueOn: reviews.dueOn })
      .from(reviews)
      .innerJoin(proposals, eq(proposals.id, reviews.proposalId))
      .where(and(eq(reviews.reviewerId, actor.userId), inArray(reviews.state, ['asked', 'accepted'])))
      .orderBy(asc(reviews.dueOn))
      .limit(20),
    db
      .select({
        id: silenceProcedures.id,
        title: silenceProcedures.title,
        deadline: silenceProcedures.deadline,
      })
      .from(silenceProcedures)
      .where(and(visibleSilence(actor), eq(silenceProcedures.state, 'open')))
      .orderBy(asc(silenceProcedures.deadline))
      .limit(20),
    actor.organization.kind === 'delegation'
      ? db
          .selectDistinct({ id: proposals.id, title: proposals.title })
          .from(reviewQuestions)
          .innerJoin(proposals, eq(proposals.id, reviewQuestions.proposalId))
          .where(and(isNull(reviewQuestions.answer), readableProposal(actor)))
          .limit(20)
      : [],
    consentsWaiting(db, actor),
  ])
  return [
    ...consents.map((one) => ({
      ...{ id: one.id, path: `/consents/${one.id}`, title: one.title, due: null },
      what: `${one.lead} leads it; your consent as the host of the site is asked for`,
    })),
    ...silent.map((one) => ({
      ...{ id: one.id, path: `/silence/${one.id}`, title: one.title, due: one.deadline },
      what: 'silence runs: adopted at the deadline unless it is broken',
    })),
    ...asked.map((one) => ({
      ...{ id: one.id, path: `/reviews/${one.id}`, title: one.title, due: one.dueOn },
      what: one.state === 'asked' ? 'a review is asked of you' : 'your review is not handed in',
    })),
    ...questions.map((one) => ({
      ...{ id: one.id, path: `/proposals/${one.id}/case`, title: one.title, due: null },
      what: 'a question of the reviewers is not answered',
    })),
  ]
}
