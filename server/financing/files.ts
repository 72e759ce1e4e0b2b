import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { invalid, notFound } from '../../app/domain/fault'
import { isId } from '../../app/domain/id'
import type { Actor } from '../../app/domain/people'
import { can } from '../../app/domain/rights'
import type { Queryable, Transaction } from '../../db/connection'
import { scopedAsk } from '../../db/queries/requests'
import { financingFiles } from '../../db/schema/financing'
import { newId } from '../ids'

/** A document that somebody hands in with an act. */
export type Handed = { name: string; bytes: Uint8Array }

/** Bytes of one file. */
export const MAX_EVIDENCE_BYTES = 10 * 1024 * 1024

/** What may be handed in, by the beginning of its bytes: a name can say anything. */
const KINDS: readonly { mime: string; ends: readonly string[]; begins: readonly number[] }[] = [
  { mime: 'application/pdf', ends: ['pdf'], begins: [0x25, 0x50, 0x44, 0x46] },
  { mime: 'image/png', ends: ['png'], begins: [0x89, 0x50, 0x4e, 0x47] },
  { mime: 'image/jpeg', ends: ['jpg', 'jpeg'], begins: [0xff, 0xd8, 0xff] },
  {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ends: ['docx'],
    begins: [0x50, 0x4b, 0x03, 0x04],
  },
  {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ends: ['xlsx'],
    begins: [0x50, 0x4b, 0x03, 0x04],
  },
]

function mimeOf({ name, bytes }: Handed): string {
  const end = name.toLowerCase().split('.').at(-1) ?? ''
  const kind = KINDS.find(
    ({ ends, begins }) => ends.includes(end) && begins.every((byte, index) => bytes[index] === byte),
  )
  if (!kind)
    throw invalid('The file was not taken.', { file: ['Hand in a PDF, .docx, .xlsx, .png or .jpg file.'] })
  return kind.mime
}

/** Keeps a file of an ask in the caller's transaction. Out: its id and SHA-256. Throws `invalid` beside the field `file`. */
export async function keepFile(
  tx: Transaction,
  actor: Actor,
  askId: string,
  handed: Handed,
): Promise<{ id: string; sha256: string }> {
  const mime = mimeOf(handed)
  if (handed.bytes.length > MAX_EVIDENCE_BYTES)
    throw invalid('The file was not taken.', { file: ['A file has at most 10 MB.'] })
  const id = newId()
  const sha256 = createHash('sha256').update(handed.bytes).digest('hex')
  await tx.insert(financingFiles).values({
    ...{ id, askId, mime, sha256, userId: actor.userId, organizationId: actor.organization.id },
    name: handed.name.replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200) || 'file',
    data: Buffer.from(handed.bytes),
  })
  return { id, sha256 }
}

/** A file for whoever may see the ask's money. Throws `notFound`. */
export async function readFile(db: Queryable, actor: Actor, id: string) {
  if (!isId(id)) throw notFound()
  const [file] = await db.select().from(financingFiles).where(eq(financingFiles.id, id))
  const found = file && (await scopedAsk(db, file.askId))
  if (!file || !found || !can(actor, 'money', found.scope)) throw notFound()
  return file
}
