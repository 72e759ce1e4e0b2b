import { createHash } from 'node:crypto'
import { imageSize } from 'image-size'
import { invalid } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import {
  MAX_PICTURE_BYTES,
  MAX_PIXELS,
  type PictureType,
  picturePath,
  pictureType,
} from '../../app/domain/picture'
import type { Database, Queryable } from '../../db/connection'
import { documentFor } from '../../db/queries/documents'
import { documentPictures, pictures } from '../../db/schema/pictures'
import type { ObjectStore } from './object-store'

/** `objects`: where pictures are kept; null: in the database. */
export type PictureParts = { db: Database; objects: ObjectStore | null }

export const objectKey = (sha256: string) => `pictures/${sha256}`

/**
 * Keeps a picture for a document that the actor may write. Out: the address at which those who may read the document see
 * it. Throws `notFound`, `forbidden`, `invalid` for what is no PNG, JPEG, GIF or WebP picture or is too large.
 */
export async function keepPicture(
  parts: PictureParts,
  actor: Actor,
  documentId: string,
  bytes: Uint8Array,
): Promise<string> {
  const document = await documentFor(parts.db, actor, documentId, 'write')
  const type = checked(bytes)
  const sha256 = await store(parts, type, bytes)
  await belong(parts.db, document.id, sha256, actor.userId)
  return picturePath({ documentId: document.id, sha256 })
}

/** The type of a picture, told by its content. Throws `invalid`, in words. */
function checked(bytes: Uint8Array): PictureType {
  if (bytes.length > MAX_PICTURE_BYTES)
    throw invalid(`A picture has at most ${MAX_PICTURE_BYTES / 1024 / 1024} MB.`)
  const type = pictureType(bytes)
  if (!type) throw invalid('Only PNG, JPEG, GIF and WebP pictures are taken.')
  const size = sizeOf(bytes)
  if (!size) throw invalid('The picture is damaged: its size cannot be read.')
  if (size.width * size.height > MAX_PIXELS)
    throw invalid(`A picture has at most ${MAX_PIXELS / 1_000_000} million pixels.`)
  return type
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } | null {
  try {
    // A copy: the reader of sizes looks past a view's end, at what else its buffer holds.
    const { width, height } = imageSize(new Uint8Array(bytes))
    return width && height ? { width, height } : null
  } catch {
    return null
  }
}

/** Keeps the bytes, once. The object is there before its row: a row without an object would be a picture lost. */
async function store({ db, objects }: PictureParts, type: PictureType, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (objects) await objects.put(objectKey(sha256), type, bytes)
  const data = objects ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  await db
    .insert(pictures)
    .values({ sha256, type, size: bytes.length, data })
    .onConflictDoNothing({ target: pictures.sha256 })
  return sha256
}

const belong = (db: Queryable, documentId: string, sha256: string, userId: string) =>
  db.insert(documentPictures).values({ documentId, sha256, userId }).onConflictDoNothing()

/** Keeps the pictures that came with a file for the document made of it, in whoever imports' name. */
export async function keepImported(
  parts: PictureParts,
  documentId: string,
  userId: string,
  found: readonly { sha256: string; data: Uint8Array }[],
): Promise<void> {
  for (const { data } of found) {
    const type = pictureType(data)
    if (type) await belong(parts.db, documentId, await store(parts, type, data), userId)
  }
}

/** Lets a picture of another document that the actor reads belong to this one too, as when a passage is copied. */
export async function adoptPicture(
  parts: PictureParts,
  actor: Actor,
  documentId: string,
  sha256: string,
): Promise<string> {
  const document = await documentFor(parts.db, actor, documentId, 'write')
  await belong(parts.db, document.id, sha256, actor.userId)
  return picturePath({ documentId: document.id, sha256 })
}
