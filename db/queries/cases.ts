/** A proposal's way: where it stands, who moved it and why, which versions were frozen, what it lacks. */
import { and, asc, desc, eq, ne, or, sql } from 'drizzle-orm'
import { type Missing, missingIn } from '../../app/domain/completeness'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import { type Actor, secretariatRole } from '../../app/domain/people'
import { PROPOSAL_MOVES } from '../../app/domain/proposal-machine'
import { can } from '../../app/domain/rights'
import { notReady } from '../../app/domain/section-state'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { proposalMoves, proposalVersions } from '../schema/cases'
import { decisions } from '../schema/decisions'
import { projectMinerals, projects, proposalFields, proposals } from '../schema/projects'
import { caseConsent } from './consents'
import { documentFor } from './documents'
import { readableProposal, visibleProject } from './visibility'

/** Sites nearer than this may be the same. */
const NEAR_KM = 25
const LIKE_IT = 10

/** For somebody who may read the proposal. Throws `notFound` for everybody else. */
export async function proposalCase(db: Queryable, actor: Actor, id: string) {
  if (!isId(id)) throw notFound()
  const [row] = await db
    .select({
      documentId: proposals.documentId,
      projectId: proposals.projectId,
      groupId: proposals.groupId,
      returnOf: proposals.returnOf,
    })
    .from(proposals)
    .where(eq(proposals.id, id))
  if (!row) throw notFound()
  const { scope, title, owner } = await documentFor(db, actor, row.documentId, 'read')
  if (scope.kind !== 'proposal') throw notFound()
  const steers = secretariatRole(actor) === 'coordinator'
  const [moves, versions, missing, alike, consent, links] = await Promise.all([
    movesOf(db, id),
    versionsOf(db, id),
    missingOf(db, id),
    steers ? projectsLike(db, actor, row.projectId, id) : [],
    scope.state === 'draft' ? null : caseConsent(db, actor, id, scope),
    linkedCases(db, actor, id, row.returnOf),
  ])
  const isWritten = can(actor, 'write', scope)
  return {
    id,
    title,
    documentId: row.documentId,
    lead: owner,
    state: scope.state,
    marking: scope.marking,
    moves,
    versions,
    dueOn: moves[0]?.dueOn ?? null,
    /** What the authors still have to write; nobody else is told before it is submitted. */
    missing: isWritten || can(actor, 'submit', scope) ? missing.missing : null,
    /** Titles of sections that are written and not called ready yet. */
    notReady: missing.notReady,
    groupId: row.groupId,
    mayAnswer: can(actor, 'answer', scope),
    may: PROPOSAL_MOVES.filter((move) => can(actor, move, scope)),
    alike: steers ? alike : null,
    consent,
    /** The declined case that it came back from, and the one as which it came back, as far as the reader may read them. */
    ...links,
    mayBringBack: can(actor, 'bring_back', scope),
  }
}

/** The cases before and after this one, as far as the reader may read them. */
async function linkedCases(db: Queryable, actor: Actor, id: string, returnOf: string | null) {
  const rows = await db
    .select({
      id: proposals.id,
      title: proposals.title,
      state: proposals.state,
      at: proposals.createdAt,
      decision: decisions.number,
    })
    .from(proposals)
    .leftJoin(decisions, and(eq(decisions.subjectKind, 'proposal'), eq(decisions.subjectId, proposals.id)))
    .where(
      and(
        or(eq(proposals.returnOf, id), returnOf ? eq(proposals.id, returnOf) : undefined),
        readableProposal(actor),
      ),
    )
  return {
    cameFrom: rows.find((row) => row.id === returnOf) ?? null,
    cameBackAs: rows.find((row) => row.id !== returnOf) ?? null,
  }
}

/** The last one first. */
const movesOf = (db: Queryable, id: string) =>
  db
    .select({
      id: proposalMoves.id,
      move: proposalMoves.move,
      after: proposalMoves.after,
      reason: proposalMoves.reason,
      version: proposalVersions.number,
      dueOn: proposalMoves.dueOn,
      at: proposalMoves.at,
      by: user.name,
      of: organization.name,
      iso2: organization.partnerIso2,
    })
    .from(proposalMoves)
    .innerJoin(user, eq(user.id, proposalMoves.userId))
    .innerJoin(organization, eq(organization.id, proposalMoves.organizationId))
    .leftJoin(proposalVersions, eq(proposalVersions.id, proposalMoves.versionId))
    .where(eq(proposalMoves.proposalId, id))
    .orderBy(desc(proposalMoves.at), desc(proposalMoves.id))

const versionsOf = (db: Queryable, id: string) =>
  db
    .select({
      number: proposalVersions.number,
      sha256: proposalVersions.sha256,
      at: proposalVersions.submittedAt,
      by: user.name,
      words: proposalVersions.words,
    })
    .from(proposalVersions)
    .innerJoin(user, eq(user.id, proposalVersions.submittedBy))
    .where(eq(proposalVersions.proposalId, id))
    .orderBy(desc(proposalVersions.number))

/** As of the projection, a second old at most; a submission reads the text itself. */
async function missingOf(db: Queryable, id: string): Promise<{ missing: Missing[]; notReady: string[] }> {
  const [read] = await db.select().from(proposalFields).where(eq(proposalFields.proposalId, id))
  const missing = missingIn(
    read ?? {
      ...{ minerals: null, stages: null, capacityTonnes: null, capitalCost: null, currency: null },
      ...{ place: null, countryIso2: null, lat: null, problems: [], words: {}, suggestions: {} },
    },
  )
  return { missing, notReady: notReady(read?.words ?? {}, read?.ready ?? []) }
}

/**
 * Other projects of the same mineral that may be the same one: their sites lie within 25 km, or their place has the
 * same name in the same country. Distance by the haversine formula on a sphere of 6,371 km.
 */
function projectsLike(db: Queryable, actor: Actor, projectId: string, proposalId: string) {
  const mine = sql`(select * from ${proposalFields} where ${proposalFields.proposalId} = ${proposalId}) mine`
  const km = sql<number | null>`(
    select round((2 * 6371 * asin(sqrt(least(1, power(sin(radians((mine.lat - ${projects.lat}) / 2)), 2)
      + cos(radians(mine.lat)) * cos(radians(${projects.lat})) * power(sin(radians((mine.lon - ${projects.lon}) / 2)), 2)))))::numeric, 1)::float8
    from ${mine})`
  return db
    .select({ id: projects.id, title: projects.title, place: projects.place, km })
    .from(projects)
    .where(
      and(
        ne(projects.id, projectId),
        visibleProject(actor),
        sql`exists (select 1 from ${projectMinerals}, ${mine} where ${projectMinerals.projectId} = ${projects.id} and ${projectMinerals.mineralId} = any(mine.minerals))`,
        sql`(${km} <= ${NEAR_KM} or exists (select 1 from ${mine} where mine.country_iso2 = ${projects.countryIso2} and lower(mine.place) = lower(${projects.place})))`,
      ),
    )
    .orderBy(asc(projects.title))
    .limit(LIKE_IT)
}
