import { desc, eq } from 'drizzle-orm'
import type { ProposalState } from '../../app/domain/project-stage'
import { MOVES, type ProposalMove } from '../../app/domain/proposal-machine'
import type { Transaction } from '../../db/connection'
import { proposalMoves, proposalVersions } from '../../db/schema/cases'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { newId } from '../ids'
import { tellOfMove } from './tell-of-move'

export type Applied = {
  proposalId: string
  key: string
  move: ProposalMove
  before: ProposalState
  /** The version it concerns; `frozen` when this very move made it. */
  version: { id: string; number: number; sha256: string; frozen: boolean } | null
  reason: string | null
  dueOn: string | null
  actor: { userId: string; organization: { id: string } }
  from: string | null
  /** What the audit entry says besides the state. */
  also?: Record<string, unknown>
}

/** The last version that was submitted; null before the first. */
export async function lastVersion(tx: Transaction, id: string) {
  const [last] = await tx
    .select({ id: proposalVersions.id, number: proposalVersions.number, sha256: proposalVersions.sha256 })
    .from(proposalVersions)
    .where(eq(proposalVersions.proposalId, id))
    .orderBy(desc(proposalVersions.number))
    .limit(1)
  return last ?? null
}

/** Changes the state, with its line in the proposal's history, its audit entry and its notices. Whoever calls has locked the row. */
export async function applyMove(tx: Transaction, applied: Applied): Promise<void> {
  const { proposalId, key, move, before, version, reason, dueOn, actor, from, also } = applied
  const after = MOVES[move].to
  await tx.update(proposals).set({ state: after }).where(eq(proposals.id, proposalId))
  await tx.insert(proposalMoves).values({
    ...{ id: newId(), proposalId, key, move, before, after, reason, dueOn },
    ...{ versionId: version?.id ?? null, userId: actor.userId, organizationId: actor.organization.id },
  })
  await recordAct(tx, {
    actor,
    from,
    act: `proposal.${move}`,
    objectKind: 'proposal',
    objectId: proposalId,
    before: { state: before },
    after: {
      state: after,
      ...(reason ? { reason } : {}),
      ...(version?.frozen ? { version: version.number, sha256: version.sha256 } : {}),
      ...also,
    },
  })
  await tellOfMove(tx, applied)
}
