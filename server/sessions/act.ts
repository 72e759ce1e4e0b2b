import { eq } from 'drizzle-orm'
import { conflict, type Fault, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import {
  type ActName,
  SESSION_RIGHTS,
  type SessionAct,
  type SessionRight,
} from '../../app/domain/session/acts'
import { decide, lackOf } from '../../app/domain/session/decide'
import type { Who } from '../../app/domain/session/decide-types'
import type { EventBody, SessionEvent } from '../../app/domain/session/events'
import { fold } from '../../app/domain/session/fold'
import type { By, Delegation, SessionState } from '../../app/domain/session/model'
import type { SessionScope } from '../../app/domain/session-rights'
import type { Database, Transaction } from '../../db/connection'
import { type ScopedSession, scopedSession } from '../../db/queries/session-scope'
import { sessions, sessionVotes } from '../../db/schema/sessions'
import type { Channels } from '../channels/types'
import { type Keys, paperOf } from './ballot-box'
import { applyEffects, type Doing, type Effects } from './effects'
import { actedBefore, appendEvents, holdSession, readSession } from './log'
import { shared } from './shared'
import { Turns } from './turns'
import { prepareWorld, readWorld } from './world'

export type SessionParts = { db: Database; channels: Pick<Channels, 'tell' | 'recheckChannel' | 'load'> }

/** `seq`: of the log, once the act is in it. `paper`: the signature on a ballot paper that was taken. */
export type Acted = { seq: number; paper: string | null }

type Asked = {
  parts: SessionParts
  actor: Actor
  key: string
  act: SessionAct
  /** Of a secret ballot that is to be opened. */
  keys: Keys | null
  from: string | null
}
type Done = Acted & Pick<Doing, 'others'> & Pick<Effects, 'recheck'>

/**
 * Does an act in a session, as its actor may, at this moment: decided under a lock on the session, stored with
 * everything that follows from it, told to everybody then. The same key again gives the same answer and changes nothing.
 * Throws `notFound`, `forbidden`, `conflict` with the reason.
 */
export async function actInSession(
  parts: SessionParts,
  actor: Actor,
  sessionId: string,
  { key, act }: { key: string; act: SessionAct },
  from: string | null,
): Promise<Acted> {
  await refuseEarly(parts.db, actor, sessionId, { key, act })
  const keys = await prepareWorld(act)
  const done = await turns.take(sessionId, { parts, actor, key, act, keys, from })
  for (const { channelId, entries } of done.others)
    if (entries.length > 0) parts.channels.tell(channelId, entries)
  for (const id of done.recheck) await parts.channels.recheckChannel(id)
  return { seq: done.seq, paper: done.paper }
}

/** Acts of many people at one moment, of which none reads or writes what another one does but the log. */
const OF_MANY: readonly ActName[] = [
  'enter',
  'leave',
  'say_attendance',
  'raise_hand',
  'lower_hand',
  'vote',
  'take_paper',
]
const MOST_TOGETHER = 64

const turns = new Turns<Asked, Done>(
  doTogether,
  (together, next) =>
    together.length < MOST_TOGETHER &&
    [...together, next].every(({ act }) => OF_MANY.includes(act.act)) &&
    // The same again waits for the answer of the first.
    together.every(({ key, parts }) => key !== next.key && parts.db === next.parts.db) &&
    together.every(({ parts }) => parts.channels === next.parts.channels),
)

/** In one transaction and one message to the room. What breaks it breaks nobody else's act: each is done by itself then. */
async function doTogether(sessionId: string, asked: readonly Asked[]): Promise<PromiseSettledResult<Done>[]> {
  const [first] = asked
  if (!first) return []
  const { db, channels } = first.parts
  try {
    const { entries, after, ends } = await db.transaction((tx) => actIn(tx, sessionId, asked))
    if (after) holdSession(sessionId, after)
    if (entries.length > 0) channels.tell(sessionId, entries)
    return ends
  } catch (reason) {
    if (asked.length === 1) return [{ status: 'rejected', reason }]
    const ends: PromiseSettledResult<Done>[] = []
    for (const one of asked) ends.push(...(await doTogether(sessionId, [one])))
    return ends
  }
}

/** For all who ask at one moment once. */
const scopeOf = shared(scopedSession)

/**
 * Refuses who may not act, before anybody waits for them: no lock, no keys made. What it lets through is decided again
 * under the lock. Who acted under this key before goes on to the same answer.
 */
async function refuseEarly(
  db: Database,
  actor: Actor,
  sessionId: string,
  { key, act }: { key: string; act: SessionAct },
): Promise<void> {
  const found = isId(sessionId) ? await scopeOf(db, sessionId) : null
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const lacks = lackOf(act, whoIs(actor, found.scope))
  if (lacks && !(await actedBefore(db, sessionId, [key])).has(key)) throw forbidden(lacks)
}

/** Acts one after the other, as they came. A refusal ends its own act only; it changed nothing. */
async function actIn(tx: Transaction, sessionId: string, asked: readonly Asked[]) {
  await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, sessionId)).for('update')
  const found = await scopedSession(tx, sessionId)
  if (!found) throw notFound()
  const before = await actedBefore(
    tx,
    sessionId,
    asked.map(({ key }) => key),
  )
  const held = await readSession(tx, sessionId)
  const { now } = held
  let { state, head } = held
  let seated = changedSeats(state, found)
  if (seated) state = fold(state, { at: 0, by: NOBODY, body: seated })
  const votes: Doing['votes'] = []
  const happened: Parameters<typeof appendEvents>[3][number][] = []
  const records: Effects['record'][] = []
  const ends: PromiseSettledResult<Done>[] = []
  for (const one of asked) {
    const judged = await judge(tx, one, { found, state, head, now, before: before.get(one.key) ?? null })
    if (!judged.ok) {
      ends.push({ status: 'rejected', reason: judged.fault })
      continue
    }
    const { actor, act, keys, from } = one
    const others: Doing['others'] = []
    const effects = await applyEffects(tx, judged.events, {
      ...{ actor, from, act, keys, found, state, now, others, votes },
      channels: one.parts.channels,
    })
    const events: SessionEvent[] = [
      ...(seated && judged.events.length > 0 ? [{ at: now, by: NOBODY, body: seated }] : []),
      ...effects.events.map((body) => ({ at: now, by: judged.by, body })),
    ]
    if (judged.events.length > 0) seated = null
    state = events.reduce(fold, state)
    head += events.length
    happened.push({ events, author: { key: one.key, ...authorOf(actor) } })
    records.push(effects.record)
    ends.push({
      status: 'fulfilled',
      value: {
        ...{ others, recheck: effects.recheck, paper: effects.paper ?? judged.paper },
        seq: judged.seq ?? head,
      },
    })
  }
  if (votes.length > 0) await tx.insert(sessionVotes).values(votes)
  const { entries, after } = await appendEvents(tx, sessionId, held, happened)
  for (const record of records) await record()
  return { entries, after, ends }
}

