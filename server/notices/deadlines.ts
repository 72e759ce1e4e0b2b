/** Tells in time of what falls due: reviews, cases, silence, obligations. Each deadline and distance once. */
import { and, between, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { PROPOSAL_STATE_LABEL } from '../../app/domain/project-stage'
import { deadlineIn } from '../../app/domain/silence'
import type { Database } from '../../db/connection'
import { organization } from '../../db/schema/auth'
import { proposalMoves } from '../../db/schema/cases'
import { silenceEntitled, silenceProcedures } from '../../db/schema/decisions'
import { agreementPartners, agreements, obligations } from '../../db/schema/partners'
import { proposals } from '../../db/schema/projects'
import { reviews } from '../../db/schema/reviews'
import { type Notice, notify } from './notify'
import { peopleOfDelegations, secretariatPeople } from './recipients'

const DAY_MS = 86_400_000
const SILENCE_HOURS = 24

/** Days before a due date on which its people are told. */
const AHEAD = { review: [3, 1], case: [3, 1], obligation: [30, 7] } as const

/** The nearest of the distances that a date has come within; null while it is farther, and once it has passed. */
export function distanceOf(dueOn: string, today: string, ahead: readonly number[]): number | null {
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY_MS)
  if (days < 0) return null
  return [...ahead].sort((a, b) => a - b).find((distance) => days <= distance) ?? null
}

/** Tells of every deadline that is near by `now`; what was told before is not told again. Dates are UTC. */
export async function remindOfDeadlines(db: Database, now: Date): Promise<void> {
  const found = [
    ...(await reviewsNear(db, now)),
    ...(await casesNear(db, now)),
    ...(await silenceNear(db, now)),
    ...(await obligationsNear(db, now)),
  ]
  for (const notice of found) await db.transaction((tx) => notify(tx, notice))
}

type Reminder = Omit<Notice, 'kind'> & { kind: 'deadline_near' }
const near = (notice: Omit<Reminder, 'kind'>): Reminder => ({ kind: 'deadline_near', ...notice })
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const within = (now: Date, days: number) =>
  [dayOf(now), dayOf(new Date(now.getTime() + days * DAY_MS))] as const

async function reviewsNear(db: Database, now: Date): Promise<Reminder[]> {
  const rows = await db
    .select({ id: reviews.id, dueOn: reviews.dueOn, reviewerId: reviews.reviewerId, title: proposals.title })
    .from(reviews)
    .innerJoin(proposals, eq(proposals.id, reviews.proposalId))
    .where(
      and(
        inArray(reviews.state, ['asked', 'accepted']),
        between(reviews.dueOn, ...within(now, AHEAD.review[0])),
      ),
    )
  return rows.map(({ id, dueOn, reviewerId, title }) =>
    near({
      ...{ act: `deadline review ${id} ${dueOn} ${distanceOf(dueOn, dayOf(now), AHEAD.review)}` },
      ...{ about: { kind: 'review', id }, link: `/reviews/${id}`, to: [reviewerId] },
      data: { title, what: 'your review', due: dueOn },
    }),
  )
}

/** The day by which whoever holds a case is to answer: coordinators until it is decided. */
async function casesNear(db: Database, now: Date): Promise<Reminder[]> {
  const last = sql`(select m.id from ${proposalMoves} m where m.proposal_id = ${proposals.id} order by m.at desc, m.id desc limit 1)`
  const rows = await db
    .select({ id: proposals.id, title: proposals.title, state: proposals.state, dueOn: proposalMoves.dueOn })
    .from(proposals)
    .innerJoin(proposalMoves, sql`${proposalMoves.id} = ${last}`)
    .where(
      and(
        inArray(proposals.state, ['submitted', 'screening', 'in_review', 'in_decision']),
        isNotNull(proposalMoves.dueOn),
        between(proposalMoves.dueOn, ...within(now, AHEAD.case[0])),
      ),
    )
  const to = rows.length > 0 ? await secretariatPeople(db) : []
  return rows.flatMap(({ id, title, state, dueOn }) =>
    dueOn
      ? [
          near({
            ...{ act: `deadline case ${id} ${dueOn} ${distanceOf(dueOn, dayOf(now), AHEAD.case)}`, to },
            ...{ about: { kind: 'proposal', id }, link: `/proposals/${id}/case` },
            data: { title, what: PROPOSAL_STATE_LABEL[state].toLowerCase(), due: dueOn },
          }),
        ]
      : [],
  )
}

async function silenceNear(db: Database, now: Date): Promise<Reminder[]> {
  const rows = await db
    .select({
      id: silenceProcedures.id,
      title: silenceProcedures.title,
      deadline: silenceProcedures.deadline,
      zone: silenceProcedures.zone,
      entitled: sql<
        string[]
      >`array(select ${silenceEntitled.delegationId} from ${silenceEntitled} where ${silenceEntitled.procedureId} = ${silenceProcedures.id})`,
    })
    .from(silenceProcedures)
    .where(
      and(
        eq(silenceProcedures.state, 'open'),
        between(silenceProcedures.deadline, now, new Date(now.getTime() + SILENCE_HOURS * 3_600_000)),
      ),
    )
  return Promise.all(
    rows.map(async ({ id, title, deadline, zone, entitled }) =>
      near({
        ...{ act: `deadline silence ${id}`, about: { kind: 'silence', id }, link: `/silence/${id}` },
        ...{ to: await peopleOfDelegations(db, entitled) },
        data: { title, what: 'silence ends', due: deadlineIn({ deadline, zone }) },
      }),
    ),
  )
}

async function obligationsNear(db: Database, now: Date): Promise<Reminder[]> {
  const rows = await db
    .select({
      agreementId: agreements.id,
      title: agreements.title,
      position: obligations.position,
      text: obligations.text,
      due: obligations.due,
      delegationId: organization.id,
    })
    .from(obligations)
    .innerJoin(agreements, eq(agreements.id, obligations.agreementId))
    .innerJoin(agreementPartners, eq(agreementPartners.agreementId, agreements.id))
    .innerJoin(
      organization,
      and(eq(organization.kind, 'delegation'), eq(organization.partnerIso2, agreementPartners.partnerIso2)),
    )
    .where(
      and(
        eq(obligations.state, 'open'),
        isNotNull(obligations.due),
        between(obligations.due, ...within(now, AHEAD.obligation[0])),
      ),
    )
  return Promise.all(
    rows.map(async ({ agreementId, title, position, text, due, delegationId }) => {
      const dueOn = due ?? ''
      const distance = distanceOf(dueOn, dayOf(now), AHEAD.obligation)
      return near({
        act: `deadline obligation ${agreementId} ${position} ${dueOn} ${distance}`,
        ...{ about: { kind: 'delegation', id: delegationId }, link: `/agreements/${agreementId}` },
        data: { title, what: text.length > 120 ? `${text.slice(0, 119)}…` : text, due: dueOn },
        to: await peopleOfDelegations(db, [delegationId]),
      })
    }),
  )
}
