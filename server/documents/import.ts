import { createHash } from 'node:crypto'
import { z } from 'zod'
import { forbidden, invalid } from '../../app/domain/fault'
import { MARKINGS } from '../../app/domain/marking'
import { type Actor, delegationOf } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import { documents } from '../../db/schema/projects'
import { recordAct } from '../audit/record'
import { createChannel } from '../channels/create'
import { newId } from '../ids'
import { keepImported, type PictureParts } from '../pictures/keep'
import type { DocumentWorker } from './worker-client'

export const MAX_FILE_BYTES = 10 * 1024 * 1024

export const importForm = z.object({
  title: z.string().trim().max(200, 'The title has at most 200 characters.'),
  marking: z.enum(MARKINGS, 'Choose a marking.').exclude(['group']),
})
export type ImportInput = z.infer<typeof importForm> & { fileName: string; bytes: Uint8Array }

type Parts = PictureParts & { documents: DocumentWorker }

const wrongFile = (why: string) => invalid('The file was not imported.', { file: [why] })

/**
 * Makes a document of a file (.docx or Markdown, told by its content), owned by the actor's delegation. Out: its id and
 * what was left out. Throws `invalid` naming the file's fault; nothing is kept then.
 */
export async function importDocument(
  { db, documents: worker, objects }: Parts,
  actor: Actor,
  { fileName, bytes, title, marking }: ImportInput,
  from: string | null,
): Promise<{ id: string; warnings: string[] }> {
  const delegation = delegationOf(actor)
  if (!delegation || !can(actor, 'import_document', { kind: 'delegation', id: delegation.id })) {
    throw forbidden('A head or delegate of a delegation can import a document.')
  }
  if (bytes.length === 0) throw wrongFile('The file is empty.')
  if (bytes.length > MAX_FILE_BYTES)
    throw wrongFile(`The file has ${Math.ceil(bytes.length / 1024 / 1024)} MB; at most 10 MB are taken.`)
  const id = newId()
  const read = isZip(bytes)
    ? await worker.run('importDocx', { bytes, documentId: id })
    : await worker.run('importMarkdown', { text: textOf(bytes, fileName), documentId: id })
  const name = title || read.title || fileName.replace(/\.[^.]*$/, '') || 'Imported text'
  const author = { userId: actor.userId, organizationId: delegation.id }
  await db.transaction(async (tx) => {
    await createChannel(tx, { id, kind: 'document', author, first: read.update })
    await tx.insert(documents).values({
      id,
      channelId: id,
      kind: 'text',
      title: name.slice(0, 200),
      marking,
      ownerDelegationId: delegation.id,
      importedName: fileName.slice(0, 200),
      importedSha256: createHash('sha256').update(bytes).digest('hex'),
      createdBy: actor.userId,
    })
    await recordAct(tx, {
      actor,
      from,
      act: 'document.import',
      objectKind: 'document',
      objectId: id,
      after: { marking, bytes: bytes.length },
    })
  })
  await keepImported({ db, objects }, id, actor.userId, read.pictures)
  return { id, warnings: read.warnings }
}

const isZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

function textOf(bytes: Uint8Array, fileName: string): string {
  if (!/\.(md|markdown|txt)$/i.test(fileName)) {
    throw wrongFile('Only Word (.docx) and Markdown (.md) files are taken, and this is neither.')
  }
  // A text holds no zero bytes; almost every other file does.
  if (bytes.includes(0)) throw wrongFile('The file is no text, although its name says so.')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw wrongFile('The text is not in UTF-8. Save it as UTF-8 and try again.')
  }
}
