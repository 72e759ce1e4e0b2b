import { unavailable } from '../../app/domain/fault'
import { PART_LABEL } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import { PROPOSAL_STATE_LABEL } from '../../app/domain/project-stage'
import type { Database } from '../../db/connection'
import { documentFor, templateOf } from '../../db/queries/documents'
import { partsOf } from '../../db/queries/parts'
import { minerals } from '../../db/schema/partners'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { DocumentWorker } from './worker-client'

export const EXPORT_FORMATS = {
  docx: {
    job: 'exportDocx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  pdf: { job: 'exportPdf', type: 'application/pdf' },
} as const
export type ExportFormat = keyof typeof EXPORT_FORMATS

type Parts = { db: Database; channels: Channels; documents: DocumentWorker }

/**
 * A document as a file for somebody who may export it; for others it does not exist. Out: bytes, media type and a
 * file name of title and version.
 */
export async function exportDocument(
  { db, channels, documents: worker }: Parts,
  actor: Actor,
  id: string,
  format: ExportFormat,
  from: string | null,
): Promise<{ bytes: Uint8Array; type: string; name: string }> {
  const document = await documentFor(db, actor, id, 'export')
  const state = await channels.load(document.channelId)
  if (!state) throw unavailable('The document cannot be read at this moment. Try again in a minute.')
  const names = await db.select({ id: minerals.id, name: minerals.name }).from(minerals)
  const { job, type } = EXPORT_FORMATS[format]
  const bytes = await worker.run(job, {
    data: state.data,
    kind: templateOf(document),
    title: document.title,
    marking: document.scope.marking,
    version: state.seq,
    printedAt: new Date().toISOString(),
    owner: document.owner.name,
    participants: document.grants.map(({ name, level }) => ({ name, level })),
    project: document.proposal?.projectTitle ?? null,
    restricted: (await partsOf(db, document.id)).map(({ kind }) => PART_LABEL[kind]),
    state: document.scope.kind === 'proposal' ? PROPOSAL_STATE_LABEL[document.scope.state] : null,
    minerals: Object.fromEntries(names.map((mineral) => [mineral.id, mineral.name])),
  })
  await db.transaction((tx) =>
    recordAct(tx, {
      actor,
      from,
      act: 'document.export',
      objectKind: 'document',
      objectId: document.id,
      after: { format, version: state.seq },
    }),
  )
  return { bytes, type, name: `${document.title.slice(0, 80)} v${state.seq}.${format}` }
}
