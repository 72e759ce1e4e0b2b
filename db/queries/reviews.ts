/** Reviews as their pages show them: a reviewer's desk, one review, and a proposal's review room. */
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { type Actor, secretariatRole } from '../../app/domain/people'
import { type Conflict, resultOf } from '../../app/domain/review'
import { can, PORTAL } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { member, organization, user } from '../schema/auth'
import { proposalVersions } from '../schema/cases'
import { proposals } from '../schema/projects'
import { reviewers, reviewInterests, reviewQuestions, reviewSheets, reviews } from '../schema/reviews'
import { scopedProposal } from './proposal-scope'

const lead = alias(organization, 'lead')
const answerer = alias(user, 'answerer')

/** What the actor is asked to review, what is due first. */
export const myReviews = (db: Queryable, actor: Actor) =>
  db
    .select({
      id: reviews.id,
      title: proposals.title,
      state: reviews.state,
      caseState: proposals.state,
      dueOn: reviews.dueOn,
      version: proposalVersions.number,
      lead: lead.name,
      leadIso2: lead.partnerIso2,
      handedInAt: reviews.handedInAt,
    })
    .from(reviews)
    .innerJoin(proposals, eq(proposals.id, reviews.proposalId))
    .innerJoin(proposalVersions, eq(proposalVersions.id, reviews.versionId))
    .innerJoin(lead, eq(lead.id, proposals.leadDelegationId))
    .where(
      and(eq(reviews.reviewerId, actor.userId), inArray(reviews.state, ['asked', 'accepted', 'handed_in'])),
    )
    .orderBy(sql`${reviews.state} = 'handed_in'`, asc(reviews.dueOn), asc(proposals.title))

/** Sheets by review, the last one first. */
async function sheetsOf(db: Queryable, reviewIds: readonly string[]) {
  if (reviewIds.length === 0) return []
  return db
    .select()
    .from(reviewSheets)
    .where(inArray(reviewSheets.reviewId, [...reviewIds]))
    .orderBy(desc(reviewSheets.number))
}

/** Interests by review, as they came. */
async function interestsOf(db: Queryable, reviewIds: readonly string[]) {
  if (reviewIds.length === 0) return []
  return db
    .select({
      id: reviewInterests.id,
      reviewId: reviewInterests.reviewId,
      kind: reviewInterests.kind,
      how: reviewInterests.how,
      text: reviewInterests.text,
      at: reviewInterests.at,
    })
    .from(reviewInterests)
    .where(inArray(reviewInterests.reviewId, [...reviewIds]))
    .orderBy(asc(reviewInterests.at), asc(reviewInterests.id))
}

/** The reviews of a version with their reviewers, and each one's sheets. */
export async function reviewsOf(db: Queryable, versionId: string) {
  const rows = await db
    .select({
      id: reviews.id,
      reviewerId: reviews.reviewerId,
      name: user.name,
      of: organization.name,
      iso2: organization.partnerIso2,
      state: reviews.state,
      dueOn: reviews.dueOn,
      conflict: reviews.conflict,
      conflictReason: reviews.conflictReason,
      remindedAt: reviews.remindedAt,
      handedInAt: reviews.handedInAt,
    })
    .from(reviews)
    .innerJoin(user, eq(user.id, reviews.reviewerId))
    .innerJoin(organization, eq(organization.id, reviews.organizationId))
    .where(eq(reviews.versionId, versionId))
    .orderBy(asc(reviews.askedAt), asc(user.name))
  const sheets = await sheetsOf(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({ ...row, sheets: sheets.filter((sheet) => sheet.reviewId === row.id) }))
}

const handedIn = (rows: Awaited<ReturnType<typeof reviewsOf>>) =>
  rows.flatMap((row) => {
    const [last] = row.sheets
    return row.state === 'handed_in' && last ? [last.sheet] : []
  })

/** Questions of a proposal, by section; who asked is for the secretariat's eyes and the asker's own. */
export async function questionsOf(db: Queryable, proposalId: string, viewer: Actor | null) {
  const rows = await db
    .select({
      id: reviewQuestions.id,
      fragment: reviewQuestions.fragment,
      text: reviewQuestions.text,
      askedById: reviewQuestions.askedBy,
      askedBy: user.name,
      askedAt: reviewQuestions.askedAt,
      answer: reviewQuestions.answer,
      answeredBy: answerer.name,
      answeredAt: reviewQuestions.answeredAt,
    })
    .from(reviewQuestions)
    .innerJoin(user, eq(user.id, reviewQuestions.askedBy))
    .leftJoin(answerer, eq(answerer.id, reviewQuestions.answeredBy))
    .where(eq(reviewQuestions.proposalId, proposalId))
    .orderBy(asc(reviewQuestions.askedAt))
  const steers = viewer !== null && secretariatRole(viewer) === 'coordinator'
  return rows.map(({ askedById, askedBy, ...row }) => ({
    ...row,
    askedBy: steers || askedById === viewer?.userId ? askedBy : null,
  }))
}

/**
 * The questions that somebody sees beside a frozen version's text, and where they would ask one: as a reviewer of that very
 * version, or as who steers the case; null for everybody else. Reviewers see their own, readers of the proposal all.
 */
