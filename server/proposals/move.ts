import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { PROPOSAL_STATES } from '../../app/domain/project-stage'
import {
  COMPLETENESS_DAYS,
  DECISION_DAYS,
  MOVES,
  PROPOSAL_MOVES,
  type ProposalMove,
  REASON_LENGTH,
} from '../../app/domain/proposal-machine'
import { REVIEW_DAYS } from '../../app/domain/review'
import { can } from '../../app/domain/rights'
import type { Database, Transaction } from '../../db/connection'
import { documentFor, type ScopedDocument } from '../../db/queries/documents'
import { partsOf } from '../../db/queries/parts'
import { proposalMoves } from '../../db/schema/cases'
import { silenceProcedures } from '../../db/schema/decisions'
import { proposals } from '../../db/schema/projects'
import type { Channels } from '../channels/types'
import { type FrozenPart, keepPartVersions, readParts } from '../documents/freeze-parts'
import type { DocumentWorker } from '../documents/worker-client'
import { applyMove, lastVersion } from './apply-move'
import { type Frozen, isStillHead, keepVersion, readComplete } from './freeze'
import { guard } from './guards'
import { lastMove, whatHappened } from './what-happened'

export const moveForm = z
  .object({
    move: z.enum(PROPOSAL_MOVES, 'This page does not know that act. Load it again.'),
    /** Made by the page: sent twice, it is one move. */
    key: z.uuid('Load the page again.'),
    /** The state that the page showed. */
    seen: z.enum(PROPOSAL_STATES, 'Load the page again.'),
    reason: z
      .string()
      .trim()
      .max(REASON_LENGTH.max, `A reason has at most ${REASON_LENGTH.max} characters.`)
      .default(''),
    /** Of a recommendation: the working group that decides. */
    group: z.string().max(64).default(''),
  })
  .refine(({ move, reason }) => !MOVES[move].needsReason || reason.length >= REASON_LENGTH.min, {
    path: ['reason'],
    message: `Say why, in at least ${REASON_LENGTH.min} characters: the authors read it.`,
  })
export type MoveInput = z.output<typeof moveForm>

type Parts = {
  db: Database
  channels: Channels
  documents: Pick<DocumentWorker, 'run'>
}

/** Somebody may write while the text is read: it is read anew, so often. */
const TRIES = 5

/**
 * Leads a proposal from one state to the next: state, frozen version, entry in its history and audit entry in one
 * transaction. The same key again changes nothing. Throws `notFound`, `forbidden`, `conflict` when it is not in the
 * state that the page showed (with who changed it), `invalid` with what is missing for a submission.
 */
export async function moveProposal(
  parts: Parts,
  actor: Actor,
  id: string,
  input: MoveInput,
  from: string | null,
): Promise<void> {
  if (!isId(id)) throw notFound()
  const { db, channels } = parts
  for (let attempt = 1; ; attempt++) {
    const frozen = input.move === 'submit' ? await textToSubmit(parts, actor, id, input) : null
    const done = await db.transaction((tx) => moveIn(tx, actor, id, input, frozen, from))
    if (done === 'written meanwhile') {
      if (attempt < TRIES) continue
      throw conflict('Somebody is writing at this moment. Ask them to pause, and submit again.')
    }
    if (!done) return
    for (const channelId of done.channelIds) await channels.recheckChannel(channelId)
    return
  }
}

/** The text as it would be submitted; null when the same submission was made already. */
async function textToSubmit(
  parts: Parts,
  actor: Actor,
  id: string,
  input: MoveInput,
): Promise<{ whole: Frozen; parts: FrozenPart[] } | null> {
  const [same] = await parts.db
    .select({ id: proposalMoves.id })
    .from(proposalMoves)
    .where(eq(proposalMoves.key, input.key))
  if (same) return null
  const document = await documentOf(parts.db, actor, id)
  await mayMove(parts.db, actor, document, input, id)
  return {
    whole: await readComplete(parts, document.channelId),
    parts: await readParts(parts, document.id),
  }
}

