import { describe, expect, it } from 'vitest'
import { picturePath, pictureRef, pictureType } from './picture'

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('pictures', () => {
  it('are told by their first bytes', () => {
    expect(pictureType(bytes('\x89PNG\r\n\x1a\n and more'))).toBe('image/png')
    expect(pictureType(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg')
    expect(pictureType(bytes('GIF89a'))).toBe('image/gif')
    expect(pictureType(bytes('RIFF\0\0\0\0WEBPVP8 '))).toBe('image/webp')
  })

  it.each([
    '',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<?xml version="1.0"?><svg/>',
    'GIF88a',
    'RIFF\0\0\0\0WAVE',
    '%PDF-1.7',
  ])('%j is none', (text) => expect(pictureType(bytes(text))).toBeNull())

  it('are named by one form of address only', () => {
    const ref = { documentId: '0199-a', sha256: 'a'.repeat(64) }
    expect(pictureRef(picturePath(ref))).toEqual(ref)
    for (const src of [
      `https://elsewhere.example${picturePath(ref)}`,
      `${picturePath(ref)}?x`,
      `/documents/../${'a'.repeat(64)}`,
      `//documents/0199-a/pictures/${ref.sha256}`,
      picturePath({ ...ref, sha256: 'A'.repeat(64) }),
      null,
    ])
      expect(pictureRef(src)).toBeNull()
  })
})
