/** One act of a coordinator on many proposals: each stands for itself, and what could not be done is said. */
import { and, asc, eq, inArray } from 'drizzle-orm'
import { isFault, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import type { BulkAssign, BulkOutcome } from '../../app/domain/queue'
import { can, PORTAL } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { readableProposal } from '../../db/queries/visibility'
import { user } from '../../db/schema/auth'
import { proposals } from '../../db/schema/projects'
import { reviews } from '../../db/schema/reviews'
import { actOnReview } from './act'
import { assignReviewers } from './assign'
import { isBlocked } from './conflicts'
import { roomOf } from './room'

/** Those of the ids that the coordinator reads, with their titles. Throws `notFound` to everybody else. */
async function chosen(db: Database, actor: Actor, ids: readonly string[]) {
  if (!can(actor, 'name_reviewers', PORTAL)) throw notFound()
  const known = [...new Set(ids)].filter(isId)
  if (known.length === 0) return []
  return db
    .select({ id: proposals.id, title: proposals.title })
    .from(proposals)
    .where(and(inArray(proposals.id, known), readableProposal(actor)))
    .orderBy(asc(proposals.title))
}

/** Why it was not done, in words; an error that is none of the portal's goes on. */
function whyNot(error: unknown): string {
  if (!isFault(error)) throw error
  return [error.message, ...Object.values(error.fields).flat()].join(' ')
}

/**
 * Asks reviewers for each proposal: the one named, or as many as said of those who have least to do at that moment and
 * take no part in it. Out: what became of each, by title.
 */
export async function bulkAssign(
  db: Database,
  actor: Actor,
  { ids, reviewer, count, days }: BulkAssign,
  from: string | null,
): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = []
  for (const { id, title } of await chosen(db, actor, ids)) {
    try {
      const room = await roomOf(db, actor, id)
      // Nobody with an interest while there is somebody without.
      const free = (room?.choices ?? [])
        .filter(({ asked, conflicts }) => !asked && !isBlocked(conflicts))
        .sort((a, b) => a.conflicts.length - b.conflicts.length)
      const asked = reviewer
        ? (room?.choices ?? []).filter((one) => one.id === reviewer && !one.asked)
        : free.slice(0, count)
      if (asked.length === 0) {
        outcomes.push({ title, done: false, words: 'nobody is left who can be asked' })
        continue
      }
      await assignReviewers({ db }, actor, id, { reviewers: asked.map((one) => one.id), days }, from)
      outcomes.push({ title, done: true, words: `asked ${asked.map(({ name }) => name).join(', ')}` })
    } catch (error) {
      outcomes.push({ title, done: false, words: whyNot(error) })
    }
  }
  return outcomes
}

/** Reminds everybody who was asked for one of the proposals and has not handed in, at most once a day each. */
export async function bulkRemind(
  db: Database,
  actor: Actor,
  ids: readonly string[],
  from: string | null,
): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = []
  for (const { id, title } of await chosen(db, actor, ids)) {
    const open = await db
      .select({ id: reviews.id, name: user.name })
      .from(reviews)
      .innerJoin(user, eq(user.id, reviews.reviewerId))
      .where(and(eq(reviews.proposalId, id), inArray(reviews.state, ['asked', 'accepted'])))
    if (open.length === 0) outcomes.push({ title, done: false, words: 'no review is open' })
    for (const review of open) {
      try {
        await actOnReview({ db }, actor, review.id, { act: 'remind' }, from)
        outcomes.push({ title, done: true, words: `reminded ${review.name}` })
      } catch (error) {
        outcomes.push({ title, done: false, words: `${review.name}: ${whyNot(error)}` })
      }
    }
  }
  return outcomes
}
