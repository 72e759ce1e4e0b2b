import { notFound } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import { can, seesHistory } from '../../app/domain/rights'
import type { Database } from '../../db/connection'
import { documentFor, templateOf } from '../../db/queries/documents'
import { namesOf, versionsOf, wholeLog } from '../../db/queries/history'
import { minerals } from '../../db/schema/partners'
import type { DocumentWorker } from './worker-client'

export type HistoryWish = {
  /** The moment to show, as a seq; null: now. */
  at: number | null
  /** The moment to compare it with; null: the one before. */
  from: number | null
  compare: boolean
}

/**
 * The history of a document for somebody who may read it now: who wrote when and the text of one moment, with what
 * differs from another where `compare` is asked. Throws `notFound`, and `invalid` when it is too long to be shown.
 */
export async function readHistory(
  { db, documents: worker }: { db: Database; documents: DocumentWorker },
  actor: Actor,
  id: string,
  wish: HistoryWish,
) {
  const document = await documentFor(db, actor, id, 'read')
  if (!seesHistory(actor, document.scope)) throw notFound()
  const [log, versions, names] = await Promise.all([
    wholeLog(db, document),
    versionsOf(db, document.id),
    db.select({ id: minerals.id, name: minerals.name }).from(minerals),
  ])
  const shown = await worker.run('history', {
    log,
    kind: templateOf(document),
    ...wish,
    minerals: Object.fromEntries(names.map((mineral) => [mineral.id, mineral.name])),
  })
  const { people, organizations } = await namesOf(
    db,
    [...new Set(shown.sittings.map((sitting) => sitting.userId))],
    [...new Set(shown.sittings.map((sitting) => sitting.organizationId))],
  )
  const sittings = shown.sittings.map((sitting) => ({
    ...sitting,
    name: people.get(sitting.userId) ?? 'Somebody whose account is gone',
    organization: organizations.get(sitting.organizationId)?.name ?? '',
    iso2: organizations.get(sitting.organizationId)?.iso2 ?? null,
  }))
  return { document, ...shown, sittings, versions, mayWrite: can(actor, 'write', document.scope) }
}
