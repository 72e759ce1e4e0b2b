import { and, eq } from 'drizzle-orm'
import { conflict, isFault, unavailable } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database, Transaction } from '../../db/connection'
import { documentFor, lockDocument } from '../../db/queries/documents'
import { asideOf } from '../../db/queries/set-aside'
import { setAside } from '../../db/schema/set-aside'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from './worker-client'

type Parts = { db: Database; channels: Channels; documents: DocumentWorker }

/** What waits for a head's decision, with what each would change. Throws `notFound`, `forbidden`, `unavailable`. */
export async function readAside({ db, channels, documents }: Parts, actor: Actor, documentId: string) {
  const document = await documentFor(db, actor, documentId, 'settle')
  const kept = await asideOf(db, document.id)
  if (kept.length === 0) return []
  const state = await channels.load(document.channelId)
  if (!state) throw unavailable('The document cannot be read at this moment. Try again in a minute.')
  return Promise.all(
    kept.map(async ({ updates, ...rest }) => ({
      ...rest,
      // One that cannot be read is shown all the same, to be discarded.
      preview: await documents.run('previewAside', { state: state.data, updates }).catch(() => null),
    })),
  )
}

/**
 * Merges what was kept aside, as an entry in the name of its author, and lets go of it. By a head of the lead. Throws
 * `notFound`, `forbidden`, `conflict` (decided already, or the text does not hold what it builds on).
 */
export async function acceptAside(
  { db, channels, documents }: Parts,
  actor: Actor,
  documentId: string,
  asideId: string,
  from: string | null,
): Promise<void> {
  await settle(db, actor, documentId, asideId, 'write', async (tx, kept, channelId) => {
    const state = await channels.load(channelId)
    if (!state) throw unavailable('The document cannot be read at this moment. Try again in a minute.')
    // What of it arrived by other ways is in the log; a failure between here and the end leaves the rest to be empty.
    const { rest, isEmpty } = await documents.run('restOfAside', { state: state.data, updates: kept.updates })
    const author = { userId: kept.userId, organizationId: kept.organizationId }
    const seq = isEmpty ? state.seq : await append(channels, author, channelId, rest)
    await recordAct(tx, {
      actor,
      from,
      act: 'document.aside.accept',
      objectKind: 'document',
      objectId: documentId,
      before: { id: kept.id, userId: kept.userId, sha256: kept.sha256 },
      after: { seq },
    })
  })
}

/** Deletes what was kept aside. By a head of the lead. Throws `notFound`, `forbidden`, `conflict`. */
export async function discardAside(
  { db }: Pick<Parts, 'db'>,
  actor: Actor,
  documentId: string,
  asideId: string,
  from: string | null,
): Promise<void> {
  await settle(db, actor, documentId, asideId, 'settle', (tx, kept) =>
    recordAct(tx, {
      actor,
      from,
      act: 'document.aside.discard',
      objectKind: 'document',
      objectId: documentId,
      before: { id: kept.id, userId: kept.userId, sha256: kept.sha256 },
    }),
  )
}

/** Two heads at the same moment take turns at the document's row: the second finds that it is decided. */
function settle(
  db: Database,
  actor: Actor,
  documentId: string,
  asideId: string,
  also: 'write' | 'settle',
  decide: (tx: Transaction, kept: typeof setAside.$inferSelect, channelId: string) => Promise<void>,
): Promise<void> {
  return db.transaction(async (tx) => {
    await lockDocument(tx, documentId)
    const document = await documentFor(tx, actor, documentId, 'settle')
    await documentFor(tx, actor, documentId, also)
    const [kept] = await tx
      .delete(setAside)
      .where(and(eq(setAside.documentId, document.id), eq(setAside.id, asideId)))
      .returning()
    if (!kept) throw conflict('That was decided already.')
    await decide(tx, kept, document.channelId)
  })
}

async function append(
  channels: Channels,
  author: { userId: string; organizationId: string },
  channelId: string,
  data: Uint8Array,
): Promise<number> {
  try {
    return await channels.append(author, channelId, data)
  } catch (error) {
    if (isFault(error) && error.fault === 'invalid')
      throw conflict(
        'It builds on what this text does not hold: accept what came before it first, or discard it.',
      )
    throw error
  }
}
