/** Views of lists that a person keeps for themselves. */
import { and, asc, count, eq } from 'drizzle-orm'
import { conflict } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { SavedViewInput } from '../../app/domain/saved-view'
import type { Database } from '../../db/connection'
import { savedViews } from '../../db/schema/saved-views'
import { newId } from '../ids'

const MOST = 30

/** The actor's own views of a list, by name. */
export const viewsOf = (db: Database, { userId }: Actor, place: string) =>
  db
    .select({ id: savedViews.id, name: savedViews.name, query: savedViews.query })
    .from(savedViews)
    .where(and(eq(savedViews.userId, userId), eq(savedViews.place, place)))
    .orderBy(asc(savedViews.name))

/** Keeps a view; one of the same name is replaced. Throws `conflict` when there are too many. */
export async function keepView(
  db: Database,
  { userId }: Actor,
  place: string,
  { name, query }: SavedViewInput,
): Promise<void> {
  const [held] = await db.select({ n: count() }).from(savedViews).where(eq(savedViews.userId, userId))
  if ((held?.n ?? 0) >= MOST) throw conflict(`You keep ${MOST} views. Take one away first.`)
  await db
    .insert(savedViews)
    .values({ id: newId(), userId, place, name, query })
    .onConflictDoUpdate({ target: [savedViews.userId, savedViews.place, savedViews.name], set: { query } })
}

/** Takes a view of one's own away. */
export async function dropView(db: Database, { userId }: Actor, id: string): Promise<void> {
  await db.delete(savedViews).where(and(eq(savedViews.id, id), eq(savedViews.userId, userId)))
}
