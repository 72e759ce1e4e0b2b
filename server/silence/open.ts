import { createHash } from 'node:crypto'
import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '../../app/domain/fault'
import { DECIDING_ROLES } from '../../app/domain/groups'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { deadlineIn, deadlineProblem, type SilenceInput } from '../../app/domain/silence'
import type { Database, Transaction } from '../../db/connection'
import { scopedProposal } from '../../db/queries/proposal-scope'
import { silenceEntitled, silenceProcedures } from '../../db/schema/decisions'
import { groupMembers, workingGroups } from '../../db/schema/groups'
import { proposals } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { requireConsent } from '../consents/guard'
import { newId } from '../ids'
import { lastVersion } from '../proposals/apply-move'
import { openSilenceOver } from '../proposals/guards'
import { whatHappened } from '../proposals/what-happened'
import { tellOfSilence } from './tell'

/**
 * Opens a silence procedure over a proposal before its group: text, version, deadline and the delegations that may break
 * it are frozen. Out: its id; the same key again gives the same. Throws `notFound`, `forbidden`, `conflict`, `invalid`.
 */
export async function openSilence(
  { db }: { db: Database },
  actor: Actor,
  proposalId: string,
  input: SilenceInput,
  from: string | null,
): Promise<string> {
  return db.transaction((tx) => openIn(tx, actor, proposalId, input, from))
}

async function openIn(
  tx: Transaction,
  actor: Actor,
  proposalId: string,
  input: SilenceInput,
  from: string | null,
): Promise<string> {
  await tx.select({ id: proposals.id }).from(proposals).where(eq(proposals.id, proposalId)).for('update')
  const found = await scopedProposal(tx, proposalId)
  if (!found || !can(actor, 'read', found.scope)) throw notFound()
  if (!can(actor, 'steer', found.scope)) throw forbidden('Only a coordinator opens a silence procedure.')
  const [same] = await tx
    .select({ id: silenceProcedures.id, subjectId: silenceProcedures.subjectId })
    .from(silenceProcedures)
    .where(eq(silenceProcedures.key, input.key))
  if (same) {
    if (same.subjectId !== proposalId)
      throw invalid('This key was used for something else. Load the page again.')
    return same.id
  }
  if (found.scope.state !== 'in_decision' || !found.groupId)
    throw conflict(await whatHappened(tx, proposalId))
  const running = await openSilenceOver(tx, proposalId)
  if (running)
    throw conflict(
      `${running.name} (${running.organization}) opened a silence procedure over it meanwhile: it runs until ${deadlineIn(running)}. Nothing was changed; look again.`,
    )
  if (input.outcome === 'endorsed') await requireConsent(tx, proposalId)
  const [group] = await tx.select().from(workingGroups).where(eq(workingGroups.id, found.groupId))
  const version = await lastVersion(tx, proposalId)
  if (!group || !version) throw conflict('The group or the version is gone. Load the page again.')
  const problem = deadlineProblem(input.deadline, new Date(), group.silenceHours)
  if (problem) throw invalid('The deadline cannot be that.', { at: [problem] })
  const entitled = await seatsOf(tx, group.id, new Date())
  if (entitled.length === 0) throw conflict(`${group.name} has no members who could break silence.`)
  const id = newId()
  await tx.insert(silenceProcedures).values({
    ...{ id, key: input.key, groupId: group.id, subjectKind: 'proposal', subjectId: proposalId },
    ...{ title: found.document.title, text: input.text, textSha256: sha256(input.text) },
    ...{ outcome: input.outcome, versionId: version.id, deadline: input.deadline, zone: input.zone },
    ...{ openedBy: actor.userId, organizationId: actor.organization.id },
  })
  await tx.insert(silenceEntitled).values(entitled.map((delegationId) => ({ procedureId: id, delegationId })))
  await recordAct(tx, {
    actor,
    from,
    act: 'silence.open',
    objectKind: 'silence',
    objectId: id,
    after: {
      proposal: proposalId,
      group: group.code,
      outcome: input.outcome,
      deadline: input.deadline.toISOString(),
      zone: input.zone,
      sha256: sha256(input.text),
      version: version.number,
    },
  })
  await tellOfSilence(tx, id, 'opened', {
    data: { deadline: deadlineIn(input) },
    by: actor.userId,
  })
  return id
}

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** Delegations that decide in the group on a day. */
export async function seatsOf(tx: Transaction, groupId: string, at: Date): Promise<string[]> {
  const day = at.toISOString().slice(0, 10)
  const rows = await tx
    .select({ id: groupMembers.delegationId })
    .from(groupMembers)
    .where(
      and(
        eq(groupMembers.groupId, groupId),
        inArray(groupMembers.role, [...DECIDING_ROLES]),
        lte(groupMembers.from, day),
        or(isNull(groupMembers.to), gt(groupMembers.to, day)),
      ),
    )
  return [...new Set(rows.map(({ id }) => id))]
}
