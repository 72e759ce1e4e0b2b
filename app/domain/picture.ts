/** Pictures of a document that the portal keeps apart from it: told by content, addressed by its SHA-256. */

/** A picture file has at most so many bytes. */
export const MAX_PICTURE_BYTES = 10 * 1024 * 1024
/** More would fill a browser's memory, whatever the file's size. */
export const MAX_PIXELS = 60_000_000

export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const
export type PictureType = (typeof PICTURE_TYPES)[number]

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to))

/** What a file is by its first bytes, whatever its name says; null for anything else, an SVG among it. */
export function pictureType(bytes: Uint8Array): PictureType | null {
  if (bytes[0] === 0x89 && ascii(bytes, 1, 8) === 'PNG\r\n\x1a\n') return 'image/png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'image/gif'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp'
  return null
}

export type PictureRef = { documentId: string; sha256: string }

const PATH = /^\/documents\/([A-Za-z0-9-]{1,64})\/pictures\/([0-9a-f]{64})$/

/** Where a picture of a document is read. */
export const picturePath = ({ documentId, sha256 }: PictureRef): string =>
  `/documents/${documentId}/pictures/${sha256}`

/** The picture that an image's address names; null for every other address. */
export function pictureRef(src: unknown): PictureRef | null {
  const match = typeof src === 'string' ? PATH.exec(src) : null
  return match?.[1] && match[2] ? { documentId: match[1], sha256: match[2] } : null
}
