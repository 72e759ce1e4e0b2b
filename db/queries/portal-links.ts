/** Objects of the portal that texts link to: what they are called now, for whoever may see them. */
import { and, inArray, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../app/domain/people'
import {
  isPortalKind,
  type PortalKind,
  type PortalLabel,
  type PortalRef,
  refKey,
} from '../../app/domain/portal-link'
import type { Queryable } from '../connection'
import { decisions } from '../schema/decisions'
import { minerals, partners } from '../schema/partners'
import { projects } from '../schema/projects'
import { search } from './search'
import { visibleDecision } from './silence'
import { visibleProject } from './visibility'

type Found = { id: string; label: string }

const FIND: Record<PortalKind, (db: Queryable, actor: Actor, ids: string[]) => Promise<Found[]>> = {
  project: (db, actor, ids) =>
    db
      .select({ id: projects.id, label: projects.title })
      .from(projects)
      .where(and(inArray(projects.id, ids), visibleProject(actor))),
  decision: (db, actor, ids) =>
    db
      .select({
        id: decisions.number,
        label: sql<string>`${decisions.number} || ' · ' || ${decisions.title}`,
      })
      .from(decisions)
      .where(and(inArray(decisions.number, ids), visibleDecision(actor) as SQL)),
  partner: (db, _actor, ids) =>
    db.select({ id: partners.iso2, label: partners.name }).from(partners).where(inArray(partners.iso2, ids)),
  mineral: (db, _actor, ids) =>
    db.select({ id: minerals.id, label: minerals.name }).from(minerals).where(inArray(minerals.id, ids)),
}

const PATH: Record<PortalKind, (id: string) => string> = {
  project: (id) => `/projects/${id}`,
  partner: (id) => `/partners/${id}`,
  mineral: (id) => `/minerals/${encodeURIComponent(id)}`,
  decision: (id) => `/decisions/${id}`,
}

/** By key: the label and the page of each that the actor may see; null for all others, whether they are there or not. */
export async function labelsOf(
  db: Queryable,
  actor: Actor,
  refs: readonly PortalRef[],
): Promise<Record<string, PortalLabel>> {
  const labels: Record<string, PortalLabel> = Object.fromEntries(refs.map((ref) => [refKey(ref), null]))
  await Promise.all(
    [...grouped(refs)].map(async ([kind, some]) => {
      // PostgreSQL knows no text with a zero character.
      const ids = some.map(({ id }) => id).filter((id) => !id.includes('\0'))
      if (ids.length === 0) return
      for (const { id, label } of await FIND[kind](db, actor, ids))
        labels[refKey({ kind, id })] = { label, path: PATH[kind](id) }
    }),
  )
  return labels
}

function grouped(refs: readonly PortalRef[]): Map<PortalKind, PortalRef[]> {
  const byKind = new Map<PortalKind, PortalRef[]>()
  for (const ref of refs) byKind.set(ref.kind, [...(byKind.get(ref.kind) ?? []), ref])
  return byKind
}

export type Suggestion = PortalRef & { label: string }
const MOST = 12

/** Objects of that name which the actor may see: those whose name begins so first, then those with a word that does. */
export async function suggestLinks(db: Queryable, actor: Actor, text: string): Promise<Suggestion[]> {
  const found = await search(db, actor, { text, kind: null })
  return found
    .flatMap(({ kind, hits }) =>
      isPortalKind(kind) ? hits.slice(0, 4).map(({ id, title }) => ({ kind, id, label: title })) : [],
    )
    .map((suggestion) => ({ suggestion, place: placeOf(suggestion.label, text) }))
    .sort((a, b) => a.place - b.place)
    .map(({ suggestion }) => suggestion)
    .slice(0, MOST)
}

function placeOf(label: string, text: string): number {
  const [name, sought] = [label.toLowerCase(), text.trim().toLowerCase()]
  if (name.startsWith(sought)) return 0
  return name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought)) ? 1 : 2
}
