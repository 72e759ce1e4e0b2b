import { expect, test } from 'vitest'
import { countWords } from './words'

test.each<[string, number]>([
  ['', 0],
  ['   \n\t', 0],
  ['One two  three.', 3],
  ['The operator’s 12,500.5 t/a, at US$ 3.2 bn.', 9],
  ['naïve café Ωμέγα слово', 4],
  ['don’t U.S. e.g.', 3],
  ['هذا نص عربي', 3],
  ['हिन्दी में पाठ', 3],
  ['重要鉱物', 2],
  ['แร่ธาตุสำคัญ', 3],
  ['— … §', 0],
])('%j has %i', (text, words) => {
  expect(countWords(text)).toBe(words)
})

test('agrees with Unicode’s segmentation on ordinary text', () => {
  const text = 'The quick brown fox, which had not slept for 3.5 days, jumps over the dog’s “best” chair. '
  let segmented = 0
  for (const part of new Intl.Segmenter('en', { granularity: 'word' }).segment(text))
    if (part.isWordLike) segmented += 1
  expect(countWords(text)).toBe(segmented)
})

test('takes time in proportion to the text', () => {
  for (const piece of ['The quick brown fox jumps over it. ', '重要鉱物の供給網を強化する。', '重']) {
    const text = piece.repeat(Math.ceil(500_000 / piece.length))
    const from = performance.now()
    expect(countWords(text)).toBeGreaterThan(1000)
    expect(performance.now() - from).toBeLessThan(3000)
  }
})
