import { eq } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { SESSION_RIGHTS, type SessionAct, type SessionRight } from '../../app/domain/session/acts'
import { decide, lackOf } from '../../app/domain/session/decide'
import type { Who } from '../../app/domain/session/decide-types'
import type { EventBody, SessionEvent } from '../../app/domain/session/events'
import { fold } from '../../app/domain/session/fold'
import type { Delegation, SessionState } from '../../app/domain/session/model'
import type { SessionScope } from '../../app/domain/session-rights'
import type { Database, Transaction } from '../../db/connection'
import { type ScopedSession, scopedSession } from '../../db/queries/session-scope'
import { sessions } from '../../db/schema/sessions'
import type { Channels } from '../channels/types'
import { type Keys, paperOf } from './ballot-box'
import { applyEffects, type Doing, type Effects } from './effects'
import { actedBefore, appendEvents, holdSession, readSession } from './log'
import { inTurn } from './turns'
import { prepareWorld, readWorld } from './world'

export type SessionParts = { db: Database; channels: Pick<Channels, 'tell' | 'recheckChannel' | 'load'> }

/** `seq`: of the log, once the act is in it. `paper`: the signature on a ballot paper that was taken. */
export type Acted = { seq: number; paper: string | null }

/**
 * Does an act in a session, as its actor may, at this moment: decided under a lock on the session, stored with
 * everything that follows from it, told to everybody then. The same key again gives the same answer and changes nothing.
 * Throws `notFound`, `forbidden`, `conflict` with the reason.
 */
export async function actInSession(
  { db, channels }: SessionParts,
  actor: Actor,
  sessionId: string,
  { key, act }: { key: string; act: SessionAct },
  from: string | null,
): Promise<Acted> {
  await refuseEarly(db, actor, sessionId, { key, act })
  const prepared = await prepareWorld(act)
  const done = await inTurn(sessionId, async () => {
    const acted = await db.transaction((tx) =>
      actIn(tx, channels, actor, sessionId, { key, act }, prepared, from),
    )
    if (acted.after) holdSession(sessionId, acted.after)
    return acted
  })
  for (const { channelId, entries } of [{ channelId: sessionId, entries: done.entries }, ...done.others])
    if (entries.length > 0) channels.tell(channelId, entries)
  for (const id of done.recheck) await channels.recheckChannel(id)
  return { seq: done.seq, paper: done.paper }
}

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
  const found = isId(sessionId) ? await scopedSession(db, sessionId) : null
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const lacks = lackOf(act, whoIs(actor, found.scope))
  if (lacks && !(await actedBefore(db, sessionId, key))) throw forbidden(lacks)
}

async function actIn(
  tx: Transaction,
  channels: SessionParts['channels'],
  actor: Actor,
  sessionId: string,
  { key, act }: { key: string; act: SessionAct },
  keys: Keys | null,
  from: string | null,
) {
  await tx.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, sessionId)).for('update')
  const found = await scopedSession(tx, sessionId)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const before = await actedBefore(tx, sessionId, key)
  if (before) {
    if (before.userId !== actor.userId)
      throw invalid('This key was used for something else. Load the page again.')
    return { ...NOTHING, seq: before.seq, paper: await paperOf(tx, act, actor) }
  }
  const held = await readSession(tx, sessionId)
  const seated = changedSeats(held.state, found)
  const state = seated ? fold(held.state, { at: 0, by: NOBODY, body: seated }) : held.state
  const who = whoIs(actor, { ...found.scope, presiding: state.presiding })
  const lacks = lackOf(act, who)
  if (lacks) throw forbidden(lacks)
  const { now } = held
  const { world, refusal } = await readWorld(tx, actor, { found, state, act, now })
  if (refusal) throw invalid(refusal)
  const decision = decide(state, act, who, world)
  if (!decision.ok) {
    // A paper that was taken and whose answer was lost: the same one again.
    const paper = await paperOf(tx, act, actor)
    if (paper) return { ...NOTHING, seq: held.head, paper }
    throw conflict(decision.why)
  }
  const others: Doing['others'] = []
  const effects: Effects = await applyEffects(tx, decision.events, {
    ...{ actor, from, act, keys, found, state, channels, now: world.now, others },
  })
  const by = { userId: who.userId, name: who.name, delegationId: who.delegationId }
  const events: SessionEvent[] = [
    ...(seated && decision.events.length > 0 ? [{ at: now, by: NOBODY, body: seated }] : []),
    ...effects.events.map((body) => ({ at: now, by, body })),
  ]
  const author = { key, userId: actor.userId, organizationId: actor.organization.id }
  const { entries, after } = await appendEvents(tx, sessionId, held, events, author)
  await effects.record()
  return {
    ...{ entries, others, after, seq: after.head, paper: effects.paper },
    recheck: effects.recheck,
  }
}

const NOTHING = { entries: [], others: [], after: null, recheck: [] }
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
