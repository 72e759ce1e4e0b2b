import { createHash } from 'node:crypto'
import { and, count, eq } from 'drizzle-orm'
import { unavailable } from '../../app/domain/fault'
import { delegationOf } from '../../app/domain/people'
import type { Transaction } from '../../db/connection'
import { sessionTextOf } from '../../db/queries/session-texts'
import { channels } from '../../db/schema/channels'
import { minutesVersions } from '../../db/schema/session-texts'
import { sessions } from '../../db/schema/sessions'
import { recordAct } from '../audit/record'
import { draftMinutes } from './draft-minutes'
import type { Doing } from './effects'
import { appendEvents, readSession } from './log'

type By = Pick<Doing, 'actor' | 'from' | 'now' | 'channels' | 'others'>

/**
 * The minutes of an earlier session are approved by a decision: their text is frozen as it is at this moment. Once: who
 * finds them approved changes nothing. Its room is told by `others`. Throws `unavailable` when the text cannot be read.
 */
export async function approveMinutes(
  tx: Transaction,
  sessionId: string,
  decision: string,
  by: By,
): Promise<void> {
  const { actor, from, now, others } = by
  const [moved] = await tx
    .update(sessions)
    .set({ status: 'minutes_approved' })
    .where(and(eq(sessions.id, sessionId), eq(sessions.status, 'minutes_draft')))
    .returning()
  if (!moved) return
  const version = await freeze(tx, moved, decision, by)
  const held = await readSession(tx, sessionId)
  const who = { userId: actor.userId, name: actor.name, delegationId: delegationOf(actor)?.id ?? null }
  const author = { key: decision, userId: actor.userId, organizationId: actor.organization.id }
  const events = [{ at: now, by: who, body: { is: 'minutes_approved' as const, number: decision } }]
  const { entries } = await appendEvents(tx, sessionId, held, [{ events, author }])
  others.push({ channelId: moved.channelId, entries })
  await recordAct(tx, {
    ...{ actor, from, act: 'session.minutes_approved', objectKind: 'session', objectId: sessionId },
    before: { status: 'minutes_draft' },
    after: { status: 'minutes_approved', decision, ...version },
  })
}

async function freeze(
  tx: Transaction,
  session: typeof sessions.$inferSelect,
  decision: string,
  { actor, now, channels: engine }: By,
): Promise<{ version: number; sha256: string }> {
  const { seq, data } = await read(tx, session, actor, engine)
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const [before] = await tx
    .select({ n: count() })
    .from(minutesVersions)
    .where(eq(minutesVersions.sessionId, session.id))
  const number = (before?.n ?? 0) + 1
  await tx.insert(minutesVersions).values({
    ...{ sessionId: session.id, number, seq, data: bytes, sha256, decision },
    approvedAt: new Date(now),
  })
  return { version: number, sha256 }
}

/** The text to its end; nobody commits to it until the transaction ends. */
async function read(
  tx: Transaction,
  session: typeof sessions.$inferSelect,
  actor: Doing['actor'],
  engine: Doing['channels'],
): Promise<{ seq: number; data: Uint8Array }> {
  const id = await sessionTextOf(tx, session.id, 'minutes')
  // Drafted before minutes were a text: as the log tells them.
  if (id === null) return { seq: 1, data: (await draftMinutes(tx, actor, session)).first }
  const [locked] = await tx
    .select({ head: channels.head })
    .from(channels)
    .where(eq(channels.id, id))
    .for('update')
  const state = await engine.load(id)
  if (!state || state.seq !== locked?.head)
    throw unavailable('The text of the minutes could not be read. Nothing was changed; try again.')
  return state
}
