/** What a desk shows: a delegation's own work and what it is invited to, or what the secretariat may see. */
import { and, asc, countDistinct, desc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { DeskProject, DeskProposal } from '../../app/domain/desk'
import { type Actor, delegationOf, secretariatRole } from '../../app/domain/people'
import type { GrantLevel } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import {
  channelClients,
  documentGrants,
  documents,
  invitation,
  member,
  organization,
  partners,
  projects,
  proposalFields,
  proposals,
  user,
} from '../schema'
import { ownFollowUps } from './follow-ups'
import { obligationsDue } from './partners'
import { projectLine, takesPart, withNames } from './project-lines'
import { readableProposal, visibleProject } from './visibility'

const PROJECTS_SHOWN = 50

/** The desk of whoever asks; it holds nothing that `can` would refuse them. */
export async function deskOf(db: Queryable, actor: Actor) {
  const delegation = delegationOf(actor)
  if (!delegation) return secretariatDesk(db, actor)
  return {
    kind: 'delegation' as const,
    delegation,
    projects: await projectsOf(db, actor, delegation),
    proposals: await proposalsWhere(db, readableProposal(actor), delegation.id),
    followUps: await ownFollowUps(db, actor, delegation.id),
    due: await obligationsDue(db, delegation.partnerIso2),
  }
}

/** Projects that the delegation entered, and those it may see in which its partner leads or takes part. */
async function projectsOf(
  db: Queryable,
  actor: Actor,
  delegation: { id: string; partnerIso2: string },
): Promise<DeskProject[]> {
  const rows = await db
    .select(projectLine)
    .from(projects)
    .leftJoin(partners, eq(partners.iso2, projects.countryIso2))
    .where(
      and(
        visibleProject(actor),
        or(
          eq(projects.ownerDelegationId, delegation.id),
          eq(projects.leadPartnerIso2, delegation.partnerIso2),
          takesPart(delegation.partnerIso2),
        ),
      ),
    )
    .orderBy(sql`${projects.ownerDelegationId} is null`, desc(projects.updatedAt), asc(projects.title))
    .limit(PROJECTS_SHOWN)
  return withNames(db, rows)
}

/** Proposals of the condition, the last written first, each with the reader's own share. */
async function proposalsWhere(
  db: Queryable,
  where: SQL | undefined,
  readerId: string | null,
): Promise<DeskProposal[]> {
  const rows = await db
    .select({
      id: proposals.id,
      documentId: proposals.documentId,
      title: proposals.title,
      state: proposals.state,
      marking: proposals.marking,
      projectId: projects.id,
      projectTitle: projects.title,
      leadId: proposals.leadDelegationId,
      leadName: organization.name,
      leadIso2: organization.partnerIso2,
      words: proposalFields.words,
      problems: proposalFields.problems,
      lastAt: proposalFields.lastWrittenAt,
      lastBy: user.name,
      writtenByUs: sql<boolean>`exists (select 1 from ${channelClients} where ${channelClients.channelId} = ${documents.channelId} and ${channelClients.organizationId} = ${readerId})`,
    })
    .from(proposals)
    .innerJoin(documents, eq(documents.id, proposals.documentId))
    .innerJoin(projects, eq(projects.id, proposals.projectId))
    .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
    .leftJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
    .leftJoin(user, eq(user.id, proposalFields.lastWrittenBy))
    .where(where)
    .orderBy(sql`coalesce(${proposalFields.lastWrittenAt}, ${proposals.createdAt}) desc`)
  const grants = await grantsOn(
    db,
    rows.map((row) => row.documentId),
  )
  return rows.map((row) => {
    const invited = grants.filter((grant) => grant.documentId === row.documentId)
    const own: GrantLevel = invited.find((grant) => grant.delegationId === readerId)?.level ?? 'read'
    return {
      id: row.id,
      title: row.title,
      project: { id: row.projectId, title: row.projectTitle },
      state: row.state,
      marking: row.marking,
      lead: { name: row.leadName, iso2: row.leadIso2 ?? '' },
      level: row.leadId === readerId ? 'own' : own,
      invited: invited.map(({ name, iso2, level }) => ({ name, iso2: iso2 ?? '', level })),
      lastWritten: row.lastAt ? { at: row.lastAt, by: row.lastBy } : null,
      writtenByUs: row.writtenByUs,
      words: row.words ?? {},
      problems: row.problems ?? [],
    }
  })
}

function grantsOn(db: Queryable, documentIds: string[]) {
  return db
    .select({
      documentId: documentGrants.documentId,
      delegationId: documentGrants.delegationId,
      level: documentGrants.level,
      name: organization.name,
      iso2: organization.partnerIso2,
    })
    .from(documentGrants)
    .innerJoin(organization, eq(organization.id, documentGrants.delegationId))
    .where(inArray(documentGrants.documentId, documentIds))
    .orderBy(asc(organization.name))
}

async function secretariatDesk(db: Queryable, actor: Actor) {
  return {
    kind: 'secretariat' as const,
    name: actor.organization.name,
    role: secretariatRole(actor) ?? ('secretary' as const),
    submitted: await proposalsWhere(db, readableProposal(actor), null),
    delegations: await delegationSizes(db),
  }
}

/** Each delegation in the portal with its people and the invitations that are still open. */
function delegationSizes(db: Queryable) {
  return db
    .select({
      id: organization.id,
      name: organization.name,
      iso2: organization.partnerIso2,
      people: countDistinct(member.id),
      heads: sql<number>`count(distinct ${member.id}) filter (where ${member.role} = 'head')::int`,
      openInvitations: countDistinct(invitation.id),
    })
    .from(organization)
    .leftJoin(member, eq(member.organizationId, organization.id))
    .leftJoin(
      invitation,
      and(
        eq(invitation.organizationId, organization.id),
        eq(invitation.status, 'pending'),
        gt(invitation.expiresAt, sql`now()`),
      ),
    )
    .where(eq(organization.kind, 'delegation'))
    .groupBy(organization.id)
    .orderBy(asc(organization.name))
}
