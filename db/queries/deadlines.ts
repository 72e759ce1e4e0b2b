/** What falls due for somebody: on their page of deadlines and in their calendar. A new source is a function here. */
import { and, asc, eq, gte, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Marking } from '../../app/domain/marking'
import { type Actor, delegationOf, secretariatRole } from '../../app/domain/people'
import { HELD_BY } from '../../app/domain/proposal-machine'
import type { Queryable } from '../connection'
import { proposalMoves } from '../schema/cases'
import { silenceProcedures } from '../schema/decisions'
import { proposals } from '../schema/projects'
import { reviews } from '../schema/reviews'
import { ownFollowUps } from './follow-ups'
import { obligationsDue } from './partners'
import { visibleSilence } from './silence'
import { readableProposal } from './visibility'

export type Deadline = {
  /** Stays the same while it is the same deadline: a calendar keeps one entry. */
  id: string
  what: string
  title: string
  /** Of what it is about; null where there is none, as with a signed agreement. */
  marking: Marking | null
  /** A calendar date; null for an instant. */
  on: string | null
  at: Date | null
  /** The zone that an instant was set in. */
  zone: string | null
  link: string
}

/** Deadlines that passed up to this long ago are shown still: who is late should see it. */
const DAYS_BACK = 60
const MOST = 500
const dated = { at: null, zone: null }

/** The actor's deadlines, the next first, by the rights that hold now. */
export async function deadlinesOf(db: Queryable, actor: Actor): Promise<Deadline[]> {
  const found = await Promise.all([
    ownReviews(db, actor),
    cases(db, actor),
    silence(db, actor),
    obligations(db, actor),
    followUps(db, actor),
  ])
  const key = ({ on, at }: Deadline) => on ?? at?.toISOString() ?? ''
  return found.flat().sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

const firstDay = sql`current_date - ${sql.raw(String(DAYS_BACK))}`

async function ownReviews(db: Queryable, actor: Actor): Promise<Deadline[]> {
  const rows = await db
    .select({ id: reviews.id, on: reviews.dueOn, title: proposals.title, marking: proposals.marking })
    .from(reviews)
    .innerJoin(proposals, eq(proposals.id, reviews.proposalId))
    .where(
      and(
        eq(reviews.reviewerId, actor.userId),
        inArray(reviews.state, ['asked', 'accepted']),
        gte(reviews.dueOn, firstDay),
      ),
    )
    .orderBy(asc(reviews.dueOn))
    .limit(MOST)
  return rows.map(({ id, ...row }) => ({
    ...{ ...dated, ...row, id: `review-${id}`, what: 'Your review', link: `/reviews/${id}` },
  }))
}

/** By when whoever holds a case is to answer: the coordinators see it, and the delegations that take part. */
async function cases(db: Queryable, actor: Actor): Promise<Deadline[]> {
  if (!delegationOf(actor) && secretariatRole(actor) !== 'coordinator') return []
  const last = sql`(select m.id from ${proposalMoves} m where m.proposal_id = ${proposals.id} order by m.at desc, m.id desc limit 1)`
  const rows = await db
    .select({
      id: proposals.id,
      on: proposalMoves.dueOn,
      title: proposals.title,
      marking: proposals.marking,
      state: proposals.state,
    })
    .from(proposals)
    .innerJoin(proposalMoves, sql`${proposalMoves.id} = ${last}`)
    .where(
      and(
        readableProposal(actor),
        inArray(proposals.state, ['submitted', 'screening', 'in_review', 'in_decision']),
        isNotNull(proposalMoves.dueOn),
        gte(proposalMoves.dueOn, firstDay),
      ),
    )
    .orderBy(asc(proposalMoves.dueOn))
    .limit(MOST)
  return rows.map(({ id, state, ...row }) => ({
    ...{ ...dated, ...row, id: `case-${id}-${state}`, link: `/proposals/${id}/case` },
    what: `An answer by ${HELD_BY[state].split(',')[0]}`,
  }))
}

async function silence(db: Queryable, actor: Actor): Promise<Deadline[]> {
  const rows = await db
    .select({
      id: silenceProcedures.id,
      at: silenceProcedures.deadline,
      zone: silenceProcedures.zone,
      title: silenceProcedures.title,
      marking: proposals.marking,
    })
    .from(silenceProcedures)
    .leftJoin(
      proposals,
      and(eq(silenceProcedures.subjectKind, 'proposal'), eq(proposals.id, silenceProcedures.subjectId)),
    )
    .where(and(visibleSilence(actor), eq(silenceProcedures.state, 'open')))
    .orderBy(asc(silenceProcedures.deadline))
    .limit(MOST)
  return rows.map(({ id, marking, ...row }) => ({
    ...{ ...row, id: `silence-${id}`, on: null, what: 'Silence ends', link: `/silence/${id}` },
    // A text before a group is the group's alone unless it says otherwise.
    marking: marking ?? 'group',
  }))
}

async function obligations(db: Queryable, actor: Actor): Promise<Deadline[]> {
  const delegation = delegationOf(actor)
  if (!delegation) return []
  const from = new Date(Date.now() - DAYS_BACK * 86_400_000).toISOString().slice(0, 10)
  return (await obligationsDue(db, delegation.partnerIso2)).flatMap((one) =>
    one.due && one.due >= from
      ? [
          {
            ...{ ...dated, id: `obligation-${one.agreementId}-${one.position}`, marking: null, on: one.due },
            ...{ what: one.text, title: one.agreementTitle, link: `/agreements/${one.agreementId}` },
          },
        ]
      : [],
  )
}

/** What decisions ask of the actor's delegation. */
async function followUps(db: Queryable, actor: Actor): Promise<Deadline[]> {
  const delegation = delegationOf(actor)
  if (!delegation) return []
  const rows = await ownFollowUps(db, actor, delegation.id)
  return rows.map(({ id, number, text, dueOn, marking }) => ({
    ...{ ...dated, id: `follow-up-${id}`, marking, on: dueOn, what: `Follow-up to ${number}` },
    ...{ title: text, link: `/follow-ups/${id}` },
  }))
}
