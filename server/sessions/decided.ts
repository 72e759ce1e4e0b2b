/** Where a session's decisions go: a number, what it does with a proposal, or a silence procedure. */
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { conflict } from '../../app/domain/fault'
import type { EventBody } from '../../app/domain/session/events'
import type { Motion } from '../../app/domain/session/model'
import { decidingIds, motionOf } from '../../app/domain/session/present'
import type { Transaction } from '../../db/connection'
import { silenceEntitled, silenceProcedures } from '../../db/schema/decisions'
import { proposals } from '../../db/schema/projects'
import { sessionMotions } from '../../db/schema/sessions'
import { requireConsent } from '../consents/guard'
import { recordDecision } from '../decisions/record'
import { applyMove, lastVersion } from '../proposals/apply-move'
import { hasOpenSilence } from '../proposals/guards'
import { approveMinutes } from './approve-minutes'
import type { Doing } from './effects'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** Numbers a motion that was adopted; one over a proposal decides that, too. Out: the decision's number. */
export async function adoptMotion(
  tx: Transaction,
  motion: Motion,
  how: 'consensus' | 'vote',
  { actor, from, found, now, channels, others }: Doing,
): Promise<string> {
  const { group, session } = found
  const about = motion.proposalId ? await lockedProposal(tx, motion.proposalId, group.id) : null
  const outcome = motion.outcome ?? 'endorsed'
  if (about && outcome === 'endorsed') await requireConsent(tx, about.id)
  const { number } = await recordDecision(
    tx,
    {
      ...{ groupCode: group.code, groupId: group.id, title: motion.title, text: motion.text },
      ...(about
        ? { subjectKind: 'proposal' as const, subjectId: about.id }
        : { subjectKind: 'motion' as const, subjectId: motion.id }),
      ...{ textSha256: sha256(motion.text), outcome, versionId: about?.version?.id ?? null },
      ...{ how, procedureId: null, adoptedAt: new Date(now) },
    },
    actor,
  )
  await tx.insert(sessionMotions).values({ motionId: motion.id, sessionId: session.id })
  if (about)
    await applyMove(tx, {
      ...{ proposalId: about.id, key: `session ${motion.id}`, before: 'in_decision', actor, from },
      ...{ move: outcome === 'endorsed' ? 'endorse' : 'decline', dueOn: null },
      version: about.version && { ...about.version, frozen: false },
      reason: `${number}: decided in session by ${how}.`,
      also: { decision: number },
    })
  if (motion.approves)
    await approveMinutes(tx, motion.approves, number, { actor, from, now, channels, others })
  return number
}

/** A proposal that may be decided now, locked. Throws `conflict` when it is not before the group any more. */
async function lockedProposal(tx: Transaction, id: string, groupId: string) {
  const [proposal] = await tx.select().from(proposals).where(eq(proposals.id, id)).for('update')
  if (proposal?.state !== 'in_decision' || proposal.groupId !== groupId)
    throw conflict('The proposal is not before the group any more. Withdraw the motion.')
  if (await hasOpenSilence(tx, id))
    throw conflict('A silence procedure runs over the proposal: it is cancelled first.')
  return { id, version: await lastVersion(tx, id) }
}

/** Hands a motion to a silence procedure: its text is frozen, and its deadline. */
export async function openMotionSilence(
  tx: Transaction,
  { motionId, procedureId, deadline }: Extract<EventBody, { is: 'silence_opened' }>,
  { actor, act, found, state }: Doing,
): Promise<void> {
  const motion = motionOf(state, motionId)
  if (!motion) throw conflict('There is no such motion.')
  await tx.insert(silenceProcedures).values({
    ...{ id: procedureId, key: `session ${motionId}`, groupId: found.group.id },
    ...{ subjectKind: 'motion', subjectId: motionId, title: motion.title, text: motion.text },
    ...{ textSha256: sha256(motion.text), outcome: 'endorsed', deadline: new Date(deadline) },
    ...{ zone: act.act === 'put_to_silence' ? act.zone : found.session.zone },
    ...{ openedBy: actor.userId, organizationId: actor.organization.id },
  })
  await tx.insert(sessionMotions).values({ motionId, sessionId: found.session.id })
  await tx
    .insert(silenceEntitled)
    .values(decidingIds(state).map((delegationId) => ({ procedureId, delegationId })))
}
