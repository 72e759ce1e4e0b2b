/** A project's page. */
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { organization, user } from '../schema/auth'
import { partners } from '../schema/partners'
import { announcedFinancing, projectPartners, projects, proposals } from '../schema/projects'
import { liveFigures, shownFigures } from './project-figures'
import { scopedProject } from './project-scope'
import { readableProposal, visibleProposal } from './visibility'

/** One project with everything the actor may know of it. Throws `notFound`. Five queries. */
export async function projectPage(db: Queryable, actor: Actor, id: string) {
  const found = await scopedProject(db, id)
  if (!found || !can(actor, 'see', found.scope)) throw notFound()
  const live = liveFigures(db, actor)
  const [[shown], financing, cases, taking] = await Promise.all([
    db
      .select(shownFigures(live))
      .from(projects)
      .leftJoin(live, eq(live.projectId, projects.id))
      .where(eq(projects.id, id)),
    db
      .select()
      .from(announcedFinancing)
      .where(eq(announcedFinancing.projectId, id))
      .orderBy(asc(announcedFinancing.position)),
    proposalsOf(db, actor, id),
    db
      .select({ iso2: partners.iso2, name: partners.name })
      .from(projectPartners)
      .innerJoin(partners, eq(partners.iso2, projectPartners.partnerIso2))
      .where(eq(projectPartners.projectId, id))
      .orderBy(asc(partners.name)),
  ])
  if (!shown) throw notFound()
  const { createdBy: _createdBy, ...project } = found.project
  const mayEdit = can(actor, 'edit', found.scope)
  return {
    project,
    shown,
    financing,
    proposals: cases,
    partners: taking,
    minerals: found.minerals,
    owner: found.owner,
    /** Whom a restricted marking names: for those who may change it. */
    readers: mayEdit ? found.namedReaders : [],
    mayEdit,
    mayPropose: can(actor, 'propose', found.scope),
  }
}

/** The project's cases that the actor may know of; `readable` says whether they may open one. */
const proposalsOf = (db: Queryable, actor: Actor, projectId: string) =>
  db
    .select({
      id: proposals.id,
      title: proposals.title,
      state: proposals.state,
      marking: proposals.marking,
      lead: organization.name,
      leadIso2: organization.partnerIso2,
      leadId: organization.id,
      createdBy: user.name,
      readable: sql<boolean>`coalesce(${readableProposal(actor)}, false)`,
    })
    .from(proposals)
    .innerJoin(organization, eq(organization.id, proposals.leadDelegationId))
    .innerJoin(user, eq(user.id, proposals.createdBy))
    .where(and(eq(proposals.projectId, projectId), visibleProposal(actor)))
    .orderBy(desc(proposals.createdAt))
