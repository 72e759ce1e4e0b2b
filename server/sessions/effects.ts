/** What follows from a session's events beside the log: stored with them, or nothing of it. */
import { createHash } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { EntryTuple } from '../../app/domain/channel-protocol'
import type { Actor } from '../../app/domain/people'
import type { SessionAct } from '../../app/domain/session/acts'
import type { EventBody, EventName } from '../../app/domain/session/events'
import type { Motion, SessionState, SessionStatus } from '../../app/domain/session/model'
import { motionOf } from '../../app/domain/session/present'
import type { Transaction } from '../../db/connection'
import type { ScopedSession } from '../../db/queries/session-scope'
import { textsOf } from '../../db/queries/session-texts'
import { decisionAnnouncements } from '../../db/schema/announcements'
import { decisions } from '../../db/schema/decisions'
import { agendaDocuments } from '../../db/schema/session-texts'
import { followUps, sessionMessages, sessions, sessionVotes } from '../../db/schema/sessions'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { newId } from '../ids'
import { destroyBox, givePaper, type Keys, openBox, openPapers } from './ballot-box'
import { adoptMotion, openMotionSilence } from './decided'
import { draftMinutes } from './draft-minutes'
import { tellMembers } from './tell'

export type Doing = {
  actor: Actor
  from: string | null
  act: SessionAct
  keys: Keys | null
  found: ScopedSession
  /** Before the events. */
  state: SessionState
  channels: Pick<Channels, 'load'>
  now: number
  /** Votes, for one statement with those of everybody who acts in the same turn. */
  votes: (typeof sessionVotes.$inferInsert)[]
  /** What other sessions are to be told once all of it is committed. */
  others: { channelId: string; entries: EntryTuple[] }[]
}

export type Effects = {
  /** With the numbers of decisions. */
  events: EventBody[]
  paper: string | null
  /** Channels in which people may do other things now. */
  recheck: string[]
  /** Writes the audit entries: last, since others wait from here to the commit. */
  record: () => Promise<void>
}

const STATUS_AFTER: Partial<Record<EventName, SessionStatus>> = {
  announced: 'announced',
  opened: 'open',
  suspended: 'suspended',
  resumed: 'open',
  closed: 'closed',
  minutes_drafted: 'minutes_draft',
  minutes_approved: 'minutes_approved',
  minutes_reopened: 'minutes_draft',
}

export async function applyEffects(
  tx: Transaction,
  bodies: readonly EventBody[],
  doing: Doing,
): Promise<Effects> {
  const events: EventBody[] = []
  const recheck: string[] = []
  let paper: string | null = null
  for (const body of bodies) {
    const status = STATUS_AFTER[body.is]
    if (status) await tx.update(sessions).set({ status }).where(eq(sessions.id, doing.found.session.id))
    if (body.is === 'announced') recheck.push(doing.found.session.id)
    if (body.is === 'announced' || body.is === 'minutes_reopened')
      recheck.push(...(await textsOf(tx, doing.found.session.id)))
    if (body.is === 'adopted') {
      const motion = motionOf(doing.state, body.motionId)
      events.push(await adopted(tx, body, motion, doing))
      if (motion?.approves) recheck.push(...(await textsOf(tx, motion.approves)))
    } else {
      paper = (await follow(tx, body, doing)) ?? paper
      events.push(body)
    }
  }
  await tellMembers(tx, events, doing)
  return { events, paper, recheck, record: () => record(tx, events, doing) }
}

type Adopted = Extract<EventBody, { is: 'adopted' }>

/** An amendment changes the motion's text; a motion becomes a numbered decision. */
async function adopted(
  tx: Transaction,
  body: Adopted,
  motion: Motion | null,
  doing: Doing,
): Promise<EventBody> {
  if (!motion || motion.amends !== null) return body
  return { ...body, number: await adoptMotion(tx, motion, body.how, doing) }
}

