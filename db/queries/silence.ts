/** Silence procedures and decisions, as far as somebody may know of them. */
import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { type Actor, delegationOf, secretariatRole } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { proposalVersions } from '../schema/cases'
import { decisions, silenceBreaks, silenceEntitled, silenceProcedures } from '../schema/decisions'
import { groupMembers, workingGroups } from '../schema/groups'
import { proposals } from '../schema/projects'
import { sessionMotions, sessionReaders, sessions } from '../schema/sessions'
import { visibleProposal } from './visibility'

/** Procedures that the actor may see: coordinators all, a delegation those it may break. */
export function visibleSilence(actor: Actor): SQL {
  if (secretariatRole(actor) === 'coordinator') return sql`true`
  const delegation = delegationOf(actor)
  if (!delegation) return sql`false`
  return sql`exists (select 1 from ${silenceEntitled} where ${silenceEntitled.procedureId} = ${silenceProcedures.id} and ${silenceEntitled.delegationId} = ${delegation.id})`
}

/** Those that run or ended lately, the next deadline first. */
export const silenceList = (db: Queryable, actor: Actor, subjectId: string | null = null) =>
  db
    .select({
      id: silenceProcedures.id,
      title: silenceProcedures.title,
      outcome: silenceProcedures.outcome,
      state: silenceProcedures.state,
      deadline: silenceProcedures.deadline,
      zone: silenceProcedures.zone,
      openedAt: silenceProcedures.openedAt,
      closedAt: silenceProcedures.closedAt,
      group: workingGroups.name,
      groupCode: workingGroups.code,
    })
    .from(silenceProcedures)
    .innerJoin(workingGroups, eq(workingGroups.id, silenceProcedures.groupId))
    .where(and(visibleSilence(actor), subjectId ? eq(silenceProcedures.subjectId, subjectId) : undefined))
    .orderBy(sql`${silenceProcedures.state} <> 'open'`, desc(silenceProcedures.deadline))
    .limit(100)

/** One procedure with who may break it and who did. Throws `notFound`. */
export async function silencePage(db: Queryable, actor: Actor, id: string) {
  if (!isId(id)) throw notFound()
  const [row] = await db
    .select({
      procedure: silenceProcedures,
      group: { id: workingGroups.id, name: workingGroups.name, code: workingGroups.code },
      openedBy: user.name,
      openedOf: organization.name,
      version: proposalVersions.number,
      decision: decisions.number,
    })
    .from(silenceProcedures)
    .innerJoin(workingGroups, eq(workingGroups.id, silenceProcedures.groupId))
    .innerJoin(user, eq(user.id, silenceProcedures.openedBy))
    .innerJoin(organization, eq(organization.id, silenceProcedures.organizationId))
    .leftJoin(proposalVersions, eq(proposalVersions.id, silenceProcedures.versionId))
    .leftJoin(decisions, eq(decisions.procedureId, silenceProcedures.id))
    .where(eq(silenceProcedures.id, id))
  if (!row) throw notFound()
  const entitled = await db
    .select({ id: organization.id, name: organization.name, iso2: organization.partnerIso2 })
    .from(silenceEntitled)
    .innerJoin(organization, eq(organization.id, silenceEntitled.delegationId))
    .where(eq(silenceEntitled.procedureId, id))
    .orderBy(asc(organization.name))
  const scope = {
    kind: 'silence',
    state: row.procedure.state,
    entitledIds: entitled.map((one) => one.id),
  } as const
  if (!can(actor, 'see', scope)) throw notFound()
  const breaks = await db
    .select({
      id: silenceBreaks.id,
      kind: silenceBreaks.kind,
      reason: silenceBreaks.reason,
      at: silenceBreaks.at,
      by: user.name,
      of: organization.name,
      iso2: organization.partnerIso2,
    })
    .from(silenceBreaks)
    .innerJoin(user, eq(user.id, silenceBreaks.userId))
    .innerJoin(organization, eq(organization.id, silenceBreaks.delegationId))
    .where(eq(silenceBreaks.procedureId, id))
    .orderBy(asc(silenceBreaks.at))
  return {
    ...row,
    entitled,
    breaks,
    mayBreak: can(actor, 'break', scope),
    mayCancel: can(actor, 'cancel', scope),
  }
}

