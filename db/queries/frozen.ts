/** A frozen version of a proposal, for whoever may read it: its readers, its reviewers, the group that decides over it. */
import { and, eq, exists, inArray, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { proposalVersions } from '../schema/cases'
import { hostConsents } from '../schema/consents'
import { silenceEntitled, silenceProcedures } from '../schema/decisions'
import { minerals } from '../schema/partners'
import { reviews } from '../schema/reviews'
import { scopedProposal } from './proposal-scope'

/** The version and, where `since` is an earlier one that the reader may read too, that one. Throws `notFound`. */
export async function frozenVersion(
  db: Queryable,
  actor: Actor,
  proposalId: string,
  number: number,
  since: number | null,
) {
  const found = await scopedProposal(db, proposalId)
  if (!found) throw notFound()
  const versions = await db
    .select()
    .from(proposalVersions)
    .where(
      and(
        eq(proposalVersions.proposalId, proposalId),
        inArray(proposalVersions.number, since === null ? [number] : [number, since]),
      ),
    )
  const version = versions.find((one) => one.number === number)
  const isReader = can(actor, 'read', found.scope)
  if (!version || (!isReader && !(await mayReadFrozen(db, actor, version.id)))) throw notFound()
  const earlier = versions.find((one) => one.number === since && one.number < number) ?? null
  const names = await db.select({ id: minerals.id, name: minerals.name }).from(minerals)
  return {
    proposalId,
    document: found.document,
    title: found.document.title,
    marking: found.scope.marking,
    lead: found.document.owner,
    version,
    earlier,
    isReader,
    minerals: Object.fromEntries(names.map((mineral) => [mineral.id, mineral.name])),
  }
}

/** Whether somebody reviews this version, or their delegation decides over it or is asked for its consent as the host. */
export async function mayReadFrozen(db: Queryable, actor: Actor, versionId: string): Promise<boolean> {
  const delegation = delegationOf(actor)
  const { rows } = await db.execute<{ may: boolean }>(sql`select
    exists (select 1 from ${reviews} where ${reviews.versionId} = ${versionId} and ${reviews.reviewerId} = ${actor.userId}
      and ${reviews.state} in ('accepted', 'handed_in'))
    or exists (select 1 from ${hostConsents}
      join ${proposalVersions} ${sql.identifier('asked')} on ${sql.identifier('asked')}.id = ${hostConsents.versionId}
      join ${proposalVersions} ${sql.identifier('read')} on ${sql.identifier('read')}.proposal_id = ${hostConsents.proposalId}
      where ${sql.identifier('read')}.id = ${versionId} and ${sql.identifier('read')}.number >= ${sql.identifier('asked')}.number
        and ${hostConsents.delegationId} = ${delegation?.id ?? ''})
    or exists (select 1 from ${silenceProcedures} join ${silenceEntitled} on ${silenceEntitled.procedureId} = ${silenceProcedures.id}
      where ${silenceProcedures.versionId} = ${versionId} and ${silenceEntitled.delegationId} = ${delegation?.id ?? ''}) as may`)
  return rows[0]?.may === true
}

/** Whether somebody reviews this version, now. */
export async function isReviewer(db: Queryable, actor: Actor, versionId: string): Promise<boolean> {
  const held = db
    .select({ one: sql`1` })
    .from(reviews)
    .where(
      and(
        eq(reviews.versionId, versionId),
        eq(reviews.reviewerId, actor.userId),
        sql`${reviews.state} in ('accepted', 'handed_in')`,
      ),
    )
  const [found] = await db.select({ is: sql<boolean>`true` }).from(sql`(select 1) one`).where(exists(held))
  return found !== undefined
}