/** Gives the signature on a ballot paper, where one was taken. */
async function follow(tx: Transaction, body: EventBody, doing: Doing): Promise<string | null> {
  const { act, actor, found, keys } = doing
  const sessionId = found.session.id
  switch (body.is) {
    case 'opened':
      await tx.update(sessions).set({ presiding: body.presiding }).where(eq(sessions.id, sessionId))
      await announce(tx, sessionId, body.announcements ?? [])
      return null
    case 'presided':
      await tx.update(sessions).set({ presiding: body.delegationId }).where(eq(sessions.id, sessionId))
      return null
    case 'hand_raised':
      if (act.act === 'raise_hand' && body.kind === 'point_of_order')
        await message(tx, act.reason, body.handId, doing)
      return null
    case 'message_sent':
      if (act.act === 'message') await message(tx, act.text, null, doing)
      return null
    case 'voted':
      if (act.act === 'vote') {
        const { motionId, delegationId } = body
        doing.votes.push({ motionId, delegationId, sessionId, choice: act.choice, castBy: actor.userId })
      }
      return null
    case 'vote_opened':
      if (keys) await openPapers(tx, sessionId, body.motionId, keys)
      return null
    case 'paper_taken':
      return act.act === 'take_paper' ? givePaper(tx, body.motionId, body.delegationId, act.blinded) : null
    case 'box_opened':
      await openBox(tx, body.motionId)
      return null
    case 'vote_closed':
      if (body.roll === null) await destroyBox(tx, body.motionId)
      return null
    case 'vote_cancelled':
      await destroyBox(tx, body.motionId)
      await tx.delete(sessionVotes).where(eq(sessionVotes.motionId, body.motionId))
      return null
    case 'silence_opened':
      await openMotionSilence(tx, body, doing)
      return null
    case 'item_added':
      await putOnAgenda(tx, sessionId, body.itemId, body.documents)
      return null
    case 'item_document':
      await putOnAgenda(tx, sessionId, body.itemId, [body.document])
      return null
    case 'item_removed':
      await tx
        .delete(agendaDocuments)
        .where(and(eq(agendaDocuments.sessionId, sessionId), eq(agendaDocuments.itemId, body.itemId)))
      return null
    case 'minutes_drafted':
      await draftMinutes(tx, actor, found.session)
      return null
    case 'follow_up': {
      const { followUpId: id, number, text, ownerId, due: dueOn } = body
      await tx
        .insert(followUps)
        .values({ id, sessionId, groupId: found.group.id, number, text, ownerId, dueOn })
      return null
    }
    default:
      return null
  }
}

async function putOnAgenda(
  tx: Transaction,
  sessionId: string,
  itemId: string,
  attached: readonly { id: string }[],
) {
  if (attached.length === 0) return
  const rows = attached.map(({ id: documentId }) => ({ sessionId, itemId, documentId }))
  await tx.insert(agendaDocuments).values(rows).onConflictDoNothing()
}

/** Each decision is announced once. */
async function announce(tx: Transaction, sessionId: string, told: readonly { number: string }[]) {
  if (told.length === 0) return
  const named = inArray(
    decisions.number,
    told.map(({ number }) => number),
  )
  const rows = await tx.select({ decisionId: decisions.id }).from(decisions).where(named)
  await tx.insert(decisionAnnouncements).values(rows.map((row) => ({ ...row, sessionId })))
}

async function message(tx: Transaction, text: string, handId: string | null, { actor, found }: Doing) {
  const by = { userId: actor.userId, organizationId: actor.organization.id }
  await tx.insert(sessionMessages).values({ id: newId(), sessionId: found.session.id, handId, ...by, text })
}

/** Events that change a state, a right or a vote's result. What is said and who raised a hand is in the log. */
const AUDITED: readonly EventName[] = [
  ...([
    'announced',
    'opened',
    'suspended',
    'resumed',
    'closed',
    'minutes_drafted',
    'minutes_reopened',
  ] as const),
  ...(['minutes_approved', 'presided', 'proxy_given', 'proxy_ended', 'item_opened', 'item_closed'] as const),
  ...(['item_adjourned', 'item_added', 'item_removed', 'motion_proposed', 'motion_seconded'] as const),
  ...(['motion_withdrawn', 'motion_fell', 'consensus_asked', 'objected', 'consensus_failed'] as const),
  ...(['vote_opened', 'box_opened', 'vote_closed', 'vote_cancelled', 'adopted', 'silence_opened'] as const),
  'follow_up',
]

async function record(tx: Transaction, events: readonly EventBody[], { actor, from, found }: Doing) {
  for (const body of events) {
    if (!AUDITED.includes(body.is)) continue
    const { is, ...after } = body
    await recordAct(tx, {
      ...{ actor, from, act: `session.${is}`, objectKind: 'session', objectId: found.session.id },
      before: STATUS_AFTER[is] ? { status: found.session.status } : undefined,
      after: STATUS_AFTER[is] ? { status: STATUS_AFTER[is], ...brief(after) } : brief(after),
    })
  }
}

/** Texts by their hash: the log holds them. Ballots stay out: the log tells them, by receipt. */
function brief(after: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) => {
      if (name === 'ballots' || name === 'passage' || name === 'rules') return []
      if (name === 'text' && typeof value === 'string' && value.length > 200)
        return [['textSha256', createHash('sha256').update(value).digest('hex')]]
      return [[name, value]]
    }),
  )
}