/** Decisions over what the actor may know of, and those of groups that their delegation sits in. */
export function visibleDecision(actor: Actor): SQL {
  if (secretariatRole(actor) === 'coordinator' || secretariatRole(actor) === 'secretary') return sql`true`
  const known = sql`(${decisions.subjectKind} = 'proposal' and exists (select 1 from ${proposals} where ${proposals.id} = ${decisions.subjectId} and ${visibleProposal(actor)}))`
  const delegation = delegationOf(actor)
  if (!delegation) return known
  const seated = sql`exists (select 1 from ${groupMembers} where ${groupMembers.groupId} = ${decisions.groupId} and ${groupMembers.delegationId} = ${delegation.id} and ${groupMembers.from} <= ${decisions.adoptedAt}::date and (${groupMembers.to} is null or ${groupMembers.to} > ${decisions.adoptedAt}::date))`
  // A motion of a restricted session: only for the delegations named.
  const kept = sql`exists (select 1 from ${sessionMotions} join ${sessions} on ${sessions.id} = ${sessionMotions.sessionId} where ${sessionMotions.motionId} = ${decisions.subjectId} and ${sessions.marking} = 'restricted' and not exists (select 1 from ${sessionReaders} where ${sessionReaders.sessionId} = ${sessions.id} and ${sessionReaders.delegationId} = ${delegation.id}))`
  return or(known, and(seated, sql`not ${kept}`)) ?? known
}

const decisionLine = {
  number: decisions.number,
  title: decisions.title,
  outcome: decisions.outcome,
  how: decisions.how,
  adoptedAt: decisions.adoptedAt,
  group: workingGroups.name,
  groupId: workingGroups.id,
}

/** The last ones first. */
export const decisionList = (db: Queryable, actor: Actor, groupId: string | null = null) =>
  db
    .select(decisionLine)
    .from(decisions)
    .innerJoin(workingGroups, eq(workingGroups.id, decisions.groupId))
    .where(and(visibleDecision(actor), groupId ? eq(decisions.groupId, groupId) : undefined))
    .orderBy(desc(decisions.adoptedAt), desc(decisions.number))
    .limit(200)

/** One decision by its number. Throws `notFound`. */
export async function decisionPage(db: Queryable, actor: Actor, number: string) {
  const [row] = await db
    .select({
      ...decisionLine,
      text: decisions.text,
      textSha256: decisions.textSha256,
      subjectKind: decisions.subjectKind,
      subjectId: decisions.subjectId,
      procedureId: decisions.procedureId,
      version: proposalVersions.number,
      versionSha256: proposalVersions.sha256,
    })
    .from(decisions)
    .innerJoin(workingGroups, eq(workingGroups.id, decisions.groupId))
    .leftJoin(proposalVersions, eq(proposalVersions.id, decisions.versionId))
    .where(and(eq(decisions.number, number), visibleDecision(actor)))
  if (!row) throw notFound()
  return row
}

/** The decision over a proposal; null while there is none. For whoever may read the proposal: the caller has asked. */
export async function decisionOver(db: Queryable, proposalId: string) {
  const [row] = await db
    .select({
      ...decisionLine,
      text: decisions.text,
      textSha256: decisions.textSha256,
      versionId: decisions.versionId,
    })
    .from(decisions)
    .innerJoin(workingGroups, eq(workingGroups.id, decisions.groupId))
    .where(and(eq(decisions.subjectKind, 'proposal'), eq(decisions.subjectId, proposalId)))
    .orderBy(desc(decisions.adoptedAt))
    .limit(1)
  return row ?? null
}

/** Working groups by name, for choosing one. */
export const groupChoices = (db: Queryable) =>
  db
    .select({ id: workingGroups.id, name: workingGroups.name, silenceHours: workingGroups.silenceHours })
    .from(workingGroups)
    .orderBy(asc(workingGroups.name))
