import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MATCH, piecesOf, searchWish, searchWords } from './search'

test('a headline in pieces is the headline, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 8 }), (parts) => {
      const clean = parts.map(([text, match]) => [text.replace(/[\uE000\uE001]/g, ''), match] as const)
      const headline = clean.map(([text, match]) => (match ? MATCH.start + text + MATCH.end : text)).join('')
      const pieces = piecesOf(headline)
      expect(pieces.map(({ text }) => text).join('')).toBe(clean.map(([text]) => text).join(''))
      expect(
        pieces
          .filter(({ match }) => match)
          .map(({ text }) => text)
          .join(''),
      ).toBe(
        clean
          .filter(([, match]) => match)
          .map(([text]) => text)
          .join(''),
      )
    }),
  )
})

test('words hold letters and digits only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const words = searchWords(text)
      expect(words.length).toBeLessThanOrEqual(12)
      for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
    }),
  )
  expect(searchWords("l'usine & 'drop' | raffinage:*")).toEqual(['l', 'usine', 'drop', 'raffinage'])
})

test('what the address asks for is cut to its limits', () => {
  expect(searchWish(new URLSearchParams({ q: ` ${'a'.repeat(500)}\0`, kind: 'secret' }))).toEqual({
    text: 'a'.repeat(200),
    kind: null,
  })
})