export async function questionsOnVersion(db: Queryable, actor: Actor, proposalId: string, number: number) {
  const found = await scopedProposal(db, proposalId)
  const [review] = await db
    .select({ id: reviews.id })
    .from(reviews)
    .innerJoin(proposalVersions, eq(proposalVersions.id, reviews.versionId))
    .where(
      and(
        eq(reviews.proposalId, proposalId),
        eq(reviews.reviewerId, actor.userId),
        eq(proposalVersions.number, number),
        inArray(reviews.state, ['accepted', 'handed_in']),
      ),
    )
  const reads = found !== null && can(actor, 'read', found.scope)
  const steers = found !== null && can(actor, 'steer', found.scope)
  const where = review ? { reviewId: review.id } : steers ? { proposalId } : null
  if (!reads && !review) return { questions: [], where: null }
  const questions = await questionsOf(db, proposalId, actor)
  return { questions: reads ? questions : questions.filter(({ askedBy }) => askedBy !== null), where }
}

/** A review for whoever may see it. Others' sheets are shown once the reviewer's own is handed in. Throws `notFound`. */
export async function reviewPage(db: Queryable, actor: Actor, id: string) {
  if (!isId(id)) throw notFound()
  const [row] = await db
    .select({
      review: reviews,
      title: proposals.title,
      caseState: proposals.state,
      marking: proposals.marking,
      lead: lead.name,
      leadIso2: lead.partnerIso2,
      version: {
        number: proposalVersions.number,
        sha256: proposalVersions.sha256,
        at: proposalVersions.submittedAt,
      },
      reviewer: user.name,
    })
    .from(reviews)
    .innerJoin(proposals, eq(proposals.id, reviews.proposalId))
    .innerJoin(proposalVersions, eq(proposalVersions.id, reviews.versionId))
    .innerJoin(lead, eq(lead.id, proposals.leadDelegationId))
    .innerJoin(user, eq(user.id, reviews.reviewerId))
    .where(eq(reviews.id, id))
  if (!row) throw notFound()
  const { review } = row
  const scope = { kind: 'review', reviewerId: review.reviewerId, state: review.state } as const
  if (!can(actor, 'see', scope)) throw notFound()
  const all = await reviewsOf(db, review.versionId)
  const mine = all.find((one) => one.id === id)
  const showsOthers = review.state === 'handed_in'
  return {
    ...row,
    isMine: review.reviewerId === actor.userId,
    interests: await interestsOf(db, [id]),
    sheets: mine?.sheets ?? [],
    others: showsOthers
      ? all.flatMap(({ id: other, state, sheets: [last] }, index) =>
          other !== id && state === 'handed_in' && last ? [{ nth: index + 1, sheet: last.sheet }] : [],
        )
      : null,
    result: showsOthers ? resultOf(handedIn(all)) : null,
    questions: (await questionsOf(db, review.proposalId, actor)).filter(
      (question) => question.askedBy !== null,
    ),
    before: await versionBefore(db, review.proposalId, row.version.number),
  }
}

/** The number of the version submitted before; null for the first. */
async function versionBefore(db: Queryable, proposalId: string, number: number): Promise<number | null> {
  const [before] = await db
    .select({ number: proposalVersions.number })
    .from(proposalVersions)
    .where(and(eq(proposalVersions.proposalId, proposalId), sql`${proposalVersions.number} < ${number}`))
    .orderBy(desc(proposalVersions.number))
    .limit(1)
  return before?.number ?? null
}

export type ReviewerChoice = {
  id: string
  name: string
  of: string
  iso2: string | null
  /** Reviews that they have not handed in yet, over all proposals. */
  open: number
  /** Handed in, ever. */
  done: number
  /** Why they may not review this one, and what the secretariat should know. */
  conflicts: Conflict[]
  /** Asked for this version already. */
  asked: boolean
}

/** People on the list of reviewers, who has least to do first. */
export async function reviewerPool(db: Queryable) {
  return db
    .select({
      id: user.id,
      name: user.name,
      email: user.email,
      organizationId: organization.id,
      of: organization.name,
      iso2: organization.partnerIso2,
      open: sql<number>`(select count(*)::int from ${reviews} where ${reviews.reviewerId} = ${user.id} and ${reviews.state} in ('asked', 'accepted'))`,
      done: sql<number>`(select count(*)::int from ${reviews} where ${reviews.reviewerId} = ${user.id} and ${reviews.state} = 'handed_in')`,
    })
    .from(reviewers)
    .innerJoin(user, eq(user.id, reviewers.userId))
    .innerJoin(member, eq(member.userId, user.id))
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(isNull(reviewers.endedAt))
    .orderBy(sql`7`, asc(user.name))
}

/** The list of reviewers for coordinators. Throws `notFound` for everybody else. */
export async function poolPage(db: Queryable, actor: Actor) {
  if (!can(actor, 'name_reviewers', PORTAL)) throw notFound()
  return reviewerPool(db)
}

/**
 * The review room of a proposal, for whoever steers it: who was asked for its last version, what came in, the result with
 * its spread. Null for others and before the first submission.
 */
export async function reviewRoom(db: Queryable, actor: Actor, proposalId: string) {
  const found = await scopedProposal(db, proposalId)
  if (!found || !can(actor, 'read', found.scope)) throw notFound()
  if (secretariatRole(actor) !== 'coordinator') return null
  const [version] = await db
    .select({ id: proposalVersions.id, number: proposalVersions.number })
    .from(proposalVersions)
    .where(eq(proposalVersions.proposalId, proposalId))
    .orderBy(desc(proposalVersions.number))
    .limit(1)
  if (!version) return null
  const rows = await reviewsOf(db, version.id)
  const interests = await interestsOf(
    db,
    rows.map(({ id }) => id),
  )
  return {
    version: version.number,
    reviews: rows.map((row) => ({ ...row, interests: interests.filter((one) => one.reviewId === row.id) })),
    result: resultOf(handedIn(rows)),
    maySteer: can(actor, 'steer', found.scope),
  }
}
