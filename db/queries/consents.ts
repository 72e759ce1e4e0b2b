/** The consent of the country that a case's site lies in: whose it is, where it stands, who may see it. */
import { and, asc, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { ConsentScope } from '../../app/domain/consent-rights'
import { countryName } from '../../app/domain/country'
import { notFound } from '../../app/domain/fault'
import { CONSENT_ACTS, type ConsentState } from '../../app/domain/host-consent'
import { isId } from '../../app/domain/id'
import { type Actor, delegationOf } from '../../app/domain/people'
import { OPEN_PROPOSAL_STATES } from '../../app/domain/project-stage'
import { can, type ProposalScope } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { member, organization, user } from '../schema/auth'
import { proposalVersions } from '../schema/cases'
import { hostConsentSteps, hostConsents } from '../schema/consents'
import { minerals } from '../schema/partners'
import { projects, proposalFields, proposals } from '../schema/projects'
import { scopedProposal } from './proposal-scope'
import { readableProposal } from './visibility'

const lead = alias(organization, 'lead')
const host = alias(organization, 'host')

/** As the text says; before it says so, as the project does. */
const hostIso2 = sql<string | null>`coalesce(${proposalFields.countryIso2}, ${projects.countryIso2})`
const hasHead = sql<boolean>`exists (select 1 from ${member} where ${member.organizationId} = ${host.id} and ${member.role} = 'head')`

export type HostConsent = {
  /** Null: no site is named yet. */
  hostIso2: string | null
  /** The country's name. */
  host: string
  hostDelegationId: string | null
  hostHasHead: boolean
  consent: typeof hostConsents.$inferSelect | null
  /** Null: it is required and was not asked for. */
  state: ConsentState | null
}

/** Whose consent a case needs, and where it stands; null when there is no such case. One query. */
export async function hostConsentOf(db: Queryable, proposalId: string): Promise<HostConsent | null> {
  const [row] = await db
    .select({
      iso2: hostIso2,
      leadIso2: lead.partnerIso2,
      delegationId: host.id,
      hasHead,
      consent: hostConsents,
    })
    .from(proposals)
    .innerJoin(projects, eq(projects.id, proposals.projectId))
    .innerJoin(lead, eq(lead.id, proposals.leadDelegationId))
    .leftJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
    .leftJoin(host, and(eq(host.kind, 'delegation'), sql`${host.partnerIso2} = ${hostIso2}`))
    .leftJoin(
      hostConsents,
      and(eq(hostConsents.proposalId, proposals.id), sql`${hostConsents.hostIso2} = ${hostIso2}`),
    )
    .where(eq(proposals.id, proposalId))
  if (!row) return null
  const isRequired = row.iso2 !== null && row.iso2 !== row.leadIso2
  return {
    hostIso2: row.iso2,
    host: row.iso2 === null ? '' : countryName(row.iso2),
    hostDelegationId: row.delegationId,
    hostHasHead: row.hasHead,
    consent: row.consent,
    state: isRequired ? (row.consent?.state ?? null) : 'not_required',
  }
}

/** What `can` asks over a case's consent. */
export const consentScope = (
  found: Pick<HostConsent, 'consent' | 'hostDelegationId' | 'hostHasHead'>,
  proposal: ProposalScope,
): ConsentScope<ProposalScope> => ({
  kind: 'consent',
  state: found.consent?.state ?? null,
  hostDelegationId: found.hostDelegationId,
  hostHasHead: found.hostHasHead,
  isOpen: OPEN_PROPOSAL_STATES.includes(proposal.state),
  case: proposal,
})

/** A case's consent as its page shows it, for whoever reads the case: the caller has asked. */
export async function caseConsent(db: Queryable, actor: Actor, proposalId: string, proposal: ProposalScope) {
  const found = await hostConsentOf(db, proposalId)
  if (!found || found.hostIso2 === null) return null
  const { consent, host: name, hostIso2: iso2, state } = found
  const isRequired = state !== 'not_required'
  return {
    id: isRequired ? (consent?.id ?? null) : null,
    ...{ host: name, iso2, state },
    steps: consent ? await stepsOf(db, consent.id) : [],
    mayAsk: isRequired && can(actor, 'ask', consentScope(found, proposal)),
  }
}

/** What was asked and answered, the last first. */
export const stepsOf = (db: Queryable, consentId: string) =>
  db
    .select({
      id: hostConsentSteps.id,
      after: hostConsentSteps.after,
      signedBy: hostConsentSteps.signedBy,
      statement: hostConsentSteps.statement,
      reference: hostConsentSteps.reference,
      at: hostConsentSteps.at,
      by: user.name,
      of: organization.name,
      iso2: organization.partnerIso2,
    })
    .from(hostConsentSteps)
    .innerJoin(user, eq(user.id, hostConsentSteps.userId))
    .innerJoin(organization, eq(organization.id, hostConsentSteps.organizationId))
    .where(eq(hostConsentSteps.consentId, consentId))
    .orderBy(desc(hostConsentSteps.at), desc(hostConsentSteps.id))

/** One consent with what `can` asks of it; null when there is none. */
export async function scopedConsent(db: Queryable, id: string) {
  if (!isId(id)) return null
  const [row] = await db
    .select({ consent: hostConsents, hostDelegationId: host.id, hostHasHead: hasHead })
    .from(hostConsents)
    .leftJoin(host, eq(host.id, hostConsents.delegationId))
    .where(eq(hostConsents.id, id))
  const proposal = row && (await scopedProposal(db, row.consent.proposalId))
  if (!row || !proposal) return null
  return { ...row, proposal, scope: consentScope(row, proposal.scope) }
}

/** A consent for its host, the secretariat and whoever reads the case. Throws `notFound`. */
export async function consentPage(db: Queryable, actor: Actor, id: string) {
  const found = await scopedConsent(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const { consent, proposal, scope } = found
  const [steps, [facts], [version], names] = await Promise.all([
    stepsOf(db, id),
    db
      .select({
        minerals: proposalFields.minerals,
        place: sql<string | null>`coalesce(${proposalFields.place}, ${projects.place})`,
        operator: sql<string | null>`coalesce(${proposalFields.operator}, ${projects.operator})`,
        product: proposalFields.product,
      })
      .from(proposals)
      .innerJoin(projects, eq(projects.id, proposals.projectId))
      .leftJoin(proposalFields, eq(proposalFields.proposalId, proposals.id))
      .where(eq(proposals.id, proposal.id)),
    db
      .select({ number: proposalVersions.number })
      .from(proposalVersions)
      .where(eq(proposalVersions.proposalId, proposal.id))
      .orderBy(desc(proposalVersions.number))
      .limit(1),
    db.select({ id: minerals.id, name: minerals.name }).from(minerals),
  ])
  return {
    ...{ id, state: consent.state, iso2: consent.hostIso2, host: countryName(consent.hostIso2), steps },
    title: proposal.document.title,
    marking: scope.case.marking,
    caseState: scope.case.state,
    lead: proposal.document.owner,
    proposalId: proposal.id,
    version: version?.number ?? null,
    place: facts?.place ?? null,
    operator: facts?.operator ?? null,
    product: facts?.product ?? null,
    minerals: (facts?.minerals ?? []).map((one) => names.find((known) => known.id === one)?.name ?? one),
    readsCase: can(actor, 'read', scope.case),
    /** A coordinator records what the host says in writing. */
    isRecorded: !scope.hostHasHead,
    may: CONSENT_ACTS.filter((act) => act !== 'ask' && can(actor, act, scope)),
  }
}

/** Consents that the actor may see. For statements over `host_consents`. */
export function visibleConsent(actor: Actor): SQL {
  const inCase = sql`exists (select 1 from ${proposals} where ${proposals.id} = ${hostConsents.proposalId} and ${readableProposal(actor)})`
  const delegation = delegationOf(actor)
  return delegation ? (or(eq(hostConsents.delegationId, delegation.id), inCase) ?? inCase) : inCase
}

/** Consents that wait for an answer of the actor's own delegation. */
export function consentsWaiting(db: Queryable, actor: Actor) {
  const delegation = delegationOf(actor)
  if (!delegation) return []
  return consentList(
    db,
    and(eq(hostConsents.delegationId, delegation.id), eq(hostConsents.state, 'requested')),
  )
}

/** Consents that were asked of the actor's own delegation, those that wait first. */
export function consentsOfHost(db: Queryable, actor: Actor) {
  const delegation = delegationOf(actor)
  return delegation ? consentList(db, eq(hostConsents.delegationId, delegation.id)) : []
}

const consentList = (db: Queryable, where: SQL | undefined) =>
  db
    .select({
      id: hostConsents.id,
      state: hostConsents.state,
      title: proposals.title,
      lead: organization.name,
      iso2: organization.partnerIso2,
      caseState: proposals.state,
      at: sql<string>`(select to_char(max(${hostConsentSteps.at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from ${hostConsentSteps} where ${hostConsentSteps.consentId} = ${hostConsents.id})`,
    })
    .from(hostConsents)
    .innerJoin(proposals, eq(proposals.id, hostConsents.proposalId))
    .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
    .where(where)
    .orderBy(sql`${hostConsents.state} <> 'requested'`, asc(proposals.title))
    .limit(100)