/** Nobody wrote in the text or its restricted parts since they were read, and no part came. */
async function areStillHeads(
  tx: Transaction,
  { id, channelId }: ScopedDocument,
  { whole, parts }: { whole: Frozen; parts: FrozenPart[] },
): Promise<boolean> {
  if (!(await isStillHead(tx, channelId, whole.seq))) return false
  for (const part of parts) if (!(await isStillHead(tx, part.channelId, part.seq))) return false
  return (await partsOf(tx, id)).length === parts.length
}

async function documentOf(db: Database | Transaction, actor: Actor, id: string) {
  const [row] = await db
    .select({ documentId: proposals.documentId })
    .from(proposals)
    .where(eq(proposals.id, id))
  if (!row) throw notFound()
  return documentFor(db, actor, row.documentId, 'read')
}

async function mayMove(
  db: Database | Transaction,
  actor: Actor,
  { scope }: ScopedDocument,
  { move, seen }: MoveInput,
  id: string,
): Promise<void> {
  if (scope.kind !== 'proposal') throw notFound()
  if (scope.state !== seen || !MOVES[move].from.includes(scope.state))
    throw conflict(await whatHappened(db, id))
  if (!can(actor, move, scope)) {
    throw forbidden(
      MOVES[move].who === 'lead_head'
        ? 'Only the head of the lead delegation can do that.'
        : MOVES[move].who === 'coordinator'
          ? 'Only a coordinator of the secretariat can do that.'
          : 'Only the working group can do that, by its decision.',
    )
  }
}

async function moveIn(
  tx: Transaction,
  actor: Actor,
  id: string,
  input: MoveInput,
  frozen: { whole: Frozen; parts: FrozenPart[] } | null,
  from: string | null,
): Promise<{ channelIds: string[] } | 'written meanwhile' | null> {
  await tx.select({ id: proposals.id }).from(proposals).where(eq(proposals.id, id)).for('update')
  const [same] = await tx.select().from(proposalMoves).where(eq(proposalMoves.key, input.key))
  if (same) {
    if (same.proposalId !== id || same.move !== input.move || same.userId !== actor.userId)
      throw invalid('This key was used for something else. Load the page again.')
    return null
  }
  const document = await documentOf(tx, actor, id)
  await mayMove(tx, actor, document, input, id)
  const { move, seen, reason } = input
  if (frozen && !(await areStillHeads(tx, document, frozen))) return 'written meanwhile'
  const last = frozen ? null : await lastVersion(tx, id)
  await guard(tx, { move, proposalId: id, versionId: last?.id ?? null, groupId: input.group || null })
  const version = frozen
    ? { ...(await keepVersion(tx, id, frozen.whole, actor)), frozen: true }
    : last && { ...last, frozen: false }
  if (frozen && version) await keepPartVersions(tx, version.id, frozen.parts)
  if (move === 'withdraw')
    await tx
      .update(silenceProcedures)
      .set({ state: 'cancelled', closedAt: new Date() })
      .where(and(eq(silenceProcedures.subjectId, id), eq(silenceProcedures.state, 'open')))
  if (move === 'recommend')
    await tx.update(proposals).set({ groupId: input.group }).where(eq(proposals.id, id))
  await applyMove(tx, {
    ...{ proposalId: id, key: input.key, move, before: seen, version, reason: reason || null },
    ...{ dueOn: await dueAfter(tx, id, move), actor, from },
    ...(move === 'recommend' ? { also: { group: input.group } } : {}),
  })
  const parts = await partsOf(tx, document.id)
  return { channelIds: [document.channelId, ...parts.map(({ channelId }) => channelId)] }
}

/** A submission sets the day of the answer; taking it up keeps it. */
async function dueAfter(tx: Transaction, id: string, move: ProposalMove): Promise<string | null> {
  if (move === 'submit') return daysFromNow(COMPLETENESS_DAYS)
  if (move === 'send_to_review' || move === 'back_to_review') return daysFromNow(REVIEW_DAYS)
  if (move === 'recommend') return daysFromNow(DECISION_DAYS)
  if (move !== 'take_up') return null
  const [before] = await lastMove(tx, id)
  return before?.dueOn ?? null
}

const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
