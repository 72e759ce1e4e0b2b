/** The record of one object, for whoever may see it. */
import { and, desc, eq, inArray, or, type SQL } from 'drizzle-orm'
import { notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { type RecordKind, recordChange, recordWords, SHOWN_ACTS } from '../../app/domain/record-words'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { auditEntries } from '../schema/audit'
import { organization, user } from '../schema/auth'
import { groupPage } from './groups'
import { projectPage } from './project-page'
import { scopedProposal } from './proposal-scope'
import { silencePage } from './silence'

const MOST = 500

type Found = { title: string; back: string; entries: SQL | undefined }

const about = (kind: string, id: string) =>
  and(eq(auditEntries.objectKind, kind), eq(auditEntries.objectId, id))

/** Each kind's title, page and entries; they throw `notFound` for whoever may not see the object. */
const FIND: Record<RecordKind, (db: Queryable, actor: Actor, id: string) => Promise<Found>> = {
  async project(db, actor, id) {
    const { project } = await projectPage(db, actor, id)
    return { title: project.title, back: `/projects/${id}`, entries: about('project', id) }
  },
  async proposal(db, actor, id) {
    const found = await scopedProposal(db, id)
    if (!found || !can(actor, 'read', found.scope)) throw notFound()
    return {
      ...{ title: found.document.title, back: `/proposals/${id}/case` },
      entries: or(about('proposal', id), about('document', found.document.id)),
    }
  },
  async group(db, actor, id) {
    const { group } = await groupPage(db, actor, id)
    return { title: group.name, back: `/groups/${id}`, entries: about('group', id) }
  },
  async silence(db, actor, id) {
    const { procedure } = await silencePage(db, actor, id)
    return { title: procedure.title, back: `/silence/${id}`, entries: about('silence', id) }
  },
}

type Side = Record<string, unknown> | null
const asSide = (value: unknown): Side =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null

/** Who did what to it, the last first, at most 500. Throws `notFound` for whoever may not see it. */
export async function objectRecord(db: Queryable, actor: Actor, kind: RecordKind, id: string) {
  if (!isId(id)) throw notFound()
  const { entries, ...page } = await FIND[kind](db, actor, id)
  const rows = await db
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      by: user.name,
      of: organization.name,
      act: auditEntries.act,
      before: auditEntries.before,
      after: auditEntries.after,
      hash: auditEntries.hash,
    })
    .from(auditEntries)
    .leftJoin(user, eq(user.id, auditEntries.userId))
    .leftJoin(organization, eq(organization.id, auditEntries.organizationId))
    .where(and(entries, inArray(auditEntries.act, SHOWN_ACTS)))
    .orderBy(desc(auditEntries.id))
    .limit(MOST)
  const names = await db.select({ id: organization.id, name: organization.name }).from(organization)
  const nameOf = (delegation: string) => names.find((one) => one.id === delegation)?.name ?? 'a delegation'
  return {
    ...page,
    entries: rows.map(({ act, before, after, ...row }) => ({
      ...row,
      what: recordWords(act),
      change: recordChange(act, asSide(before), asSide(after), nameOf),
    })),
  }
}
