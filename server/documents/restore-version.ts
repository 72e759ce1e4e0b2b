import { conflict, invalid } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { Database } from '../../db/connection'
import { documentFor, templateOf } from '../../db/queries/documents'
import { wholeLog } from '../../db/queries/history'
import { documentRestores } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from './worker-client'

type Parts = { db: Database; channels: Channels; documents: DocumentWorker }

/**
 * Makes the text and the key facts of a document what they were at an entry of its log, by a new edit in the actor's name
 * that everybody sees live. Nothing of the log is lost: the version before can be brought back alike. What others write
 * meanwhile merges with it. Throws `notFound`, `forbidden`, `invalid` for a version that there is not, and `conflict`
 * when the document is as it was then.
 */
export async function restoreVersion(
  { db, channels, documents: worker }: Parts,
  actor: Actor,
  documentId: string,
  seq: number,
  from: string | null,
): Promise<void> {
  const document = await documentFor(db, actor, documentId, 'write')
  const log = await wholeLog(db, document)
  const head = log.lines.at(-1)?.seq ?? 0
  if (seq < 1 || seq > head) throw invalid('There is no such version.')
  const { updates } = await worker.run('restore', { log, kind: templateOf(document), seq })
  if (updates.length === 0) throw conflict('The document is as it was in that version already.')
  // The right may have been taken away while the version was read.
  await documentFor(db, actor, documentId, 'write')
  const author = { userId: actor.userId, organizationId: actor.organization.id }
  const seqs: number[] = []
  for (const update of updates) seqs.push(await channels.append(author, document.channelId, update))
  await db.transaction(async (tx) => {
    await tx
      .insert(documentRestores)
      .values(seqs.map((made) => ({ documentId: document.id, seq: made, restoredSeq: seq })))
    await recordAct(tx, {
      actor,
      from,
      act: 'document.restore',
      objectKind: 'document',
      objectId: document.id,
      before: { version: head },
      after: { version: seqs.at(-1), restored: seq },
    })
  })
}
