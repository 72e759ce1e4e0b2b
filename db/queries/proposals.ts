/** Proposals as lists and pages show them. */
import { and, asc, count, desc, eq, ilike, or, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { type Actor, delegationOf } from '../../app/domain/people'
import type { ProposalState } from '../../app/domain/project-stage'
import { can, type GrantLevel } from '../../app/domain/rights'
import type { Database, Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { documentGrants, projects, proposalFields, proposals } from '../schema/projects'
import { contains } from './contains'
import { documentFor, textAccess } from './documents'
import { partLines } from './parts'
import { readableProposal, visibleProject, visibleProposal } from './visibility'

type ProposalFilter = {
  /** Part of the title of the proposal or its project, or of the lead's name. */
  search: string | null
  state: ProposalState | null
  page: number
}

export const PROPOSALS_A_PAGE = 50

/**
 * A page of the proposals that the actor may know of, the last written first, with how many there are. Of those that
 * they may not read it says no more than that they exist. Two queries.
 */
export async function listProposals(db: Queryable, actor: Actor, { search, state, page }: ProposalFilter) {
  const readable = sql<boolean>`coalesce(${readableProposal(actor)}, false)`
  const delegationId = delegationOf(actor)?.id ?? ''
  // A project that the actor may not see keeps its name, in what is shown and in what is searched.
  const projectTitle = sql<
    string | null
  >`case when ${visibleProject(actor)} or ${readable} then ${projects.title} end`
  const condition = and(
    visibleProposal(actor),
    state ? eq(proposals.state, state) : undefined,
    search
      ? or(
          ...[proposals.title, projectTitle, organization.name].map((text) =>
            ilike(sql`${text}`, contains(search)),
          ),
        )
      : undefined,
  )
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: proposals.id,
        title: proposals.title,
        state: proposals.state,
        marking: proposals.marking,
        projectTitle,
        lead: organization.name,
        leadIso2: organization.partnerIso2,
        readable,
        /** The part of the actor's delegation; null for the secretariat, and where it has none. */
        part: sql<
          'own' | GrantLevel | null
        >`case when ${proposals.leadDelegationId} = ${delegationId} then 'own' else (select ${documentGrants.level} from ${documentGrants} where ${documentGrants.documentId} = ${proposals.documentId} and ${documentGrants.delegationId} = ${delegationId}) end`,
        writtenAt: sql<Date | null>`case when ${readable} then ${proposalFields.lastWrittenAt} end`.mapWith(
          proposalFields.lastWrittenAt,
        ),
        writtenBy: sql<string | null>`case when ${readable} then ${user.name} end`,
      })
      .from(proposals)
      .innerJoin(projects, eq(projects.id, proposals.projectId))
      .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
      .leftJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
      .leftJoin(user, eq(user.id, proposalFields.lastWrittenBy))
      .where(condition)
      .orderBy(
        // By when it was written only for those who may read it: an order tells, too.
        desc(
          sql`case when ${readable} then coalesce(${proposalFields.lastWrittenAt}, ${proposals.createdAt}) else ${proposals.createdAt} end`,
        ),
        asc(proposals.id),
      )
      .limit(PROPOSALS_A_PAGE)
      .offset((page - 1) * PROPOSALS_A_PAGE),
    db
      .select({ count: count() })
      .from(proposals)
      .innerJoin(projects, eq(projects.id, proposals.projectId))
      .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
      .where(condition),
  ])
  return { rows, total: total?.count ?? 0 }
}

/** All of them that fit, for a file: the pages of one moment, so that none is there twice or missing. */
export const everyProposal = (db: Database, actor: Actor, filter: ProposalFilter) =>
  db.transaction(
    async (tx) => {
      const first = await listProposals(tx, actor, { ...filter, page: 1 })
      const rows = [...first.rows]
      for (let page = 2; rows.length < first.total; page += 1)
        rows.push(...(await listProposals(tx, actor, { ...filter, page })).rows)
      return rows
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )

/** What the page of a proposal needs for somebody who may read it. Throws `notFound` for everybody else. */
export async function proposalPage(db: Queryable, actor: Actor, id: string) {
  if (!isId(id)) throw notFound()
  const [row] = await db
    .select({ documentId: proposals.documentId })
    .from(proposals)
    .where(eq(proposals.id, id))
  if (!row) throw notFound()
  const document = await documentFor(db, actor, row.documentId, 'read')
  const access = textAccess(actor, document.scope)
  if (!access || !document.proposal || document.scope.kind !== 'proposal') throw notFound()
  const [read] = await db
    .select({ problems: proposalFields.problems })
    .from(proposalFields)
    .where(eq(proposalFields.proposalId, id))
  return {
    ...(await partLines(db, actor, document)),
    id,
    title: document.proposal.title,
    project: { id: document.proposal.projectId, title: document.proposal.projectTitle },
    state: document.scope.state,
    marking: document.scope.marking,
    lead: document.owner,
    grants: document.grants,
    /** Delegations that write: each can answer for sections. */
    owners: [
      document.owner,
      ...document.grants
        .filter(({ level }) => level === 'write')
        .map(({ delegationId, name, iso2 }) => ({ id: delegationId, name, iso2 })),
    ],
    document: { id: document.id, channelId: document.channelId },
    access,
    mayInvite: can(actor, 'invite', document.scope),
    problems: read?.problems ?? [],
  }
}
