import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { type ReviewerChoice, reviewerPool, reviewRoom } from '../../db/queries/reviews'
import { conflictsOf, partiesOf } from './conflicts'

/** The review room with the people who can be asked, and why some cannot; null for whoever does not steer it. */
export async function roomOf(db: Database, actor: Actor, proposalId: string) {
  const room = await reviewRoom(db, actor, proposalId)
  if (!room) return null
  const [pool, parties] = await Promise.all([reviewerPool(db), partiesOf(db, proposalId)])
  const choices: ReviewerChoice[] = pool.map(({ id, name, of, iso2, open, done, organizationId }) => ({
    ...{ id, name, of, iso2, open, done },
    conflicts: parties ? conflictsOf(parties, { id: organizationId, name: of, iso2 }) : [],
    asked: room.reviews.some((review) => review.reviewerId === id),
  }))
  return { ...room, choices }
}
