/** Adopts what silence held over: exactly once, on however many nodes, also after an outage. */
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { ProposalState } from '../../app/domain/project-stage'
import type { Database, Transaction } from '../../db/connection'
import { silenceProcedures } from '../../db/schema/decisions'
import { workingGroups } from '../../db/schema/groups'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import { consentProblem } from '../consents/guard'
import { recordDecision } from '../decisions/record'
import { applyMove, lastVersion } from '../proposals/apply-move'
import { tellOfSilence } from './tell'

type Parts = {
  db: Database
  channels: Pick<Channels, 'recheckChannel'>
  log: Logger
}

const LOOK_MS = 15_000

/**
 * Adopts every open procedure whose deadline lies `GRACE_MS` behind, one transaction each. Two nodes may run it at once.
 * The grace lets a break that was received in time and is still being stored come first. Out: ids of those adopted.
 */
export async function closeDue({ db, channels }: Omit<Parts, 'log'>, graceMs = GRACE_MS): Promise<string[]> {
  const adopted: string[] = []
  for (;;) {
    const closed = await db.transaction((tx) => closeOne(tx, graceMs))
    if (!closed) return adopted
    adopted.push(closed.id)
    if (closed.channelId) await channels.recheckChannel(closed.channelId)
  }
}

/** Longer than any transaction of a break is waited for. ms. */
const GRACE_MS = 20_000

async function closeOne(
  tx: Transaction,
  graceMs: number,
): Promise<{ id: string; channelId: string | null } | null> {
  const [procedure] = await tx
    .select()
    .from(silenceProcedures)
    .where(
      and(
        eq(silenceProcedures.state, 'open'),
        lte(silenceProcedures.deadline, sql`clock_timestamp() - make_interval(secs => ${graceMs / 1000})`),
      ),
    )
    .orderBy(asc(silenceProcedures.deadline))
    .limit(1)
    .for('update', { skipLocked: true })
  if (!procedure) return null
  const actor = { userId: procedure.openedBy, organization: { id: procedure.organizationId } }
  const [proposal] = await tx
    .select({ state: proposals.state, channelId: proposals.documentId })
    .from(proposals)
    .where(eq(proposals.id, procedure.subjectId))
    .for('update')
  const why = procedure.subjectKind === 'proposal' ? await whyNot(tx, procedure, proposal?.state) : null
  await tx
    .update(silenceProcedures)
    .set({ state: why ? 'cancelled' : 'adopted', closedAt: procedure.deadline })
    .where(eq(silenceProcedures.id, procedure.id))
  if (why) {
    await recordAct(tx, {
      ...{ actor: null, act: 'silence.cancel', objectKind: 'silence', objectId: procedure.id },
      after: { state: 'cancelled', why },
    })
    await tellOfSilence(tx, procedure.id, 'cancelled', { data: {}, by: null })
    return { id: procedure.id, channelId: null }
  }
  const [group] = await tx.select().from(workingGroups).where(eq(workingGroups.id, procedure.groupId))
  const decision = await recordDecision(
    tx,
    {
      ...{ groupCode: group?.code ?? '', groupId: procedure.groupId },
      ...{ subjectKind: procedure.subjectKind, subjectId: procedure.subjectId, title: procedure.title },
      ...{ text: procedure.text, textSha256: procedure.textSha256, outcome: procedure.outcome },
      ...{ versionId: procedure.versionId, how: 'silence', procedureId: procedure.id },
      adoptedAt: procedure.deadline,
    },
    actor,
  )
  if (procedure.subjectKind === 'proposal' && proposal) {
    const move = procedure.outcome === 'endorsed' ? 'endorse' : 'decline'
    const last = await lastVersion(tx, procedure.subjectId)
    await applyMove(tx, {
      proposalId: procedure.subjectId,
      key: `silence ${procedure.id}`,
      move,
      before: proposal.state,
      version: last && { ...last, frozen: false },
      reason: `${decision.number}: adopted by silence procedure.`,
      dueOn: null,
      actor,
      from: null,
      also: { decision: decision.number },
    })
  }
  await recordAct(tx, {
    ...{ actor: null, act: 'silence.adopt', objectKind: 'silence', objectId: procedure.id },
    ...{ before: { state: 'open' }, after: { state: 'adopted', decision: decision.number } },
  })
  await tellOfSilence(tx, procedure.id, 'adopted', { data: { number: decision.number }, by: null })
  return {
    id: procedure.id,
    channelId: procedure.subjectKind === 'proposal' && proposal ? proposal.channelId : null,
  }
}

/** Why a proposal cannot be decided so any more, or null. */
async function whyNot(
  tx: Transaction,
  { subjectId, outcome }: typeof silenceProcedures.$inferSelect,
  state: ProposalState | undefined,
): Promise<string | null> {
  if (state !== 'in_decision') return 'the proposal is not before the group any more'
  return outcome === 'endorsed' ? consentProblem(tx, subjectId) : null
}

/** Looks again and again. Out: `stop`, which waits for a look that runs. */
export function watchSilence(parts: Parts): { stop: () => Promise<void> } {
  let looking: Promise<void> = Promise.resolve()
  let busy = false
  const look = () => {
    if (busy) return
    busy = true
    looking = closeDue(parts)
      .then(() => {})
      .catch((error: unknown) => parts.log.error({ err: error }, 'silence procedures could not be closed'))
      .finally(() => {
        busy = false
      })
  }
  const timer = setInterval(look, LOOK_MS)
  look()
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}