const authorOf = ({ userId, organization }: Actor) => ({ userId, organizationId: organization.id })

/**
 * What an act does. `seq`, `paper`: of one that was done before, whose answer is given again.
 */
type Judged =
  | { ok: true; events: readonly EventBody[]; by: By; seq: number | null; paper: string | null }
  | { ok: false; fault: Fault }

async function judge(
  tx: Transaction,
  { actor, act }: Asked,
  at: { found: ScopedSession; state: SessionState; head: number; now: number; before: Before },
): Promise<Judged> {
  const { found, state, now, before } = at
  if (!can(actor, 'see', found.scope)) return { ok: false, fault: notFound() }
  const { may, ...by } = whoIs(actor, { ...found.scope, presiding: state.presiding })
  const again = { ok: true, events: [], by } as const
  if (before && before.userId !== actor.userId)
    return { ok: false, fault: invalid('This key was used for something else. Load the page again.') }
  if (before) return { ...again, seq: before.seq, paper: await paperOf(tx, act, actor) }
  const who = { ...by, may }
  const lacks = lackOf(act, who)
  if (lacks) return { ok: false, fault: forbidden(lacks) }
  const { world, refusal } = await readWorld(tx, actor, { found, state, act, now })
  if (refusal) return { ok: false, fault: invalid(refusal) }
  const decision = decide(state, act, who, world)
  if (decision.ok) return { ok: true, events: decision.events, by, seq: null, paper: null }
  // A paper that was taken and whose answer was lost: the same one again.
  const paper = await paperOf(tx, act, actor)
  return paper ? { ...again, seq: at.head, paper } : { ok: false, fault: conflict(decision.why) }
}

type Before = { userId: string; seq: number } | null

const NOBODY = { userId: 'portal', name: 'The portal', delegationId: null }

/** Somebody in a session, with what they may do in it now. */
export function whoIs(actor: Actor, scope: SessionScope): Who {
  const may = Object.fromEntries(SESSION_RIGHTS.map((right) => [right, can(actor, right, scope)]))
  return {
    ...{ userId: actor.userId, name: actor.name, delegationId: delegationOf(actor)?.id ?? null },
    may: may as Record<SessionRight, boolean>,
  }
}

/** The group's seats where they are not what the log says. */
function changedSeats(state: SessionState, { seats, scope }: ScopedSession): EventBody | null {
  const delegations: Delegation[] = seats
    .filter(({ delegationId }) => scope.marking !== 'restricted' || scope.readerIds.includes(delegationId))
    .map(({ delegationId, name, iso2, role }) => ({ id: delegationId, name, iso2, seat: role }))
  const known = Object.values(state.delegations)
  const same =
    known.length === delegations.length &&
    delegations.every(({ id, seat, name }) => {
      const there = state.delegations[id]
      return there?.seat === seat && there.name === name
    })
  return same ? null : { is: 'seated', delegations }
}
