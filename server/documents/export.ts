import { isFault, notFound, unavailable } from '../../app/domain/fault'
import { PART_LABEL } from '../../app/domain/part-rights'
import type { Actor } from '../../app/domain/people'
import { pictureRef } from '../../app/domain/picture'
import type { PortalRef } from '../../app/domain/portal-link'
import { PROPOSAL_STATE_LABEL } from '../../app/domain/project-stage'
import type { Database } from '../../db/connection'
import { documentFor, templateOf } from '../../db/queries/documents'
import { partsOf } from '../../db/queries/parts'
import { labelsOf } from '../../db/queries/portal-links'
import { minerals } from '../../db/schema/partners'
import { recordAct } from '../audit/record'
import type { Channels } from '../channels/types'
import type { PictureParts } from '../pictures/keep'
import { readPicture } from '../pictures/read'
import type { DocumentWorker } from './worker-client'
import type { ExportRequest } from './worker-protocol'

export const EXPORT_FORMATS = {
  docx: {
    job: 'exportDocx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  pdf: { job: 'exportPdf', type: 'application/pdf' },
} as const
export type ExportFormat = keyof typeof EXPORT_FORMATS

type Parts = PictureParts & { channels: Channels; documents: DocumentWorker }

type Paper = Omit<ExportRequest, 'printedAt' | 'minerals' | 'pictures' | 'links'>

/** Writes a text as a file, with the pictures and the labels of links that its reader may see. */
export async function writeFile(
  { db, documents: worker, objects }: Omit<Parts, 'channels'>,
  actor: Actor,
  format: ExportFormat,
  paper: Paper,
): Promise<Uint8Array> {
  const names = await db.select({ id: minerals.id, name: minerals.name }).from(minerals)
  const { pictures, links } = await worker.run('references', { data: paper.data })
  return worker.run(EXPORT_FORMATS[format].job, {
    ...paper,
    printedAt: new Date().toISOString(),
    minerals: Object.fromEntries(names.map((mineral) => [mineral.id, mineral.name])),
    pictures: await picturesFor({ db, objects }, actor, pictures),
    links: await wordsFor(db, actor, links),
  })
}

/**
 * A document as a file for somebody who may export it; for others it does not exist. Out: bytes, media type and a
 * file name of title and version. Minutes are printed from what was approved: see `server/sessions/minutes.ts`.
 */
export async function exportDocument(
  parts: Parts,
  actor: Actor,
  id: string,
  format: ExportFormat,
  from: string | null,
): Promise<{ bytes: Uint8Array; type: string; name: string }> {
  const { db, channels } = parts
  const document = await documentFor(db, actor, id, 'export')
  const { session } = document
  if (session?.text === 'minutes') throw notFound()
  const state = await channels.load(document.channelId)
  if (!state) throw unavailable('The document cannot be read at this moment. Try again in a minute.')
  const bytes = await writeFile(parts, actor, format, {
    data: state.data,
    kind: templateOf(document),
    title: document.title,
    marking: document.scope.marking,
    version: state.seq,
    owner: document.owner.name,
    participants: document.grants.map(({ name, level }) => ({ name, level })),
    project: document.proposal?.projectTitle ?? null,
    restricted: (await partsOf(db, document.id)).map(({ kind }) => PART_LABEL[kind]),
    state: document.scope.kind === 'proposal' ? PROPOSAL_STATE_LABEL[document.scope.state] : null,
    ...(session ? { session: { paper: 'Notes', facts: [['Working group', session.group]] } } : {}),
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
  const { type } = EXPORT_FORMATS[format]
  return { bytes, type, name: `${document.title.slice(0, 80)} v${state.seq}.${format}` }
}

/** A file with more of them would open nowhere; what is left out shows its description. */
const MOST_PICTURE_BYTES = 64 * 1024 * 1024

/** The pictures that a text names and the actor may see, by address. */
async function picturesFor(
  parts: PictureParts,
  actor: Actor,
  addresses: readonly string[],
): Promise<Record<string, { type: string; data: Uint8Array }>> {
  const found: Record<string, { type: string; data: Uint8Array }> = {}
  let room = MOST_PICTURE_BYTES
  for (const address of addresses) {
    const ref = pictureRef(address)
    if (!ref) continue
    try {
      const picture = await readPicture(parts, actor, ref)
      room -= picture.data.length
      if (room < 0) break
      found[address] = picture
    } catch (error) {
      if (!isFault(error)) throw error
    }
  }
  return found
}

/** What links to the portal's objects say to the actor, by key; those that they may not see are left out. */
async function wordsFor(
  db: Database,
  actor: Actor,
  refs: readonly PortalRef[],
): Promise<Record<string, string>> {
  const labels = await labelsOf(db, actor, refs)
  return Object.fromEntries(
    Object.entries(labels).flatMap(([key, known]) => (known ? [[key, known.label]] : [])),
  )
}
