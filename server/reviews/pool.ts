import { eq } from 'drizzle-orm'
import { invalid, notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can, PORTAL } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { member, user } from '../../db/schema/auth'
import { reviewers } from '../../db/schema/reviews'
import { recordAct } from '../audit/record'

/** Puts somebody with an account on the list of reviewers, by address. Throws `notFound` and `invalid`. */
export async function nameReviewer(
  db: Database,
  actor: Actor,
  email: string,
  from: string | null,
): Promise<void> {
  if (!can(actor, 'name_reviewers', PORTAL)) throw notFound()
  await db.transaction(async (tx) => {
    const [person] = await tx
      .select({ id: user.id })
      .from(user)
      .innerJoin(member, eq(member.userId, user.id))
      .where(eq(user.email, email.trim().toLowerCase()))
    if (!person) throw invalid('Not named.', { email: ['Nobody in the portal has this address.'] })
    await tx
      .insert(reviewers)
      .values({ userId: person.id, namedBy: actor.userId })
      .onConflictDoUpdate({
        target: reviewers.userId,
        set: { namedBy: actor.userId, namedAt: new Date(), endedAt: null },
      })
    await recordAct(tx, {
      ...{
        actor,
        from,
        act: 'reviewer.name',
        objectKind: 'user',
        objectId: person.id,
        after: { reviewer: true },
      },
    })
  })
}

/** Takes somebody off the list; what they were asked before stays with them. Throws `notFound`. */
export async function endReviewer(
  db: Database,
  actor: Actor,
  userId: string,
  from: string | null,
): Promise<void> {
  if (!can(actor, 'name_reviewers', PORTAL)) throw notFound()
  await db.transaction(async (tx) => {
    const done = await tx
      .update(reviewers)
      .set({ endedAt: new Date() })
      .where(eq(reviewers.userId, userId))
      .returning({ id: reviewers.userId })
    if (done.length === 0) throw notFound()
    await recordAct(tx, {
      ...{
        actor,
        from,
        act: 'reviewer.end',
        objectKind: 'user',
        objectId: userId,
        after: { reviewer: false },
      },
    })
  })
}
