import { count, eq } from 'drizzle-orm'
import { conflict, forbidden, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import {
  type ConflictKind,
  REVIEW_RULES,
  REVIEW_STATE_LABEL,
  type Sheet,
  type SheetDraft,
} from '../../app/domain/review'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { proposals } from '../../db/schema/projects'
import { reviewInterests, reviewSheets, reviews } from '../../db/schema/reviews'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { tellOfReview } from './tell'

export type ReviewWish =
  | { act: 'accept' | 'release' | 'remind' }
  | { act: 'recuse'; kind: ConflictKind; reason: string }
  | { act: 'disclose'; key: string; kind: ConflictKind; reason: string }
  | { act: 'save'; draft: SheetDraft }
  | { act: 'hand_in'; sheet: Sheet; draft: SheetDraft }

/** A case whose review is over takes nothing any more. */
const OPEN_FOR_REVIEW = ['submitted', 'screening', 'in_review']
const NOT_AGAIN_MS = 86_400_000

/**
 * One act on a review. Throws `notFound` to everybody who may not see it, `forbidden`, and `conflict` when its state or
 * the proposal's is another by now. Handing in the same sheet again changes nothing, nor does the same disclosure.
 */
export async function actOnReview(
  { db }: { db: Database },
  actor: Actor,
  id: string,
  wish: ReviewWish,
  from: string | null,
): Promise<void> {
  if (!isId(id)) throw notFound()
  await db.transaction((tx) => actIn(tx, actor, id, wish, from))
}

async function actIn(
  tx: Transaction,
  actor: Actor,
  id: string,
  wish: ReviewWish,
  from: string | null,
): Promise<void> {
  const [row] = await tx
    .select({ review: reviews, state: proposals.state, title: proposals.title })
    .from(reviews)
    .innerJoin(proposals, eq(proposals.id, reviews.proposalId))
    .where(eq(reviews.id, id))
    .for('update', { of: reviews })
  if (!row) throw notFound()
  const { review } = row
  const scope = { kind: 'review', reviewerId: review.reviewerId, state: review.state } as const
  if (!can(actor, 'see', scope)) throw notFound()
  const rule = REVIEW_RULES[wish.act]
  if (!rule.from.includes(review.state))
    throw conflict(
      `The review is “${REVIEW_STATE_LABEL[review.state]}” by now. Nothing was changed; look again.`,
    )
  if (!can(actor, wish.act, scope))
    throw forbidden(
      rule.who === 'reviewer' ? 'Only the reviewer can do that.' : 'Only a coordinator can do that.',
    )
  if (rule.who === 'reviewer' && !OPEN_FOR_REVIEW.includes(row.state))
    throw conflict('The case has left its review: nothing can be handed in any more.')
  const now = new Date()
  const change = await changeOf(tx, review, wish, now)
  if (!change) return
  const set = { ...change.set, ...(rule.to ? { state: rule.to } : {}) }
  if (Object.keys(set).length > 0) await tx.update(reviews).set(set).where(eq(reviews.id, id))
  if (wish.act === 'save') return
  await recordAct(tx, {
    actor,
    from,
    act: `review.${wish.act}`,
    objectKind: 'review',
    objectId: id,
    before: { state: review.state },
    after: { state: rule.to ?? review.state, proposal: review.proposalId, ...change.record },
  })
  await tellOfReview(tx, actor, { review, title: row.title, act: wish.act, at: now })
}

type Change = { set: Partial<typeof reviews.$inferInsert>; record: Record<string, unknown> }

/** What the act writes; null when it was done already. Marks never go to the audit trail: they may be hidden still. */
async function changeOf(
  tx: Transaction,
  review: typeof reviews.$inferSelect,
  wish: ReviewWish,
  now: Date,
): Promise<Change | null> {
  switch (wish.act) {
    case 'accept':
      return { set: { answeredAt: now }, record: {} }
    case 'release':
      return { set: { answeredAt: now }, record: {} }
    case 'remind':
      if (review.remindedAt && now.getTime() - review.remindedAt.getTime() < NOT_AGAIN_MS)
        throw conflict('They were reminded within the last day.')
      return { set: { remindedAt: now }, record: {} }
    case 'recuse':
      return {
        set: { answeredAt: now, conflict: wish.kind, conflictReason: wish.reason, draft: {} },
        record: { conflict: wish.kind },
      }
    case 'disclose': {
      const made = await tx
        .insert(reviewInterests)
        .values({
          ...{ id: newId(), reviewId: review.id, key: wish.key, kind: wish.kind },
          ...{ how: 'declared', text: wish.reason },
        })
        .onConflictDoNothing()
        .returning({ id: reviewInterests.id })
      return made.length > 0 ? { set: {}, record: { interest: wish.kind } } : null
    }
    case 'save':
      return { set: { draft: wish.draft }, record: {} }
    case 'hand_in': {
      const [made] = await tx
        .select({ n: count() })
        .from(reviewSheets)
        .where(eq(reviewSheets.reviewId, review.id))
      const number = (made?.n ?? 0) + 1
      if (number > 1 && (await isSameSheet(tx, review.id, number - 1, wish.sheet))) return null
      await tx.insert(reviewSheets).values({ id: newId(), reviewId: review.id, number, sheet: wish.sheet })
      return {
        set: { draft: wish.draft, handedInAt: review.handedInAt ?? now },
        record: { sheet: number },
      }
    }
  }
}

async function isSameSheet(
  tx: Transaction,
  reviewId: string,
  number: number,
  sheet: Sheet,
): Promise<boolean> {
  const held = await tx.select().from(reviewSheets).where(eq(reviewSheets.reviewId, reviewId))
  const last = held.find((one) => one.number === number)
  return last !== undefined && canonical(last.sheet) === canonical(sheet)
}

/** The database keeps keys in an order of its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
