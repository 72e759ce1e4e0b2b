/** The restricted parts of a text: which there are and whom to ask, for whoever reads the whole; nothing more of them. */
import { and, asc, eq } from 'drizzle-orm'
import { canReadFrozenPart, PART_LABEL } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable } from '../connection'
import { member, user } from '../schema/auth'
import { documentParts, documentPartVersions } from '../schema/parts'
import { documents } from '../schema/projects'
import { type ScopedDocument, scopedDocument } from './documents'
import { isReviewer } from './frozen'

/** Documents that are parts of the whole, by their kind. */
export const partsOf = (db: Queryable, wholeId: string) =>
  db
    .select({ id: documentParts.documentId, channelId: documents.channelId, kind: documentParts.kind })
    .from(documentParts)
    .innerJoin(documents, eq(documents.id, documentParts.documentId))
    .where(eq(documentParts.wholeId, wholeId))
    .orderBy(asc(documentParts.kind))

/** `id`: for those who may open it. */
export type PartLine = { kind: string; label: string; id: string | null }
/** Whom somebody asks who may not read a part: the delegation that leads, and its heads. */
export type Ask = { delegation: string; heads: string[] }

/** For somebody who may read the whole. */
export async function partLines(
  db: Queryable,
  actor: Actor,
  whole: ScopedDocument,
): Promise<{ parts: PartLine[]; ask: Ask }> {
  const found = await partsOf(db, whole.id)
  const parts = await Promise.all(
    found.map(async ({ id, kind }): Promise<PartLine> => {
      const part = await scopedDocument(db, id)
      const isOpen = part !== null && can(actor, 'read', part.scope)
      return { kind, label: PART_LABEL[kind], id: isOpen ? id : null }
    }),
  )
  const isClosed = parts.some(({ id }) => id === null)
  const heads = isClosed ? await headsOf(db, whole.owner.id) : []
  return { parts, ask: { delegation: whole.owner.name, heads } }
}

/** The heads of a delegation, by name: whom somebody asks who may not read what it leads. */
export async function headsOf(db: Queryable, delegationId: string): Promise<string[]> {
  const heads = await db
    .select({ name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, delegationId), eq(member.role, 'head')))
    .orderBy(asc(user.name))
  return heads.map(({ name }) => name)
}

/**
 * What was frozen of the parts with a version of the whole, for somebody who may read that version: the bytes and their
 * SHA-256 of those that they may read, of others the name only.
 */
export async function frozenParts(db: Queryable, actor: Actor, whole: ScopedDocument, versionId: string) {
  const rows = await db
    .select({ kind: documentParts.kind, frozen: documentPartVersions })
    .from(documentPartVersions)
    .innerJoin(documentParts, eq(documentParts.documentId, documentPartVersions.documentId))
    .where(eq(documentPartVersions.frozenWith, versionId))
    .orderBy(asc(documentParts.kind))
  if (rows.length === 0) return { parts: [], ask: null }
  const reviewsIt = await isReviewer(db, actor, versionId)
  const parts = await Promise.all(
    rows.map(async ({ kind, frozen }) => {
      const part = await scopedDocument(db, frozen.documentId)
      const isOpen = part?.scope.kind === 'part' && canReadFrozenPart(actor, part.scope, reviewsIt)
      return { kind, label: PART_LABEL[kind], frozen: isOpen ? frozen : null }
    }),
  )
  return { parts, ask: { delegation: whole.owner.name, heads: await headsOf(db, whole.owner.id) } }
}
