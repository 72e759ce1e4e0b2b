import { unavailable } from '../../app/domain/fault'
import type { Actor } from '../../app/domain/people'
import type { PictureRef, PictureType } from '../../app/domain/picture'
import type { Database } from '../../db/connection'
import { pictureFor } from '../../db/queries/pictures'
import { objectKey, type PictureParts } from './keep'

/** A picture's bytes for whoever may see it. Throws `notFound`, and `unavailable` when the storage does not have it. */
export async function readPicture(
  { db, objects }: PictureParts,
  actor: Actor,
  ref: PictureRef,
): Promise<{ type: PictureType; data: Uint8Array }> {
  const { type, data, sha256 } = await pictureFor(db, actor, ref)
  const bytes = data ?? (await objects?.get(objectKey(sha256))) ?? null
  if (!bytes) throw unavailable('The picture cannot be read at this moment. Try again in a minute.')
  return { type, data: bytes }
}

/** Whether the actor may see it, for a browser that holds it already. Throws `notFound`. */
export async function seePicture(db: Database, actor: Actor, ref: PictureRef): Promise<void> {
  await pictureFor(db, actor, ref)
}
